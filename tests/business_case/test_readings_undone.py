"""What readings of a KPI replaced comes back when they are undone, and only where nobody changed it since."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mycelia.audit.models import AuditEntry
from mycelia.business_case import api
from mycelia.business_case.errors import ItemMovedOn, NothingToUndo
from mycelia.business_case.models import Case, Change, Kpi, KpiReading
from mycelia.business_case.types import ItemKind, Reading, SourceKind
from mycelia.kernel.policy import Actor, Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_actor, make_case, make_kpi_terms, make_objective

pytestmark = pytest.mark.django_db
FIRST = Reading(date(2026, 1, 31), Decimal(41), "Report 1")
SECOND = Reading(date(2026, 2, 28), Decimal(42), "Report 2")
OTHER = Reading(FIRST.read_on, Decimal(44), "Report 1, corrected")
FILE = b"date,value,evidence\n2026-01-31,44,Export\n2026-03-31,47,Export\n"


@pytest.fixture
def actor() -> Actor:
    return make_actor(Role.FINANCE_ANALYST)


@pytest.fixture
def kpi() -> Kpi:
    """A KPI with two readings that somebody else recorded."""
    series = make_kpi_terms(source_kind=SourceKind.SERIES, manual_value=None, manual_value_date=None)
    made = api.add_kpi(actor=SYSTEM, objective=make_objective(make_case("demo")), terms=series)
    api.record_readings(actor=SYSTEM, kpi=made, readings=[FIRST, SECOND])
    return made


def stored() -> list[Reading]:
    return [Reading(*row) for row in KpiReading.objects.order_by("read_on").values_list("read_on", "value", "evidence")]


def test_replaced_reading_comes_back_with_its_evidence_and_goes_again(kpi, actor):
    api.record_readings(actor=actor, kpi=kpi, readings=[OTHER])
    assert api.undo_change(actor=actor, case=kpi.case) == ()
    assert stored() == [FIRST, SECOND]
    api.redo_change(actor=actor, case=kpi.case)
    assert stored() == [OTHER, SECOND]
    with pytest.raises(NothingToUndo):
        api.redo_change(actor=actor, case=kpi.case)


def test_file_is_undone_whole_new_days_and_replaced_ones(kpi, actor):
    api.import_series(actor=actor, kpi=kpi, content=FILE, file_name="values.csv")
    assert [(one.read_on.month, one.evidence) for one in stored()] == [(1, "Export"), (2, "Report 2"), (3, "Export")]
    api.undo_change(actor=actor, case=kpi.case)
    assert stored() == [FIRST, SECOND]


def test_reading_that_changed_nothing_is_no_step(kpi, actor):
    assert api.record_readings(actor=actor, kpi=kpi, readings=[FIRST]) == 0
    with pytest.raises(NothingToUndo):
        api.undo_change(actor=actor, case=kpi.case)


def test_reading_that_somebody_changed_since_is_not_undone(kpi, actor):
    api.record_readings(actor=actor, kpi=kpi, readings=[OTHER])
    api.record_readings(actor=SYSTEM, kpi=kpi, readings=[Reading(FIRST.read_on, Decimal(50), "Third")])
    with pytest.raises(ItemMovedOn):
        api.undo_change(actor=actor, case=kpi.case)
    assert stored()[0].value == 50


def test_reading_of_a_kpi_that_is_gone_is_not_undone(kpi, actor):
    api.record_readings(actor=actor, kpi=kpi, readings=[OTHER])
    api.remove_item(actor=SYSTEM, case=kpi.case, kind=ItemKind.KPI, key=kpi.key, seen_revision=1)
    with pytest.raises(ItemMovedOn):
        api.undo_change(actor=actor, case=kpi.case)


def test_undo_of_a_reading_leaves_a_presentation_standing_and_is_in_the_audit_log(kpi, actor):
    Case.objects.update(state="presented")
    api.record_readings(actor=actor, kpi=kpi, readings=[OTHER])
    api.undo_change(actor=actor, case=kpi.case)
    assert Case.objects.get().state == "presented"
    assert AuditEntry.objects.get(action="business_case.readings_undone").details["readings"] == [
        {
            "read_on": "2026-01-31",
            "value": "41.0000",
            "instead_of": "44",
            "instead_of_evidence": "Report 1, corrected",
        }
    ]


def test_page_of_readings_offers_undo_and_comes_back_to_itself(kpi, client):
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    address = f"/case/demo/kpis/{kpi.pk}/readings/"
    assert "/case/demo/undo/" not in client.get(address).content.decode()
    client.post(address, {"read_on": "2026-01-31", "value": "44", "evidence": "By hand"})
    assert f'name="next" value="{address}"' in client.get(address).content.decode()
    assert client.post("/case/demo/undo/", {"next": address}).url == address
    assert stored() == [FIRST, SECOND]


@pytest.mark.django_db(transaction=True)
def test_steps_of_readings_go_with_the_column_that_holds_them_and_others_stay(kpi, actor):
    objective = api.items_of(kpi.case, ItemKind.OBJECTIVE)[0]
    api.remove_item(actor=actor, case=kpi.case, kind=ItemKind.OBJECTIVE, key=objective.key, seen_revision=1)
    api.undo_change(actor=actor, case=kpi.case)
    Change.objects.update(state="done")
    api.record_readings(actor=actor, kpi=Kpi.objects.get(), readings=[OTHER])
    _migrate("0021_simulations_tell")
    try:
        assert Change._default_manager.values_list("state").count() == 1
    finally:
        _migrate("0022_readings_undone")
    assert [(one.state, one.readings) for one in Change.objects.all()] == [("done", None)]


def _migrate(name: str) -> Any:
    executor = MigrationExecutor(connection)
    targets = [node for node in executor.loader.graph.leaf_nodes() if node[0] == "business_case"]
    executor.migrate([("business_case", name)] if name.startswith("0021") else targets)
