"""What goes can come back whole, and what was typed into something that goes meanwhile is not lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from mycelia.business_case import api
from mycelia.business_case.api import Acceptance, SourceKind
from mycelia.business_case.models import Case, CostLine, Kpi, KpiReading, Objective, WorkItem
from mycelia.business_case.types import Estimate, ItemKind, ProposalKind, Reading
from mycelia.business_case.types import WorkItem as WorkItemValue
from mycelia.kernel.policy import Actor, Role
from tests.factories.access import make_holder
from tests.factories.blueprint import make_system
from tests.factories.business_case import (
    SYSTEM,
    make_actor,
    make_case,
    make_complete_case,
    make_kpi_terms,
    make_objective,
)
from tests.factories.case_edits import remove, rename_objective

pytestmark = pytest.mark.django_db
READINGS = [Reading(date(2026, month, 28), Decimal(40 + month), f"Report {month}") for month in (1, 2, 3)]


@pytest.fixture
def actor() -> Actor:
    return make_actor(Role.FINANCE_ANALYST)


@pytest.fixture
def kpi() -> Kpi:
    """A KPI with three readings."""
    case = make_case("demo")
    series = make_kpi_terms(source_kind=SourceKind.SERIES, manual_value=None, manual_value_date=None)
    made = api.add_kpi(actor=SYSTEM, objective=make_objective(case), terms=series)
    api.record_readings(actor=SYSTEM, kpi=made, readings=READINGS)
    return made


def stored() -> list[tuple[date, Decimal, str]]:
    return list(KpiReading.objects.values_list("read_on", "value", "evidence"))


def test_removed_kpi_comes_back_with_its_readings(kpi, actor) -> None:
    before = stored()
    api.remove_item(actor=actor, case=kpi.case, kind=ItemKind.KPI, key=kpi.key, seen_revision=1)
    assert stored() == []
    api.undo_change(actor=actor, case=kpi.case)
    assert stored() == before
    later = Reading(date(2026, 4, 28), Decimal(50), "Report 4")
    api.record_readings(actor=SYSTEM, kpi=Kpi.objects.get(), readings=[later])
    api.redo_change(actor=actor, case=kpi.case)
    assert stored() == []
    api.undo_change(actor=actor, case=kpi.case)
    assert stored() == [*before, (later.read_on, later.value, later.evidence)]


def test_removed_objective_brings_the_readings_of_its_kpis_back(kpi, actor) -> None:
    before = stored()
    key = Objective.objects.get().key
    api.remove_item(actor=actor, case=kpi.case, kind=ItemKind.OBJECTIVE, key=key, seen_revision=1)
    assert stored() == []
    api.undo_change(actor=actor, case=kpi.case)
    assert stored() == before


def test_addition_of_a_kpi_that_was_undone_brings_its_readings_back_when_done_again(kpi, actor) -> None:
    value = replace(api.item_of(kpi.case, ItemKind.KPI, kpi.key).value, key="", name="Second")
    key = api.add_item(actor=actor, case=kpi.case, value=value).key
    api.record_readings(actor=SYSTEM, kpi=Kpi.objects.get(key=key), readings=READINGS)
    api.undo_change(actor=actor, case=kpi.case)
    assert KpiReading.objects.count() == 3
    api.redo_change(actor=actor, case=kpi.case)
    assert KpiReading.objects.filter(kpi__key=key).count() == 3


def test_question_before_a_kpi_goes_says_how_many_readings_go(kpi, client) -> None:
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    assert "3 readings" in client.get(f"/case/demo/kpis/{kpi.pk}/removal/").content.decode()


def editor() -> Client:
    client = Client()
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    return client


def typed_into(client: Client, address: str) -> dict[str, str]:
    """Return what a browser would send of the form at an address."""
    form = client.get(address).context["page"].form
    fields = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else str(value) for name, value in fields.items()}


def test_words_typed_into_a_removed_line_are_kept_and_can_be_added_again() -> None:
    case, client = make_complete_case("demo"), editor()
    line = CostLine.objects.get(case=case)
    address = f"/case/demo/costs/{line.pk}/"
    sent = {"category": "licences", "description": "My new words", "basis": "amounts", "amounts_1": "500"}
    remove(line)
    assert client.get(address).status_code == 404
    answer = client.post(address, {**sent, "revision": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody removed this while you were editing it" in page
    assert "My new words" in page
    assert "Add it again" in page
    assert 'action="/case/demo/costs/new/"' in page
    by_itself = client.post(address, {**sent, "revision": "1"}, headers={"HX-Request": "true"})
    assert (by_itself.status_code, "Somebody removed this" in by_itself.content.decode()) == (422, True)
    assert CostLine.objects.count() == 0


def test_words_typed_into_a_removed_work_item_are_added_again() -> None:
    case, client = make_case("demo"), editor()
    value = WorkItemValue("live", "Go live", Estimate.fixed(0))
    api.add_item(actor=SYSTEM, case=case, value=value)
    address = "/case/demo/work-items/live/"
    sent = typed_into(client, address) | {"title": "Go live in May", "duration_days_shape": "fixed"}
    sent |= {"duration_days_likely": "3", "duration_days_value": "3"}
    api.remove_item(actor=SYSTEM, case=case, kind=ItemKind.WORK_ITEM, key="live", seen_revision=1)
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert "Go live in May" in answer.content.decode()
    assert 'action="/case/demo/work-items/new/"' in answer.content.decode()
    assert client.post("/case/demo/options/none/", {"name": "x"}).status_code == 409
    assert client.post("/case/none/options/none/", {"name": "x"}).status_code == 404


def accepted(case: Case, kind: ProposalKind) -> str:
    """Accept a finding into the case as a kind, and return its key."""
    make_system(name="Old", lifecycle=api.Lifecycle.RETIRED)
    for standing in api.readiness(SYSTEM, case):
        for place, proposal in enumerate(standing.finding.proposals):
            if proposal.kind is kind:
                acceptance = Acceptance(place, "From a finding", Decimal(10), days=5)
                api.accept_finding(
                    actor=SYSTEM, finding=standing.finding, case=case, acceptance=acceptance, source="Check"
                )
                return standing.finding.key
    raise LookupError(kind)


def test_work_item_and_line_lead_to_their_finding_and_the_finding_to_them() -> None:
    case, client = make_complete_case("demo"), editor()
    key = accepted(case, ProposalKind.WORK_ITEM)
    item = WorkItem.objects.get(case=case)
    link = f'href="/case/blueprint/readiness/{key}/"'
    assert link in client.get("/case/demo/roadmap/").content.decode()
    assert link in client.get(f"/case/demo/work-items/{item.key}/").content.decode()
    finding = client.get(f"/case/blueprint/readiness/{key}/").content.decode()
    assert f'href="/case/demo/roadmap/#item-{item.key}"' in finding
    assert f'id="item-{item.key}"' in client.get("/case/demo/roadmap/").content.decode()


def test_form_of_a_line_leads_to_its_finding() -> None:
    case, client = make_complete_case("demo"), editor()
    key = accepted(case, ProposalKind.BENEFIT)
    line = case.benefit_lines.get(description="From a finding")
    page = client.get(f"/case/demo/benefits/{line.pk}/").content.decode()
    assert f'href="/case/blueprint/readiness/{key}/"' in page
    other = case.cost_lines.get()
    assert "/case/blueprint/readiness/" not in client.get(f"/case/demo/costs/{other.pk}/").content.decode()


def test_second_edit_of_a_kpi_is_refused_with_both_values_and_overwrites_nothing(kpi) -> None:
    client, address = editor(), f"/case/demo/kpis/{kpi.pk}/"
    sent = typed_into(client, address) | {"revision": str(client.get(address).context["page"].revision)}
    seen = api.item_of(kpi.case, ItemKind.KPI, kpi.key)
    theirs = replace(seen.value, name="Theirs")
    api.change_item(actor=SYSTEM, case=kpi.case, value=theirs, seen_revision=seen.revision)
    answer = client.post(address, {**sent, "name": "Mine"})
    assert answer.status_code == 409
    assert [(two.mine, two.theirs) for two in answer.context["page"].conflict] == [("Mine", "Theirs")]
    assert Kpi.objects.get().name == "Theirs"
    mine = client.post(address, {**sent, "name": "Mine", "revision": str(seen.revision + 1)})
    assert (mine.status_code, Kpi.objects.get().name) == (302, "Mine")


def test_second_edit_of_an_objective_is_refused_with_both_values(kpi) -> None:
    client, objective = editor(), Objective.objects.get()
    rename_objective(objective, "Theirs")
    sent = {"title": "Mine", "description": "", "revision": "1"}
    answer = client.post(f"/case/demo/objectives/{objective.pk}/", sent)
    assert (answer.status_code, Objective.objects.get().title) == (409, "Theirs")


def test_form_of_a_kpi_keeps_what_it_does_not_show_and_shows_what_it_is_worth(kpi) -> None:
    client, address = editor(), f"/case/demo/kpis/{kpi.pk}/"
    Kpi.objects.update(owner=None, owner_text="ada@elsewhere.example", value_per_unit=Decimal(300))
    Kpi.objects.update(isolation_method="control_group")
    sent = typed_into(client, address) | {"revision": "1", "name": "New"}
    assert client.post(address, sent).status_code == 302
    found = Kpi.objects.get()
    kept = (found.owner_text, found.value_per_unit, found.isolation_method)
    assert (found.name, kept) == ("New", ("ada@elsewhere.example", Decimal(300), "control_group"))


def test_kpi_moves_to_another_objective(kpi) -> None:
    client, address = editor(), f"/case/demo/kpis/{kpi.pk}/"
    other = make_objective(kpi.case, "Save more")
    sent = typed_into(client, address) | {"revision": "1", "objective": other.key}
    assert client.post(address, sent).status_code == 302
    assert Kpi.objects.get().objective == other


def test_words_typed_into_a_removed_kpi_or_objective_are_kept(kpi) -> None:
    client, address = editor(), f"/case/demo/kpis/{kpi.pk}/"
    sent = typed_into(client, address) | {"revision": "1", "name": "My new name"}
    remove(kpi)
    assert client.get(address).status_code == 404
    answer = client.post(address, sent)
    objective = Objective.objects.get()
    again = f"/case/demo/objectives/{objective.pk}/kpis/new/"
    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("My new name", "Add it again", f'action="{again}"'))
    assert client.post(again, sent).status_code == 302
    assert Kpi.objects.get().name == "My new name"
    remove(objective)
    gone = client.post(f"/case/demo/objectives/{objective.pk}/", {"title": "My title", "revision": "1"})
    assert (gone.status_code, 'action="/case/demo/objectives/new/"' in gone.content.decode()) == (409, True)
    assert client.post(address, sent).status_code == 404
