"""Courses made from text, one by one and many at once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mycelia.access.api import actor_for
from mycelia.audit.models import AuditEntry
from mycelia.content import api
from mycelia.content.errors import InvalidCourse
from mycelia.content.models import CatalogueRoot, CoursePage
from mycelia.content.types import CatalogueOrder, CatalogueQuery, LessonText
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor, Role
from tests.factories.access import make_holder
from tests.factories.content import SYSTEM, course_text, make_course
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def _titles(**query) -> list[str]:
    return [card.title for card in api.cards(api.find_courses(CatalogueQuery(**query)))]


def test_author_creates_drafts_only():
    author = actor_for(make_holder(Role.AUTHOR))
    assert not api.create_course(actor=author, text=course_text()).live
    with pytest.raises(PermissionDenied):
        api.create_course(actor=author, text=course_text(), publish=True)


def test_learner_creates_nothing():
    with pytest.raises(PermissionDenied):
        api.create_course(actor=actor_for(make_person()), text=course_text())


@pytest.mark.parametrize(
    "block",
    [{"type": "script", "text": "x"}, {"type": "quote", "text": "no source"}, {"text": "no type"}, {"type": ""}],
)
def test_unknown_or_incomplete_block_is_refused(block):
    with pytest.raises(InvalidCourse):
        api.create_course(actor=SYSTEM, text=course_text(lessons=(LessonText("x", 1, (block,)),)))
    assert not CoursePage.objects.exists()


def test_taken_address_is_refused():
    course = make_course()
    with pytest.raises(InvalidCourse):
        make_course(course.slug)


def test_import_many_makes_a_sound_tree_and_live_courses(django_assert_max_num_queries):
    make_course()
    texts = [course_text(topics=("People",)) for _ in range(20)]
    with django_assert_max_num_queries(30):
        keys = api.import_courses(actor=SYSTEM, texts=texts)
    assert all(problem == [] for problem in CatalogueRoot.find_problems())
    assert CatalogueRoot.objects.get().numchild == 21
    assert [CoursePage.objects.get(pk=key).title for key in keys] == [text.title for text in texts]
    assert len(api.outlines(keys)[keys[0]].lessons) == 2
    CoursePage.objects.get(pk=keys[0]).save_revision().publish()


def test_import_many_with_one_wrong_imports_nothing():
    text = course_text()
    with pytest.raises(InvalidCourse):
        api.import_courses(actor=SYSTEM, texts=[text, replace(text)])
    assert not CoursePage.objects.exists()


def test_import_many_is_for_the_system_alone():
    with pytest.raises(PermissionDenied):
        api.import_courses(actor=actor_for(make_holder(Role.TALENT_ADMINISTRATOR)), texts=[course_text()])


def test_search_follows_a_changed_title():
    course = CoursePage.objects.get(pk=make_course(title="Giving feedback").pk)
    assert _titles(text="feedb") == ["Giving feedback"]
    course.title = "Asking questions"
    course.save_revision().publish()
    assert _titles(text="feedback") == []
    assert _titles(text="question") == ["Asking questions"]


@pytest.mark.parametrize("text", ["Feedback", "giving FEED", "feedback giving", "feedbacks"])
def test_search_finds_words_in_any_order_stemmed_or_unfinished(text):
    make_course(title="Giving feedback")
    assert _titles(text=text) == ["Giving feedback"]


def test_search_ranks_titles_before_summaries():
    make_course(title="Zebra", summary="A course about something that also mentions coaching in passing.")
    make_course(title="Coaching")
    assert _titles(text="coaching", order=CatalogueOrder.RELEVANCE) == ["Coaching", "Zebra"]


@pytest.mark.parametrize("text", ["'", "a & | !", ":*", "\x00", "((((", "%", "\\", "-- drop"])
def test_search_survives_every_character(text):
    make_course()
    _titles(text=text)


def test_orders_are_what_they_say():
    make_course(title="B", duration_minutes=5)
    make_course(title="A", duration_minutes=20)
    assert _titles(order=CatalogueOrder.TITLE) == ["A", "B"]
    assert _titles(order=CatalogueOrder.SHORTEST) == ["B", "A"]
    assert _titles(order=CatalogueOrder.NEWEST) == ["A", "B"]


def test_copy_of_a_course_has_its_own_identity():
    course = CoursePage.objects.get(pk=make_course().pk)
    copy = course.copy(update_attrs={"slug": "a-copy"}, copy_revisions=False, keep_live=False)
    assert copy.key != course.key
    keys = {one.key for one in CoursePage.objects.get(pk=copy.pk).lessons.all()}
    assert keys.isdisjoint(one.key for one in CoursePage.objects.get(pk=course.pk).lessons.all())


def test_creating_a_course_is_in_the_audit_log():
    course = api.create_course(actor=Actor.system("a command"), text=course_text())
    entry = AuditEntry.objects.get(action="content.course_created")
    assert (entry.actor_label, entry.object_id) == ("a command", str(course.pk))


def test_view_live_leads_to_the_catalogue(settings):
    course = make_course()
    assert course.full_url == f"{settings.MYCELIA_PUBLIC_URL}/catalog/{course.slug}/"
    assert CatalogueRoot.objects.get().full_url == f"{settings.MYCELIA_PUBLIC_URL}/catalog/"
