"""The demo company on paper."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from mycelia.demo.design import CompanyTooSmall, design_company, design_history, people_file
from mycelia.demo.design.accounts import ACCOUNTS, LEARNER, MANAGER
from mycelia.demo.types import CourseOutline
from mycelia.kernel.policy import Role

TODAY = date(2026, 3, 2)
COURSES = (
    CourseOutline("information-security-essentials", "Security", ("a", "b", "c", "d"), 9),
    CourseOutline("data-protection-for-learning-teams", "Data protection", ("a", "b", "c", "d"), 9),
    CourseOutline("accessible-documents-and-courses", "Access", ("a", "b", "c", "d"), 10),
    CourseOutline("coaching-on-the-job", "Coaching", ("a", "b", "c", "d"), 9),
)


@pytest.mark.parametrize("size", [120, 250, 1200])
def test_company_same_arguments_gives_same_company(size: int) -> None:
    first = design_company(people=size, as_of=TODAY)
    assert len(first.people) == size
    assert first == design_company(people=size, as_of=TODAY)
    assert first.people != design_company(people=size, as_of=TODAY, seed=3).people


def test_company_too_small_is_refused() -> None:
    with pytest.raises(CompanyTooSmall, match="at least 120"):
        design_company(people=20, as_of=TODAY)


def test_company_identities_are_unique_and_cannot_be_reached() -> None:
    people = design_company(people=1200, as_of=TODAY).people
    assert len({person.number for person in people}) == len({person.email for person in people}) == 1200
    assert all(person.email.endswith("@demo.example") and person.email.isascii() for person in people)


def test_company_stays_are_ordered_and_do_not_overlap() -> None:
    for person in design_company(people=250, as_of=TODAY).people:
        assert all(stay.valid_to is None or stay.valid_from < stay.valid_to for stay in person.stays)
        assert all(a.valid_to == b.valid_from for a, b in zip(person.stays, person.stays[1:], strict=False))
        assert all(stay.manager_number != person.number for stay in person.stays)


def test_company_managers_come_before_their_reports() -> None:
    seen: set[str | None] = {None}
    for person in design_company(people=250, as_of=TODAY).people:
        assert person.stays[-1].manager_number in seen
        seen.add(person.number)


def test_company_year_has_arrivals_moves_and_departures() -> None:
    company = design_company(people=250, as_of=TODAY)
    year_ago = TODAY - timedelta(days=365)
    assert 20 < sum(person.joined_on > year_ago for person in company.people) < 40
    assert 10 < sum(len(person.stays) > 1 for person in company.people) < 30
    assert 10 < sum(person.left_on is not None for person in company.people) < 25


def test_accounts_cover_every_role_and_work_in_the_company() -> None:
    company = design_company(people=250, as_of=TODAY)
    by_email = {person.email: person for person in company.staff}
    assert {account.role for account in ACCOUNTS} == {role.value for role in Role}
    assert all(account.email in by_email for account in ACCOUNTS)
    assert by_email[LEARNER.email].stays[-1].manager_number == by_email[MANAGER.email].number


def test_history_stays_between_joining_and_the_day_it_ends() -> None:
    company = design_company(people=250, as_of=TODAY)
    people = {person.number: person for person in company.people}
    for learning in design_history(company, COURSES):
        moments = (learning.enrolled_at, *learning.lessons_done)
        assert list(moments) == sorted(moments)
        assert people[learning.person_number].joined_on <= moments[0].date()
        assert moments[-1].date() < (people[learning.person_number].left_on or TODAY)


def test_history_completion_means_every_lesson_done() -> None:
    company = design_company(people=250, as_of=TODAY)
    for learning in design_history(company, COURSES):
        complete = len(learning.lessons_done) == 4
        assert complete == (learning.completed_at is not None)
        assert learning.completed_at is None or learning.completed_at == learning.lessons_done[-1]


def test_history_holds_no_person_twice_on_a_course() -> None:
    history = list(design_history(design_company(people=250, as_of=TODAY), COURSES))
    assert len({(learning.person_number, learning.course_slug) for learning in history}) == len(history)


def test_history_shows_open_overdue_and_completed_learning() -> None:
    history = list(design_history(design_company(people=250, as_of=TODAY), COURSES))
    overdue = [one for one in history if one.completed_at is None and one.due_on is not None and one.due_on < TODAY]
    started = [one for one in history if one.lessons_done and one.completed_at is None]
    assert len(overdue) > 20
    assert len(started) > 20
    assert sum(one.completed_at is not None for one in history) > 300


def test_people_file_shows_one_day_of_the_company() -> None:
    company = design_company(people=250, as_of=TODAY)
    rows = list(csv.DictReader(io.StringIO(people_file(company, on=TODAY).decode())))
    assert {row["employee_number"] for row in rows} == {person.number for person in company.staff}
    year_ago = people_file(company, on=TODAY - timedelta(days=365)).decode()
    assert len(year_ago.splitlines()) - 1 < len(company.people)
