"""Applying people files: wholly or not at all, and nothing the second time."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from mycelia.audit.models import AuditEntry
from mycelia.kernel import events
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Actor, Role, RoleGrant
from mycelia.people import api
from mycelia.people.errors import DeactivationsUnconfirmed, MassDeactivation, PeopleFileRefused
from mycelia.people.events import PeopleImported
from mycelia.people.models import Employment, ImportChange, ImportRun, OrganisationUnit, Person, Position
from mycelia.people.types import ChangeKind
from tests.factories.people import make_person
from tests.people.conftest import SYSTEM, Company
from tests.people.files import HEADER, people_file, row

pytestmark = pytest.mark.django_db
EVERYBODY = (row("BOSS"), row("MID", unit="SALES", manager="BOSS"), row("REP", unit="NORTH", manager="MID"))


def _import(*rows: str, header: str = HEADER, **options: Any) -> Any:
    return api.import_people(SYSTEM, people_file(*rows, header=header), **options)


def _state() -> list[Any]:
    tables = (Person, Employment, OrganisationUnit, Position, ImportRun, ImportChange, AuditEntry)
    return [list(table._default_manager.order_by("pk").values()) for table in tables]


def test_import_creates_people_units_and_labels(company: Company) -> None:
    header = HEADER + ",unit_name,parent_unit_code,position,location,cost_centre,language"
    _import(
        row("N1", unit="EAST", manager="N2", valid_from="2026-03-01") + ",Sales East,SALES,Seller,Gdańsk,4100,pl",
        row("N2", unit="EAST", manager="BOSS", valid_from="2026-03-01") + ",,,Head,Gdańsk,4100,",
        header=header,
    )
    person = Person.objects.get(employee_number="N1")
    found = api.current_employment(person, date(2026, 3, 1))
    assert found is not None
    assert found.manager is not None
    assert found.position is not None
    assert (found.unit.name, found.unit.path.startswith(company.sales.path)) == ("Sales East", True)
    assert (found.manager.employee_number, found.position.title) == ("N2", "Seller")
    assert (person.language, person.is_active, person.has_usable_password()) == ("pl", True, False)


def test_import_of_the_same_file_twice_writes_nothing(company: Company) -> None:
    rows = (row("N1", manager="BOSS"), row("REP", unit="SALES", manager="MID", email="new@example.com"))
    assert _import(*rows).run_id is not None
    before = _state()
    result = _import(*rows)
    assert (result.run_id, result.plan.unchanged) == (None, 2)
    assert _state() == before


def test_import_with_one_bad_row_writes_nothing(company: Company) -> None:
    before = _state()
    with pytest.raises(PeopleFileRefused) as refusal:
        _import(row("N1"), row("N2", unit="NOPE"), row("N3", manager="NOBODY"))
    assert [(p.line, p.code) for p in refusal.value.plan.problems] == [(3, "unknown_unit"), (4, "unknown_manager")]
    assert _state() == before


def test_import_that_fails_halfway_writes_nothing(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _state()

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr("mycelia.people.actions.people_file.audit.record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        _import(row("N1"))
    assert _state() == before


def test_import_moves_correct_and_keep_history(company: Company) -> None:
    _import(row("REP", unit="SALES", manager="MID", email="report@example.com", valid_from="2026-02-01"))
    _import(row("REP", unit="HQ", manager="BOSS", email="report@example.com", valid_from="2026-02-01"))
    rows = Employment.objects.filter(person=company.report).order_by("valid_from")
    assert [(r.valid_from, r.valid_to, r.unit.code, r.manager) for r in rows] == [
        (date(2025, 1, 1), date(2026, 2, 1), "NORTH", company.manager),
        (date(2026, 2, 1), None, "HQ", company.boss),
    ]


def test_import_lets_two_people_swap_their_emails(company: Company) -> None:
    _import(
        row("BOSS", email="manager@example.com"), row("MID", unit="SALES", manager="BOSS", email="boss@example.com")
    )
    company.boss.refresh_from_db()
    assert company.boss.email == "manager@example.com"


def test_import_gives_a_freed_email_to_somebody_new(company: Company) -> None:
    _import(row("BOSS", email="chief@example.com"), row("N1", email="boss@example.com"))
    assert Person.objects.get(email="boss@example.com").employee_number == "N1"


def test_import_of_a_full_file_needs_the_exact_number_of_deactivations(company: Company) -> None:
    for confirmed in (None, 0, 2):
        before = _state()
        with pytest.raises(DeactivationsUnconfirmed) as refusal:
            _import(*EVERYBODY[:2], full=True, deactivate_confirmed=confirmed)
        assert refusal.value.data["deactivations"] == 1
        assert _state() == before
    result = _import(*EVERYBODY[:2], full=True, deactivate_confirmed=1)
    assert result.plan.count(ChangeKind.DEACTIVATED) == 1
    company.report.refresh_from_db()
    assert not company.report.is_active
    assert api.current_employment(company.report) is None
    assert Employment.objects.filter(person=company.report).count() == 1


def test_import_of_a_partial_file_deactivates_nobody(company: Company) -> None:
    _import(EVERYBODY[0])
    assert Person.objects.filter(is_active=True).count() == 3


def test_import_brakes_when_many_people_are_missing(company: Company) -> None:
    for _ in range(12):
        make_person(unit=company.north, manager=company.manager)
    with pytest.raises(MassDeactivation):
        _import(*EVERYBODY, full=True, deactivate_confirmed=12)
    _import(*EVERYBODY, full=True, deactivate_confirmed=12, brake_released=True)
    assert Person.objects.filter(is_active=True).count() == 3


def test_import_reactivates_who_comes_back(company: Company) -> None:
    _import(*EVERYBODY[:2], full=True, deactivate_confirmed=1)
    result = _import(*EVERYBODY)
    company.report.refresh_from_db()
    assert result.plan.count(ChangeKind.REACTIVATED) == 1
    assert company.report.is_active
    assert api.current_employment(company.report) is not None


def test_import_is_audited_once_with_counts_and_fingerprint(company: Company) -> None:
    result = _import(row("N1"), row("N2"), file_name="june.csv")
    (entry,) = AuditEntry.objects.filter(action="people.import.apply")
    assert entry.object_id == str(result.run_id)
    assert (entry.details["created"], entry.details["file"], len(entry.details["sha256"])) == (2, "june.csv", 64)


def test_import_tells_the_apps_above(company: Company, django_capture_on_commit_callbacks: Any) -> None:
    heard: list[PeopleImported] = []
    events.subscribe(PeopleImported)(heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            result = _import(row("N1"))
    finally:
        events._handlers[PeopleImported.name()].remove(heard.append)
    assert heard == [PeopleImported(result.run_id, 1, 0, 0)]
    assert [p.employee_number for p in api.imported_people(result.run_id)] == ["N1"]


def test_import_without_authority_is_denied(company: Company) -> None:
    for actor in (
        Actor(company.boss.pk, "boss", (RoleGrant(Role.MANAGER), RoleGrant(Role.IT_ADMINISTRATOR))),
        Actor(company.boss.pk, "part", (RoleGrant(Role.TALENT_ADMINISTRATOR, company.top.path),)),
    ):
        with pytest.raises(PermissionDenied):
            api.import_people(actor, people_file(row("N1")))


def _company_of(size: int, start: int = 0) -> tuple[str, ...]:
    numbers = range(start, start + size)
    return tuple(row(f"P{n:05}", manager=f"P{(n - 1) // 8:05}" if n else "") for n in numbers)


def test_import_of_ten_thousand_people_takes_as_many_statements_as_of_ten(company: Company) -> None:
    with CaptureQueriesContext(
        connection,
    ) as few:
        _import(*_company_of(10))
    with CaptureQueriesContext(connection) as many:
        _import(*_company_of(10_000))
    assert Person.objects.count() == 10_003
    assert Employment.objects.filter(manager__employee_number="P00100").count() == 8
    assert len(many) <= len(few) + 2


@pytest.mark.django_db(transaction=True)
def test_import_while_another_is_written_is_refused_with_a_conflict() -> None:
    """Two connections: one holds the directory in its transaction, the other is a process of its own."""
    from mycelia.people.actions.lock import claim_directory

    code = (
        "import os, django; django.setup();"
        "from django.conf import settings; from django.db import connection;"
        f"connection.settings_dict['NAME'] = {connection.settings_dict['NAME']!r};"
        "from mycelia.people.api import import_people; from mycelia.kernel.policy import Actor;"
        "from mycelia.people.errors import ImportUnderWay\n"
        "try: import_people(Actor.system('t'), b'x')\n"
        "except ImportUnderWay as error: print(error.status)"
    )
    with transaction.atomic():
        claim_directory()
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.stdout.strip().splitlines()[-1:] == ["409"], run.stderr
