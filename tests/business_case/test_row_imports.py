"""Values of a KPI and systems of the register from a file: checked, taken wholly or not at all, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api
from mycelia.business_case.api import SourceKind
from mycelia.business_case.errors import InvalidTerms, RowsRefused
from mycelia.business_case.models import Kpi, KpiReading, System
from mycelia.business_case.types import ItemKind
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.blueprint import make_system
from tests.factories.business_case import SYSTEM, make_actor, make_complete_case
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db
GOOD = b"date,value\n2026-01-31,41\n2026-02-28,44.5\n"


@pytest.fixture
def kpi() -> Kpi:
    """A KPI whose values are uploaded."""
    case = make_complete_case("demo")
    found = Kpi.objects.get(case=case)
    seen = api.item_of(case, ItemKind.KPI, found.key)
    value = replace(seen.value, source_kind=SourceKind.SERIES, manual_value=None, manual_value_date=None)
    api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=seen.revision)
    return api.kpi_of(case, found.pk)


def _take(kpi: Kpi, content: bytes) -> Any:
    return api.import_series(actor=SYSTEM, kpi=kpi, content=content, file_name="crm.csv")


def test_values_are_taken_once_and_replace_those_of_their_day(kpi) -> None:
    assert len(_take(kpi, GOOD).new) == 2
    entries = AuditEntry.objects.count()
    again = _take(kpi, GOOD)
    assert (again.new, again.replaced, again.unchanged) == ((), (), 2)
    assert AuditEntry.objects.count() == entries
    changed = _take(kpi, b"date;value;evidence\n2026-02-28;45;CRM, corrected\n2026-03-31;47;\n")
    assert (len(changed.new), len(changed.replaced)) == (1, 1)
    assert list(KpiReading.objects.values_list("read_on", "value", "evidence")) == [
        (date(2026, 1, 31), Decimal(41), "Sales report, March"),
        (date(2026, 2, 28), Decimal(45), "CRM, corrected"),
        (date(2026, 3, 31), Decimal(47), "Sales report, March"),
    ]


def test_every_bad_row_is_named_and_nothing_is_taken(kpi) -> None:
    rows = ["2026-01-31,41", "2026-02-30,1", "2026-01-31,2", "2099-01-01,1", "2026-03-01,much", "2026-03-02,1.23456"]
    rows += [f"2026-03-03,1,{'x' * 301}", "2026-03-04,1,a,b", ",", "2026-03-05,"]
    with pytest.raises(RowsRefused) as refused:
        _take(kpi, ("date,value,evidence\n" + "\n".join(rows)).encode())
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [
        *((3, "date"), (4, "date"), (5, "date"), (6, "value"), (7, "value"), (8, "evidence"), (9, "")),
        (11, "value"),
    ]
    assert not KpiReading.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"date,value\n", b"day,value\n1,2\n", b"date,value,x\n1,2,3\n", b"\xff\xfe", b'date,value\n"1\n', b"a\0,b\n"],
)
def test_file_that_is_no_series_is_refused(kpi, content) -> None:
    with pytest.raises(RowsRefused):
        _take(kpi, content)


def test_values_of_a_kpi_from_elsewhere_and_by_strangers_are_refused(kpi) -> None:
    unit = make_unit("north")
    for actor in (make_actor(Role.EXECUTIVE), make_actor(Role.FINANCE_ANALYST, unit_path=unit.path)):
        with pytest.raises(PermissionDenied):
            api.import_series(actor=actor, kpi=kpi, content=GOOD, file_name="a.csv")
    Kpi.objects.update(source_kind=SourceKind.MANUAL)
    with pytest.raises(InvalidTerms):
        _take(api.kpi_of(kpi.case, kpi.pk), GOOD)


def _send(client: Client, address: str, content: bytes, **more: str) -> Any:
    return client.post(address, {"file": SimpleUploadedFile("a.csv", content, "text/csv"), **more})


def test_page_of_values_checks_first_and_takes_then(kpi, client) -> None:
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    address = f"/case/demo/kpis/{kpi.pk}/readings/import/"
    assert address in client.get(f"/case/demo/kpis/{kpi.pk}/readings/").content.decode()
    checked = _send(client, address, GOOD, check="1")
    assert "2 new values" in checked.content.decode()
    assert not KpiReading.objects.exists()
    wrong = _send(client, address, b"date,value\n2026-01-31,x\n", check="1")
    assert (wrong.status_code, "line 2" in wrong.content.decode()) == (422, True)
    refused = _send(client, address, GOOD + b"2026-01-31,1\n")
    assert (refused.status_code, "line 4" in refused.content.decode()) == (422, True)
    assert client.post(address).status_code == 422
    assert _send(client, address, GOOD).status_code == 302
    assert KpiReading.objects.count() == 2


SYSTEMS = (
    "name,purpose,owner,yearly_cost,users_licensed,lifecycle,contract_end,elements,currency\n"
    "Wiki,knowledge_base,ada@example.org,9400.50,300,active,2027-12-31,content culture,\n"
    "Atlas,skills,,,,planned,,,CHF\n"
)


def test_systems_are_added_and_the_same_file_twice_changes_nothing() -> None:
    owner = make_person(email="ada@example.org")
    plan = api.import_systems(actor=SYSTEM, content=SYSTEMS.encode())
    assert (len(plan.new), len(plan.changed), plan.unchanged) == (2, 0, 0)
    wiki = System.objects.get(name="Wiki")
    assert (wiki.owner, wiki.yearly_cost, wiki.currency) == (owner, Decimal("9400.50"), "EUR")
    assert wiki.elements == ["culture", "content"]
    assert System.objects.get(name="Atlas").yearly_cost is None
    entries = AuditEntry.objects.count()
    again = api.import_systems(actor=SYSTEM, content=SYSTEMS.encode())
    assert (again.new, again.changed, again.unchanged) == ((), (), 2)
    assert (AuditEntry.objects.count(), System.objects.get(name="Wiki").revision) == (entries, 1)


def test_known_system_changes_where_the_file_says_so_and_stays_elsewhere() -> None:
    system = make_system(name="Wiki", vendor="Pinboard", currency="CHF", is_platform=True)
    plan = api.import_systems(actor=SYSTEM, content=b"name,purpose,yearly_cost,currency\nwiki,knowledge_base,,\n")
    assert len(plan.changed) == 1
    system.refresh_from_db()
    assert (system.name, system.vendor, system.currency, system.yearly_cost) == ("wiki", "Pinboard", "CHF", None)
    assert (system.purpose, system.is_platform, system.revision) == ("knowledge_base", True, 2)


def test_every_bad_row_of_systems_is_named_and_nothing_is_added() -> None:
    make_system(name="Old", lifecycle=api.Lifecycle.RETIRED)
    rows = ["Good,skills", "Good,skills", ",skills", "B,fun", "C,skills,-1", "D,skills,1,nobody@example.org"]
    rows += ["E,skills,1,,later", "Old,skills,1,,active", "F", f"{'G' * 121},skills", "H,skills,,,,,2026-13-01"]
    content = "name,purpose,yearly_cost,owner,lifecycle,currency,end_of_life\n" + "\n".join(rows)
    with pytest.raises(RowsRefused) as refused:
        api.import_systems(actor=SYSTEM, content=content.encode())
    assert [(fault.line, fault.column) for fault in refused.value.faults] == [
        *((3, "name"), (4, "name"), (5, "purpose"), (6, "yearly_cost"), (7, "owner"), (8, "lifecycle")),
        *((9, "lifecycle"), (10, "purpose"), (11, "name"), (12, "end_of_life")),
    ]
    assert System.objects.count() == 1


def test_systems_are_imported_by_editors_of_the_whole_blueprint_alone(client) -> None:
    for actor in (make_actor(Role.EXECUTIVE), make_actor(Role.IT_ADMINISTRATOR, unit_path=make_unit("n").path)):
        for call in (lambda a: api.check_systems(a, b""), lambda a: api.import_systems(actor=a, content=b"")):
            with pytest.raises(PermissionDenied):
                call(actor)
    client.force_login(make_holder(Role.IT_ADMINISTRATOR))
    address = "/case/blueprint/systems/import/"
    assert address in client.get("/case/blueprint/systems/").content.decode()
    content = SYSTEMS.replace("ada@example.org", "").encode()
    assert "2 new systems" in _send(client, address, content, check="1").content.decode()
    wrong = _send(client, address, content + b"Wiki,fun,\n")
    assert (wrong.status_code, "line 4" in wrong.content.decode()) == (422, True)
    assert not System.objects.exists()
    assert _send(client, address, content).status_code == 302
    assert System.objects.count() == 2
