"""Hiring, moving and leaving, one person at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor, Role, RoleGrant
from mycelia.people import api
from mycelia.people.errors import EmploymentNotPossible
from mycelia.people.models import Employment, Person
from tests.people.conftest import SYSTEM, Company

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def _frozen() -> object:
    with clock.frozen(datetime(2026, 6, 1, 12, tzinfo=UTC)):
        yield


def _hire(actor: Actor, company: Company, **fields: object) -> Person:
    given = {"employee_number": "N1", "email": "new@example.com", "given_name": "N", "family_name": "One"} | fields
    return api.hire(actor=actor, unit=given.pop("unit", company.north), **given)  # type: ignore[arg-type]


def _history(person: Person) -> list[tuple[date, date | None, str]]:
    rows = Employment.objects.filter(person=person).order_by("valid_from")
    return [(row.valid_from, row.valid_to, row.unit.code) for row in rows]


def test_hire_opens_an_employment_and_is_audited(company: Company) -> None:
    person = _hire(SYSTEM, company, manager=company.manager)
    assert _history(person) == [(TODAY, None, "NORTH")]
    assert not person.has_usable_password()
    assert AuditEntry.objects.filter(action="people.person.hire", object_id=str(person.pk)).exists()


def test_hire_with_a_taken_number_or_email_is_refused(company: Company) -> None:
    for fields in ({"employee_number": "BOSS"}, {"email": "BOSS@example.com"}):
        with pytest.raises(EmploymentNotPossible):
            _hire(SYSTEM, company, **fields)


def test_hire_outside_the_administered_units_is_denied(company: Company) -> None:
    actor = Actor(1, "x", (RoleGrant(Role.TALENT_ADMINISTRATOR, company.north.path),))
    assert _hire(actor, company).pk
    with pytest.raises(PermissionDenied):
        _hire(actor, company, unit=company.sales, employee_number="N2", email="n2@example.com")


def test_move_closes_one_employment_and_opens_the_next(company: Company) -> None:
    api.move(actor=SYSTEM, person=company.report, on=date(2026, 7, 1), unit=company.sales)
    assert _history(company.report) == [
        (date(2025, 1, 1), date(2026, 7, 1), "NORTH"),
        (date(2026, 7, 1), None, "SALES"),
    ]
    now, then = api.current_employment(company.report), api.current_employment(company.report, date(2026, 7, 1))
    assert now is not None
    assert then is not None
    assert (now.unit, then.unit, then.manager) == (company.north, company.sales, company.manager)


def test_move_on_the_first_day_corrects_the_employment(company: Company) -> None:
    api.move(actor=SYSTEM, person=company.report, on=date(2025, 1, 1), unit=company.sales)
    assert _history(company.report) == [(date(2025, 1, 1), None, "SALES")]


def test_move_into_the_past_is_refused(company: Company) -> None:
    with pytest.raises(EmploymentNotPossible):
        api.move(actor=SYSTEM, person=company.report, on=date(2024, 1, 1), unit=company.sales)


def test_move_below_an_own_report_is_refused(company: Company) -> None:
    with pytest.raises(EmploymentNotPossible):
        api.move(actor=SYSTEM, person=company.boss, manager=company.report)


def test_leave_ends_the_employment_and_closes_the_account(company: Company) -> None:
    api.leave(actor=SYSTEM, person=company.report)
    company.report.refresh_from_db()
    assert not company.report.is_active
    assert api.current_employment(company.report) is None
    assert not api.reports_of(company.manager.pk).exists()


def test_leave_on_a_later_day_closes_the_account_when_it_has_come(company: Company) -> None:
    api.leave(actor=SYSTEM, person=company.report, on=date(2026, 6, 15))
    assert api.deactivate_leavers() == 0
    with clock.frozen(clock.now() + timedelta(days=14)):
        assert api.deactivate_leavers() == 1
        assert api.deactivate_leavers() == 0
    company.report.refresh_from_db()
    assert not company.report.is_active


def test_leave_of_somebody_outside_the_administered_units_is_denied(company: Company) -> None:
    actor = Actor(1, "x", (RoleGrant(Role.TALENT_ADMINISTRATOR, company.north.path),))
    with pytest.raises(PermissionDenied):
        api.leave(actor=actor, person=company.boss)
