from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from mycelia.access.api import actor_for
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor
from mycelia.learning import api
from mycelia.learning.types import STUCK_AFTER_DAYS, HistoricEnrolment
from tests.factories.content import make_course
from tests.factories.learning import complete, enrol
from tests.factories.people import make_employment, make_person, make_unit

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")


def _import(person, course, *, completed: date | None = None, started: date = date(2026, 1, 2)) -> None:
    def at(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    row = HistoricEnrolment(
        person.pk, course.pk, uuid4(), at(started), completed_at=at(completed) if completed else None
    )
    api.import_history(actor=SYSTEM, rows=[row])


def test_completion_count_counts_people_not_completions():
    person, course, other = make_person(), make_course(), make_course()
    _import(person, course, completed=date(2026, 2, 1))
    _import(person, course, completed=date(2026, 3, 1))
    _import(person, other, completed=date(2026, 3, 1))
    until = date(2026, 12, 31)
    assert api.completion_count(course_id=course.pk, until=until) == 1
    assert api.completion_count(course_id=None, until=until) == 1


def test_completion_count_both_days_are_inclusive():
    course = make_course()
    _import(make_person(), course, completed=date(2026, 2, 1))
    day, before = date(2026, 2, 1), date(2026, 1, 31)
    assert api.completion_count(course_id=course.pk, until=day, since=day) == 1
    assert api.completion_count(course_id=course.pk, until=before) == 0
    assert api.completion_count(course_id=course.pk, until=date(2026, 3, 1), since=date(2026, 2, 2)) == 0


def test_completion_count_unit_is_where_people_were_then():
    old, new, course, person = make_unit(), make_unit(), make_course(), make_person()
    make_employment(person, unit=old, valid_from=date(2025, 1, 1), valid_to=date(2026, 6, 1))
    make_employment(person, unit=new, valid_from=date(2026, 6, 1))
    _import(person, course, completed=date(2026, 2, 1))
    until = date(2026, 12, 31)
    assert api.completion_count(course_id=course.pk, until=until, unit_path=old.path) == 1
    assert api.completion_count(course_id=course.pk, until=until, unit_path=new.path) == 0


def test_completion_months_names_the_first_day_of_each():
    course = make_course()
    _import(make_person(), course, completed=date(2026, 2, 28))
    _import(make_person(), course, completed=date(2026, 2, 1))
    _import(make_person(), course, completed=date(2026, 4, 1))
    months = api.completion_months(course_id=course.pk, since=date(2026, 1, 1), until=date(2026, 4, 1))
    assert months == [(date(2026, 2, 1), 2), (date(2026, 4, 1), 1)]


def test_overview_puts_due_courses_first_and_counts_what_is_done():
    person = make_person()
    late, later, done = make_course(), make_course(), make_course()
    enrol(person, later)
    api.enrol(actor=SYSTEM, learner_id=person.pk, slug=late.slug, due_on=clock.today())
    complete(person, done)
    overview = api.learner_overview(person.pk)
    assert overview.next is not None
    assert [one.course.id for one in overview.open] == [late.pk, later.pk]
    assert overview.completed_total == 1


@pytest.mark.parametrize("courses", [1, 6])
def test_overview_costs_three_queries_whatever_there_is(courses, django_assert_num_queries):
    person = make_person()
    for _ in range(courses):
        enrol(person, make_course())
    with django_assert_num_queries(3):
        api.learner_overview(person.pk)


def _team(size: int):
    unit, manager = make_unit(), make_person()
    course = make_course()
    for _ in range(size):
        enrol(make_person(unit=unit, manager=manager), course)
    return manager


@pytest.mark.parametrize("size", [1, 7])
def test_team_costs_two_queries_whatever_its_size(size, django_assert_num_queries):
    manager = _team(size)
    actor = actor_for(manager)
    with django_assert_num_queries(2):
        members = api.team_progress(actor, manager.pk)
    assert len(members) == size
    assert all(member.open_count == 1 for member in members)


def test_team_is_closed_to_other_managers_and_learners():
    manager, stranger = _team(1), _team(1)
    with pytest.raises(PermissionDenied):
        api.team_progress(actor_for(stranger), manager.pk)
    with pytest.raises(PermissionDenied):
        api.team_progress(actor_for(make_person()), manager.pk)


def test_team_shows_only_current_reports():
    manager = _team(2)
    leaver = make_person()
    make_employment(leaver, unit=make_unit(), manager=manager, valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1))
    enrol(leaver, make_course())
    assert len(api.team_progress(actor_for(manager), manager.pk)) == 2


def test_team_names_who_is_stuck():
    manager, unit, course = make_person(), make_unit(), make_course()
    person = make_person(unit=unit, manager=manager)
    enrolment = enrol(person, course)
    api.complete_lesson(actor=actor_for(person), enrolment=enrolment, key=course.lessons.first().key)
    assert api.team_progress(actor_for(manager), manager.pk)[0].stuck_count == 0
    with clock.frozen(clock.now() + timedelta(days=STUCK_AFTER_DAYS, seconds=1)):
        member = api.team_progress(actor_for(manager), manager.pk)[0]
    assert member.stuck_count == 1
    assert member.enrolments[0].lessons_done == 1
