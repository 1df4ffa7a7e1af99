from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

import pytest

from mycelia.access.api import actor_for
from mycelia.content import api as content
from mycelia.delivery.events import AttemptProgressed
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.events import publish
from mycelia.kernel.tasks import run_pending
from mycelia.learning import api
from mycelia.learning.errors import LessonNotFound, NotPlayable, PlayedToComplete
from mycelia.learning.models import Completion, Enrolment, LessonProgress
from mycelia.records import api as records
from tests.factories.content import SYSTEM, lesson, make_course
from tests.factories.delivery import make_package
from tests.factories.learning import complete, enrol
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def _package_course():
    return make_course(lessons=(lesson("Read"), lesson("Play", package_id=make_package().pk)))


def _report(enrolment, key, *, completed=True, score=None, attempt=None):
    return api.record_attempt(
        course_registration=enrolment.registration,
        activity_iri=content.lesson_iri(key),
        attempt_id=attempt or uuid4(),
        completed=completed,
        score_scaled=score,
    )


def test_last_lesson_completes_the_course_and_explains_it():
    person, course = make_person(), make_course()
    done = complete(person, course)
    assert done.course_title == course.title
    assert done.course_revision == course.live_revision_id or done.course_revision is not None
    assert [one["title"] for one in done.lessons] == ["One", "Two"]
    assert Enrolment.objects.get().completed_at == done.completed_at


def test_completion_is_told_once_with_lessons_and_course():
    done = complete(make_person(), make_course())
    stored = list(records.statements_for_registration(done.enrolment.registration))
    assert len(stored) == 4


def test_lesson_marked_twice_counts_once():
    person, course = make_person(), make_course()
    enrolment, key = enrol(person, course), course.lessons.first().key
    for _ in range(2):
        api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=key)
    assert LessonProgress.objects.count() == 1
    assert len(list(records.statements_for_registration(enrolment.registration))) == 2


def test_somebody_elses_lesson_cannot_be_marked():
    course = make_course()
    enrolment = enrol(make_person(), course)
    with pytest.raises(PermissionDenied):
        api.complete_lesson(actor=actor_for(make_person()), enrolment=enrolment, key=course.lessons.first().key)
    assert not LessonProgress.objects.exists()


def test_package_lesson_is_not_done_by_a_click():
    person, course = make_person(), _package_course()
    with pytest.raises(PlayedToComplete):
        api.complete_lesson(actor=actor_for(person), enrolment=enrol(person, course), key=course.lessons.last().key)


def test_text_lesson_cannot_be_played():
    person, course = make_person(), make_course()
    with pytest.raises(NotPlayable):
        api.start_package(
            actor=actor_for(person), enrolment=enrol(person, course), key=course.lessons.first().key, return_path="/"
        )


def test_package_started_twice_is_one_attempt():
    person, course = make_person(), _package_course()
    enrolment, key = enrol(person, course), course.lessons.last().key
    first, second = (
        api.start_package(actor=actor_for(person), enrolment=enrolment, key=key, return_path="/learn/")
        for _ in range(2)
    )
    assert first == second


def test_package_goes_on_and_counts_after_the_installation_got_another_address(settings):
    person, course = make_person(), _package_course()
    enrolment, key = enrol(person, course), course.lessons.last().key
    api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=course.lessons.first().key)
    known = content.lesson_iri(key)
    begin = {"actor": actor_for(person), "enrolment": enrolment, "key": key, "return_path": "/learn/"}
    begun = api.start_package(**begin)
    settings.MYCELIA_PUBLIC_URL = "https://learn.example.com"
    assert content.lesson_iri(key) != known
    assert api.start_package(**begin) == begun
    assert api.record_attempt(
        course_registration=enrolment.registration,
        activity_iri=known,
        attempt_id=begun,
        completed=True,
        score_scaled=None,
    )


def test_attempt_that_completes_completes_the_lesson_with_its_score():
    person, course = make_person(), _package_course()
    enrolment = enrol(person, course)
    api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=course.lessons.first().key)
    attempt = uuid4()
    done = _report(enrolment, course.lessons.last().key, score=Decimal("0.8"), attempt=attempt)
    assert done is not None
    assert done.score_scaled == Decimal("0.8")
    assert done.lessons[1]["attempt"] == str(attempt)


def test_attempt_told_again_or_worse_changes_nothing():
    person, course = make_person(), _package_course()
    enrolment, key = enrol(person, course), course.lessons.last().key
    api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=course.lessons.first().key)
    _report(enrolment, key, score=Decimal("0.9"))
    for _ in range(2):
        assert _report(enrolment, key, score=Decimal("0.1")) is None
    assert Completion.objects.get().score_scaled == Decimal("0.9")
    assert LessonProgress.objects.get(lesson_key=key).score_scaled == Decimal("0.9")


def test_attempt_unfinished_leaves_the_lesson_open():
    person, course = make_person(), _package_course()
    enrolment = enrol(person, course)
    assert _report(enrolment, course.lessons.last().key, completed=False) is None
    assert api.standing_of(enrolment).done == frozenset()


def test_attempt_of_an_unknown_enrolment_is_ignored():
    assert (
        api.record_attempt(
            course_registration=uuid4(), activity_iri="x", attempt_id=uuid4(), completed=True, score_scaled=None
        )
        is None
    )


def test_lesson_removed_after_enrolment_neither_breaks_nor_uncompletes():
    person, course = make_person(), make_course()
    done = complete(person, course)
    course.lessons.all().last().delete()
    enrolment = Enrolment.objects.get()
    standing = api.standing_of(enrolment)
    assert standing.completed_at == done.completed_at
    assert standing.remaining.lessons_left == 0


def test_lesson_added_after_completion_does_not_reopen_the_course():
    person, course = make_person(), make_course()
    complete(person, course)
    content.add_lesson(actor=SYSTEM, slug=course.slug, text=lesson("New"), publish=True)
    standing = api.standing_of(Enrolment.objects.get())
    assert standing.completed_at is not None
    assert standing.remaining.lessons_left == 1


def test_required_lesson_removed_makes_the_rest_enough():
    person, course = make_person(), make_course()
    enrolment = enrol(person, course)
    first, last = course.lessons.first(), course.lessons.last()
    last.delete()
    assert api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=first.key) is not None
    with pytest.raises(LessonNotFound):
        api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=last.key)


def test_statement_of_a_course_leads_back_to_its_attempt_or_its_course():
    person, course = make_person(), _package_course()
    enrolment = enrol(person, course)
    assert records.origin_of(enrolment.registration) == f"/catalog/{course.slug}/"
    key = course.lessons.last().key
    attempt = api.start_package(actor=actor_for(person), enrolment=enrolment, key=key, return_path="/learn/")
    _report(enrolment, key, attempt=attempt)
    assert str(attempt) in (records.origin_of(enrolment.registration) or "")


def test_completion_page_links_the_attempt_that_counted(client):
    person, course = make_person(), _package_course()
    enrolment, key = enrol(person, course), course.lessons.last().key
    api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=course.lessons.first().key)
    attempt = api.start_package(actor=actor_for(person), enrolment=enrolment, key=key, return_path="/learn/")
    _report(enrolment, key, attempt=attempt, score=Decimal("0.999"))
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    html = client.get(f"/learn/{course.slug}/").content.decode()
    assert f"/learn/attempts/{attempt}/record/" in html
    assert "99 %" in html


def test_package_played_for_real_completes_the_course_through_the_event(django_capture_on_commit_callbacks):
    """The event is the only way from the player to the course, so it is sent as delivery sends it."""
    person, course = make_person(), make_course(lessons=(lesson("Play", package_id=make_package().pk),))
    enrolment, key = enrol(person, course), course.lessons.first().key
    attempt = api.start_package(actor=actor_for(person), enrolment=enrolment, key=key, return_path="/learn/")
    event = AttemptProgressed(
        attempt_id=attempt,
        learner_id=person.pk,
        registration=uuid4(),
        course_registration=enrolment.registration,
        activity_iri=content.lesson_iri(key),
        completed=True,
        passed=True,
        score_scaled=Decimal("0.75"),
        total_seconds=60,
    )
    with django_capture_on_commit_callbacks(execute=True):
        publish(event)
    assert Completion.objects.get().score_scaled == Decimal("0.75")


def _draft(course):
    return course.get_latest_revision_as_object()


def _nearly_done(person, course):
    """Do every lesson but the last."""
    enrolment = enrol(person, course)
    for one in list(course.lessons.all())[:-1]:
        api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=one.key)
    return enrolment


def _published_without_the_last(course):
    draft = _draft(course)
    draft.lessons.remove(draft.lessons.last())
    draft.save_revision().publish()


def test_version_without_the_last_lesson_completes_whoever_did_the_rest(django_capture_on_commit_callbacks):
    person, course = make_person(), make_course()
    enrolment, other = _nearly_done(person, course), enrol(make_person(), course)
    with django_capture_on_commit_callbacks(execute=True):
        _published_without_the_last(course)
    course.refresh_from_db()
    done = Completion.objects.get()
    assert done.enrolment_id == enrolment.pk
    assert done.completed_at == course.last_published_at
    assert [one["title"] for one in done.lessons] == ["One"]
    assert Enrolment.objects.get(pk=other.pk).is_open
    assert len(list(records.statements_for_registration(enrolment.registration))) == 3


def test_version_with_the_last_lesson_optional_completes_whoever_did_the_rest(django_capture_on_commit_callbacks):
    person, course = make_person(), make_course()
    _nearly_done(person, course)
    draft = _draft(course)
    last = draft.lessons.last()
    last.required = False
    draft.lessons.add(last)
    with django_capture_on_commit_callbacks(execute=True):
        draft.save_revision().publish()
    assert Completion.objects.count() == 1


def test_version_that_changes_nothing_completes_nobody(django_capture_on_commit_callbacks):
    person, course = make_person(), make_course()
    enrolment = _nearly_done(person, course)
    with django_capture_on_commit_callbacks(execute=True):
        _draft(course).save_revision().publish()
    assert Enrolment.objects.get(pk=enrolment.pk).is_open


def test_version_completes_more_than_a_batch_in_a_job(django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr("mycelia.learning.actions.settlement.BATCH", 2)
    course = make_course()
    for _ in range(5):
        _nearly_done(make_person(), course)
    with django_capture_on_commit_callbacks(execute=True):
        _published_without_the_last(course)
    assert Completion.objects.count() == 2
    run_pending()
    run_pending()
    assert Completion.objects.count() == 5


def test_course_settled_again_completes_nobody_twice(django_capture_on_commit_callbacks):
    course = make_course()
    _nearly_done(make_person(), course)
    with django_capture_on_commit_callbacks(execute=True):
        _published_without_the_last(course)
    assert api.settle_course(course_id=course.pk, since=clock.now()) is False
    assert Completion.objects.count() == 1
