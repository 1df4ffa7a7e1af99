"""Lines that keep a case from the committee, each with its reason and the form that fixes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from mycelia.business_case import api, models
from mycelia.business_case.errors import CaseIncomplete, InvalidTerms
from mycelia.business_case.pages.gate import gaps_of
from mycelia.business_case.types import (
    CostCategory,
    CostLine,
    Direction,
    Driver,
    Estimate,
    EvidenceGrade,
    IsolationMethod,
    ItemKind,
    ItemState,
    LineKind,
    Missing,
    MissingPart,
    NamedInput,
    Option,
    SourceKind,
    Timing,
    WorkItem,
)
from mycelia.kernel.policy import Role
from mycelia.people.models import Person
from tests.factories.access import make_holder
from tests.factories.business_case import (
    SYSTEM,
    make_actor,
    make_benefit,
    make_case,
    make_complete_case,
    make_kpi_terms,
    make_objective,
)

pytestmark = pytest.mark.django_db
EMPTY = {
    "baseline_value": None,
    "baseline_date": None,
    "baseline_evidence": "",
    "target_value": None,
    "target_date": None,
    "owner_id": None,
    "manual_evidence": "",
    "manual_value": None,
    "manual_value_date": None,
}


@pytest.fixture
def case() -> models.Case:
    return make_complete_case("gated")


def _alter(case: models.Case, kind: ItemKind, **stated: Any) -> ItemState:
    state = api.items_of(case, kind)[0]
    value = replace(state.value, **stated)  # type: ignore[type-var]
    return api.change_item(actor=SYSTEM, case=case, value=value, seen_revision=state.revision)


def _gaps(case: models.Case) -> list[tuple[MissingPart, str]]:
    return [(gap.part, gap.subject) for gap in api.missing_from_case(api.case_sheet(case))]


def test_complete_case_has_no_gap(case):
    assert _gaps(case) == []


@pytest.mark.parametrize("kind", [ItemKind.COST, ItemKind.BENEFIT])
def test_placeholder_is_refused_until_it_is_confirmed(case, kind):
    _alter(case, kind, is_placeholder=True)
    assert _gaps(case) == [(MissingPart.CONFIRMATION, "All of it")]
    with pytest.raises(CaseIncomplete):
        api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    _alter(case, kind, is_placeholder=False)
    assert _gaps(case) == []


@pytest.mark.parametrize(
    ("stated", "part"),
    [
        ({"rate_source": " "}, MissingPart.RATE_SOURCE),
        ({"inflation_per_year": Decimal("0.02")}, MissingPart.INFLATION_SOURCE),
        ({"tax_rate": Decimal("0.3")}, MissingPart.TAX_SOURCE),
    ],
)
def test_term_without_a_source_is_refused_with_the_field_that_names_it(case, stated, part):
    terms = api.item_of(case, ItemKind.TERMS)
    api.change_item(actor=SYSTEM, case=case, value=replace(terms.value, **stated), seen_revision=terms.revision)
    case = models.Case.objects.get()
    assert _gaps(case) == [(part, "")]
    missing = api.missing_from_case(api.case_sheet(case))
    assert gaps_of("gated", missing, may_edit=True)[0].url == f"/case/gated/terms/#id_{part}"
    assert gaps_of("gated", missing, may_edit=False)[0].url == "/case/gated/assumptions/"
    with pytest.raises(CaseIncomplete):
        api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    seen = api.item_of(case, ItemKind.TERMS)
    named = replace(seen.value, **{str(part): "Finance department"})
    api.change_item(actor=SYSTEM, case=case, value=named, seen_revision=seen.revision)
    assert _gaps(models.Case.objects.get()) == []


def test_inflation_of_nothing_and_tax_left_out_need_no_source(case):
    model = api.case_model(case)
    assert (model.inflation_per_year, model.tax_rate) == (0, None)
    assert _gaps(case) == []


def test_adoption_that_nobody_confirmed_is_refused(case):
    _alter(case, ItemKind.DRIVERS, is_placeholder=True)
    assert _gaps(case) == [(MissingPart.ADOPTION_CONFIRMATION, "")]
    with pytest.raises(CaseIncomplete):
        api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)
    _alter(case, ItemKind.DRIVERS, is_placeholder=False)
    assert _gaps(case) == []


@pytest.mark.parametrize("moot", [{"finished_on": date(2026, 2, 1)}, {"is_milestone": True}])
def test_duration_that_nobody_confirmed_is_refused_while_it_matters(case, moot):
    api.add_item(actor=SYSTEM, case=case, value=WorkItem("plan", "Plan", Estimate.fixed(5), is_placeholder=True))
    assert _gaps(case) == [(MissingPart.DURATION_CONFIRMATION, "Plan")]
    gap = gaps_of("gated", api.missing_from_case(api.case_sheet(case)), may_edit=True)[0]
    assert gap.url == "/case/gated/work-items/plan/#id_is_placeholder"
    _alter(case, ItemKind.WORK_ITEM, **moot)
    assert _gaps(case) == []


def test_person_confirms_adoption_and_duration_on_their_forms(case, client):
    _alter(case, ItemKind.DRIVERS, is_placeholder=True)
    api.add_item(actor=SYSTEM, case=case, value=WorkItem("plan", "Plan", Estimate.fixed(5), is_placeholder=True))
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    for address in ("/case/gated/drivers/", "/case/gated/work-items/plan/"):
        assert 'name="is_placeholder"' in client.get(address).content.decode()
    kept = {"adoption_kind": "full", "revision": "2", "is_placeholder": "on"}
    assert client.post("/case/gated/drivers/", kept).status_code == 302
    assert (MissingPart.ADOPTION_CONFIRMATION, "") in _gaps(case)
    confirmed = {"adoption_kind": "full", "revision": "2", "source": "Pilot in the north"}
    assert client.post("/case/gated/drivers/", confirmed).status_code == 302
    sent = {"title": "Plan", "duration_likely": "5", "calendar": "working", "source": "IT", "revision": "1"}
    assert client.post("/case/gated/work-items/plan/", sent).status_code == 302
    assert _gaps(case) == []
    drivers, item = (api.items_of(case, kind)[0].value for kind in (ItemKind.DRIVERS, ItemKind.WORK_ITEM))
    assert (drivers.source, item.source) == ("Pilot in the north", "IT")


def test_placeholder_of_an_option_that_is_not_preferred_is_refused_too(case):
    api.add_item(actor=SYSTEM, case=case, value=Option("other", "Other"))
    api.add_item(actor=SYSTEM, case=case, value=replace(make_benefit(case), option="other", is_placeholder=True))
    assert _gaps(case) == [(MissingPart.CONFIRMATION, "All of it")]


def test_benefit_that_is_not_isolated_is_refused(case):
    _alter(case, ItemKind.BENEFIT, isolation_method=None)
    assert _gaps(case) == [(MissingPart.ISOLATION, "All of it")]


def test_participants_estimate_that_is_not_reduced_is_refused(case):
    _alter(case, ItemKind.BENEFIT, isolation_method=IsolationMethod.PARTICIPANT_ESTIMATE)
    assert _gaps(case) == [(MissingPart.CONFIDENCE_FACTOR, "All of it")]
    _alter(case, ItemKind.BENEFIT, confidence_factor=Estimate.fixed("0.6"))
    assert _gaps(case) == []


def test_movement_that_is_claimed_twice_is_refused(case):
    kpi = case.kpis.get().key
    _alter(case, ItemKind.BENEFIT, kpi=kpi, claimed_movement=Decimal(15))
    assert _gaps(case) == []
    api.add_item(actor=SYSTEM, case=case, value=make_benefit(case, kpi=kpi, claimed_movement=Decimal(6)))
    assert _gaps(case) == [(MissingPart.OWN_MOVEMENT, "All of it")]
    second = api.items_of(case, ItemKind.BENEFIT)[1]
    fitting = replace(second.value, claimed_movement=Decimal(5))  # type: ignore[type-var]
    api.change_item(actor=SYSTEM, case=case, value=fitting, seen_revision=1)
    assert _gaps(case) == []


def test_one_benefit_that_claims_more_than_its_kpi_moves_is_refused(case):
    _alter(case, ItemKind.BENEFIT, kpi=case.kpis.get().key, claimed_movement=Decimal(21))
    assert _gaps(case) == [(MissingPart.POSSIBLE_MOVEMENT, "All of it")]


def test_owner_that_is_a_name_and_nobody_here_is_refused(case):
    _alter(case, ItemKind.KPI, owner_id=None, owner_text="nobody@elsewhere.example")
    assert _gaps(case) == [(MissingPart.OWNER_INACTIVE, "Deals won")]


def test_baseline_without_evidence_is_refused(case):
    _alter(case, ItemKind.KPI, baseline_evidence="")
    assert _gaps(case) == [(MissingPart.BASELINE_EVIDENCE, "Deals won")]


def test_case_whose_only_benefit_is_intangible_is_refused(case):
    _alter(case, ItemKind.BENEFIT, is_intangible=True)
    assert (MissingPart.BENEFITS, "") in _gaps(case)


@pytest.mark.parametrize(("direction", "target"), [(Direction.RISE, 39), (Direction.FALL, 41)])
def test_target_against_the_direction_is_refused_by_the_action(case, direction, target):
    with pytest.raises(InvalidTerms, match="Deals won"):
        _alter(case, ItemKind.KPI, direction=direction, target_value=Decimal(target))


def test_each_gap_leads_an_editor_to_the_field_that_fixes_it(case):
    _alter(case, ItemKind.BENEFIT, isolation_method=None, is_placeholder=True)
    line = case.benefit_lines.get().pk
    missing = api.missing_from_case(api.case_sheet(case))
    assert {(gap.line_kind, gap.line_id) for gap in missing} == {(LineKind.BENEFIT, line)}
    urls = {gap.url for gap in gaps_of("gated", missing, may_edit=True)}
    address = f"/case/gated/benefits/{line}/#id_"
    assert urls == {f"{address}is_placeholder", f"{address}isolation_method"}
    assert {gap.url for gap in gaps_of("gated", missing, may_edit=False)} == {"/case/gated/#benefits"}
    assert all(gap.reason and gap.remedy for gap in gaps_of("gated", missing, may_edit=True))


def test_every_link_of_the_gate_leads_to_something_that_is_on_its_page(client):
    """Every reason there is, for who may edit and for who may only read: the page answers and has the anchor."""
    untold = {"rate_source": "", "inflation_per_year": Decimal("0.02"), "tax_rate": Decimal("0.3")}
    case = make_complete_case("gapped", **untold)
    left = make_kpi_terms()
    without = ({"source_kind": None, **EMPTY}, {"source_kind": SourceKind.PLATFORM}, {"manual_evidence": ""})
    for number, terms in enumerate((left, *(make_kpi_terms(**stated) for stated in without))):
        api.add_kpi(actor=SYSTEM, objective=make_objective(case, f"Objective {number}"), terms=terms)
    Person.objects.filter(pk=left.owner_id).update(is_active=False)
    make_objective(case, "Nothing measures this")
    _alter(case, ItemKind.COST, is_placeholder=True)
    _alter(case, ItemKind.DRIVERS, is_placeholder=True)
    api.add_item(actor=SYSTEM, case=case, value=NamedInput("fee", "Fee", Estimate.fixed(5), is_placeholder=True))
    _alter(case, ItemKind.COST, quantity=Estimate(named="fee"))
    api.add_item(actor=SYSTEM, case=case, value=WorkItem("plan", "Plan", Estimate.fixed(5), is_placeholder=True))
    kpi = case.kpis.first().key
    claim = {"kpi": kpi, "claimed_movement": Decimal(15), "isolation_method": None}
    estimated = {**claim, "claimed_movement": 21, "isolation_method": IsolationMethod.PARTICIPANT_ESTIMATE}
    for stated in (claim, estimated):
        api.add_item(actor=SYSTEM, case=case, value=make_benefit(case, **stated))
    never_run(case)
    api.add_item(actor=SYSTEM, case=case, value=make_benefit(case, source="", evidence_grade=EvidenceGrade.NONE))
    gaps = gaps_in(case) + gaps_in(make_case("empty"))
    assert {gap.part for _case, gap in gaps} == set(MissingPart)
    for role, may_edit in ((Role.FINANCE_ANALYST, True), (Role.EXECUTIVE, False)):
        client.force_login(make_holder(role))
        for each, gap in gaps:
            page, _, anchor = gaps_of(each.slug, (gap,), may_edit=may_edit)[0].url.partition("#")
            answer = client.get(page)
            assert answer.status_code == 200, page
            assert not anchor or f'id="{anchor}"' in answer.content.decode(), (page, anchor)


def never_run(case: models.Case) -> None:
    """Add a roadmap that ends after the case, a line that waits for it, and an adoption that does."""
    api.add_item(actor=SYSTEM, case=case, value=WorkItem("live", "Go-live", Estimate.fixed(900), source="IT"))
    late = CostLine("late", CostCategory.SUPPORT, "Support", timing=Timing(1, None, "live"), price=Estimate.fixed(9))
    api.add_item(actor=SYSTEM, case=case, value=late)
    seats = CostLine("seats", CostCategory.LICENCES, "Seats", driver=Driver.ACTIVE_LEARNERS, price=Estimate.fixed(9))
    api.add_item(actor=SYSTEM, case=case, value=seats)
    drivers = api.items_of(case, ItemKind.DRIVERS)[0]
    waiting = replace(drivers.value, adoption_milestone="live")  # type: ignore[type-var]
    api.change_item(actor=SYSTEM, case=case, value=waiting, seen_revision=drivers.revision)


def test_what_never_runs_is_refused_with_its_days(case):
    never_run(case)
    reasons = {gap.reason for gap in gaps_of("gated", api.missing_from_case(api.case_sheet(case)), may_edit=True)}
    late = "“Go-live”, which finishes on 13 June 2029, {}after the case ends on 31 December 2028: "
    assert reasons == {
        f"It waits for {late.format('and would begin ')}it counts for nothing.",
        f"Adoption waits for {late.format('')}nobody takes it up.",
    }
    with pytest.raises(CaseIncomplete):
        api.present_case(actor=make_actor(Role.EXECUTIVE), case=case)


def test_claim_that_nothing_supports_is_refused(case):
    _alter(case, ItemKind.BENEFIT, source="", evidence_grade=EvidenceGrade.NONE)
    assert _gaps(case) == [(MissingPart.SUPPORT, "All of it")]
    _alter(case, ItemKind.BENEFIT, source="Interviews")
    assert _gaps(case) == []


def gaps_in(case: models.Case) -> list[tuple[models.Case, Missing]]:
    return [(case, gap) for gap in api.missing_from_case(api.case_sheet(case))]
