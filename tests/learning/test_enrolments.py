from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.utils import IntegrityError

from mycelia.access.api import actor_for
from mycelia.content.errors import CourseNotFound
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor, Role, RoleGrant
from mycelia.learning import api
from mycelia.learning.errors import AlreadyClosed, InvalidHistory
from mycelia.learning.models import Completion, Enrolment, LessonProgress
from mycelia.learning.statements import statement_name
from mycelia.learning.types import EnrolmentSource, HistoricEnrolment
from mycelia.records import api as records
from mycelia.records.types import Scope
from tests.factories.content import make_course
from tests.factories.learning import complete, enrol
from tests.factories.people import make_person, make_unit
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db


def test_enrol_twice_gives_one_enrolment():
    person, course = make_person(), make_course()
    assert enrol(person, course) == enrol(person, course)
    assert Enrolment.objects.count() == 1


def test_enrol_is_told_to_the_record_store():
    enrolment = enrol(make_person(), make_course())
    stored = records.statements_for_registration(enrolment.registration)
    assert len(list(stored)) == 1


def test_completion_whose_statement_somebody_foresaw_is_told_all_the_same():
    person, course = make_person(), make_course()
    enrolment = enrol(person, course)
    foreseen = a_statement(id=str(statement_name(enrolment.registration, "completed course")))
    assert Lrs(Scope.STATEMENTS_WRITE).post(foreseen).status_code == 200
    complete(person, course)
    told = [json.loads(one.payload) for one in records.statements_for_registration(enrolment.registration)]
    assert records.verbs.COMPLETED["id"] in {one["verb"]["id"] for one in told}


def test_enrol_for_somebody_else_is_refused():
    with pytest.raises(PermissionDenied):
        api.enrol(actor=actor_for(make_person()), learner_id=make_person().pk, slug=make_course().slug)


def _administrator(unit=None) -> Actor:
    grant = RoleGrant(Role.TALENT_ADMINISTRATOR, unit.path if unit else None)
    return Actor(make_person().pk, "administrator", (grant,))


def test_enrol_by_a_talent_administrator_ends_at_their_part_of_the_organisation():
    mine, course = make_unit(), make_course()
    below = make_person(unit=make_unit(parent=mine))
    assert api.enrol(actor=_administrator(mine), learner_id=below.pk, slug=course.slug).learner_id == below.pk
    for stranger in (make_person(unit=make_unit()), make_person()):
        with pytest.raises(PermissionDenied):
            api.enrol(actor=_administrator(mine), learner_id=stranger.pk, slug=course.slug)
        api.enrol(actor=_administrator(), learner_id=stranger.pk, slug=course.slug)


def test_import_history_is_for_administrators_of_the_whole_company():
    row = _history(make_person(), make_course())
    with pytest.raises(PermissionDenied):
        api.import_history(actor=_administrator(make_unit()), rows=[row])
    assert api.import_history(actor=_administrator(), rows=[row]) == 1


def test_enrol_on_a_draft_finds_nothing():
    draft = make_course(publish=False)
    with pytest.raises(CourseNotFound):
        enrol(make_person(), draft)


def test_withdraw_and_enrol_again_keeps_finished_lessons():
    person, course = make_person(), make_course()
    first = enrol(person, course)
    key = course.lessons.first().key
    api.complete_lesson(actor=actor_for(person), enrolment=first, key=key)
    api.withdraw(actor=actor_for(person), enrolment=first)
    again = enrol(person, course)
    assert again.pk != first.pk
    assert again.registration != first.registration
    assert api.standing_of(again).done == {key}


def test_withdraw_and_enrol_again_completes_when_what_was_done_is_enough_by_now():
    person, course = make_person(), make_course()
    first = enrol(person, course)
    api.complete_lesson(actor=actor_for(person), enrolment=first, key=course.lessons.first().key)
    api.withdraw(actor=actor_for(person), enrolment=first)
    draft = course.get_latest_revision_as_object()
    draft.lessons.remove(draft.lessons.last())
    draft.save_revision().publish()
    again = enrol(person, course)
    done = Completion.objects.get(enrolment=again)
    assert done.completed_at == again.enrolled_at
    assert api.standing_of(Enrolment.objects.get(pk=again.pk)).completed_at == done.completed_at


def test_withdraw_assigned_course_is_refused():
    person = make_person()
    enrolment = api.enrol(
        actor=Actor.system("tests"), learner_id=person.pk, slug=make_course().slug, source=EnrolmentSource.ASSIGNED
    )
    with pytest.raises(PermissionDenied):
        api.withdraw(actor=actor_for(person), enrolment=enrolment)


def test_withdraw_after_completion_is_refused():
    person, course = make_person(), make_course()
    done = complete(person, course)
    with pytest.raises(AlreadyClosed):
        api.withdraw(actor=actor_for(person), enrolment=done.enrolment)


def test_retake_leaves_the_old_completion_alone():
    person, course = make_person(), make_course()
    first = complete(person, course)
    second = complete(person, course)
    first.refresh_from_db()
    assert Completion.objects.count() == 2
    assert first.enrolment_id != second.enrolment_id


@pytest.mark.parametrize(
    "statement", ["UPDATE learning_completion SET score_scaled = 1", "DELETE FROM learning_completion"]
)
def test_completion_cannot_be_changed_even_by_sql(statement):
    complete(make_person(), make_course())
    with pytest.raises(IntegrityError, match="written once"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_enrol_at_the_same_moment_gives_one_enrolment():
    person, course = make_person(), make_course()
    actor, start, made = actor_for(person), threading.Barrier(4), []

    def run() -> None:
        try:
            start.wait()
            made.append(api.enrol(actor=actor, learner_id=person.pk, slug=course.slug).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert len(made) == 4
    assert len(set(made)) == 1


def _history(person, course, **fields) -> HistoricEnrolment:
    moment = datetime(2026, 1, 5, tzinfo=UTC)
    return HistoricEnrolment(person.pk, course.pk, uuid4(), moment, **fields)


def test_import_history_brings_completions_with_their_reasons():
    person, course = make_person(), make_course()
    moment = datetime(2026, 2, 1, tzinfo=UTC)
    lessons = tuple((one.key, moment) for one in course.lessons.all())
    row = _history(person, course, completed_at=moment, lessons_done=lessons)
    assert api.import_history(actor=Actor.system("tests"), rows=[row]) == 1
    completion = Completion.objects.get()
    assert [one["title"] for one in completion.lessons] == ["One", "Two"]
    assert LessonProgress.objects.count() == 2
    assert api.completion_count(course_id=course.pk, until=moment.date()) == 1


def test_import_history_with_one_wrong_row_imports_nothing():
    person, course = make_person(), make_course()
    good = _history(person, course)
    wrong = _history(person, course, completed_at=datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(InvalidHistory):
        api.import_history(actor=Actor.system("tests"), rows=[good, wrong])
    assert not Enrolment.objects.exists()
