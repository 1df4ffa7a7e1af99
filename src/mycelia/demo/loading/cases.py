"""Two business cases: one complete with a year behind it, one that the gate refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mycelia.business_case import api as business_case
from mycelia.business_case.api import (
    BenefitCategory,
    CaseTerms,
    Confidence,
    CostCategory,
    KpiTerms,
    LineKind,
    LineTerms,
)
from mycelia.business_case.types import (
    Addition,
    Adoption,
    AdoptionKind,
    Alteration,
    Correlation,
    CostLine,
    Drivers,
    Estimate,
    ItemKind,
    ItemValue,
    Option,
    WorkItem,
)
from mycelia.demo.loading.case.benefits import CLAIMED, benefits
from mycelia.demo.loading.case.cast import CaseCast
from mycelia.demo.loading.case.costs import costs
from mycelia.demo.loading.case.inputs import named_inputs, scope_of
from mycelia.demo.loading.case.objectives import load_objectives
from mycelia.demo.loading.case.roadmap import PHASES, finished_on, work_items
from mycelia.demo.loading.case.story import at
from mycelia.demo.loading.case.year import load_year
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor

COMPLETE_SLUG = "demo"
INCOMPLETE_SLUG = "service-academy"
CORRELATIONS: tuple[ItemValue, ...] = (
    Correlation("cost/cost-integration/quantity", "item/sign-on/duration", Decimal("0.7"), "slow-integration"),
    Correlation("cost/cost-migration/quantity", "item/records/duration", Decimal("0.7"), "slow-migration"),
    Correlation("cost/cost-project/quantity", "item/courses/duration", Decimal("0.4"), "slow-courses"),
)
Case = Any


def load_cases(actor: Actor, cast: CaseCast, *, today: date) -> None:
    """Create both cases as the finance analyst would have: the complete one a year ago, the other one today."""
    _load_incomplete(actor, cast, today)
    _load_complete(actor, cast, today)


def _load_complete(actor: Actor, cast: CaseCast, today: date) -> None:
    """Create the complete case: entered, frozen, discussed, put right, presented, run for a year, and revised."""
    start = case_start(today)
    with clock.frozen(at(start - timedelta(days=44))):
        case, kpis = _entered(actor, cast, today)
        business_case.freeze_case(actor=actor, case=case, title="First draft for the finance committee")
    with clock.frozen(at(start - timedelta(days=31), 11)):
        _discuss(actor, case)
        business_case.freeze_case(actor=actor, case=case, title="After the supplier's second offer")
        _simulate(actor, case)
    with clock.frozen(at(start - timedelta(days=17), 15, 30)):
        business_case.present_case(actor=cast.executive, case=case)
    read = {name: (kpis[name], claimed) for name, claimed in CLAIMED.items()}
    load_year(actor, cast.executive, case, read, today=today)
    with clock.frozen(at(today - timedelta(days=9), 16, 5)):
        _revise(actor, case)
        _simulate(actor, case)


def _entered(actor: Actor, cast: CaseCast, today: date) -> tuple[Case, dict[str, str]]:
    """Enter the complete case, and return it with the keys of its KPIs."""
    case = business_case.create_case(actor=actor, terms=_terms(cast, today), slug=COMPLETE_SLUG)
    kpis = load_objectives(actor, case, cast, start=case_start(today), today=today)
    nothing, proposal = business_case.items_of(case, ItemKind.OPTION)
    renewal = Option("renewal", "Renew and connect the three tools", description="New contracts, one search over all.")
    options = (nothing.key, proposal.key, renewal.key)
    values: list[ItemValue] = [
        renewal,
        *named_inputs(cast.staff_count),
        *PHASES,
        *work_items(proposal.key),
        *costs(*options),
    ]
    values += benefits(cast.staff_count, proposal.key, renewal.key, kpis)
    values += CORRELATIONS
    business_case.edit_items(actor=actor, case=case, edits=[Addition(value) for value in values])
    business_case.change_item(actor=actor, case=case, value=_drivers(cast.staff_count), seen_revision=1)
    return case, kpis


def _terms(cast: CaseCast, today: date) -> CaseTerms:
    return CaseTerms(
        name="One place to learn",
        currency="EUR",
        start=case_start(today),
        summary=(
            "Replace three separate learning tools by one ecosystem that everybody uses, measured by what people "
            "complete and by what changes in service and onboarding. All figures are invented."
        ),
        inflation_per_year=Decimal("0.02"),
        rate_source="Hurdle rate of the finance department (invented)",
        rate_confidence=Confidence.HIGH,
        inflation_source="Planning assumption of the finance department (invented)",
        inflation_confidence=Confidence.MEDIUM,
        is_synthetic=True,
        owner_id=cast.finance_id,
    )


def case_start(today: date) -> date:
    """Return the first day of the complete case, about a year ago."""
    return (today - timedelta(days=365)).replace(day=1)


def _drivers(people: int) -> Drivers:
    adoption = Adoption(
        AdoptionKind.BASS,
        ceiling=Estimate.triangular("0.70", "0.85", "0.95"),
        tempo=Estimate.triangular("0.7", 1, "1.3"),
        innovation_per_year=Decimal("0.9"),
        imitation_per_year=Decimal("2.4"),
    )
    return Drivers(
        headcount=scope_of(people),
        headcount_growth_per_year=Decimal("0.02"),
        content_hours=Estimate.triangular(10, 14, 22),
        adoption=adoption,
        adoption_milestone="live",
        size_source="Plan of the learning team (invented)",
        source="Introduction of the intranet (invented)",
    )


def _discuss(actor: Actor, case: Case) -> None:
    """Leave a question that was answered, one that is open, and the change that the first one led to."""
    asked = business_case.add_comment(
        actor=actor, case=case, item="cost-meeting-rooms", text="Is 0.45 a month still the price for our size?"
    )
    price = Estimate.triangular("0.35", "0.40", "0.60")
    _price(actor, case, "cost-meeting-rooms", price, "Second offer of the supplier (invented)")
    business_case.resolve_comment(actor=actor, comment=asked)
    business_case.add_comment(
        actor=actor,
        case=case,
        item="benefit-search",
        text="The survey asked sixty people only. Can we measure this with the search log before the next committee?",
    )


def _revise(actor: Actor, case: Case) -> None:
    """Let the draft follow what the year has taught, so that it differs from what was presented."""
    price = Estimate.triangular(13, 16, 19)
    _price(actor, case, "cost-helpdesk", price, "Tickets of the first year (invented)")
    model = business_case.case_model(case)
    expected = business_case.planned_finishes(model)
    done = [
        Alteration(replace(state.value, finished_on=finished_on(state.key, expected[state.key])), state.revision)
        for state in business_case.items_of(case, ItemKind.WORK_ITEM)
        if isinstance(state.value, WorkItem)
    ]
    business_case.edit_items(actor=actor, case=case, edits=done)


def _simulate(actor: Actor, case: Case) -> None:
    """Compute how sure the case is at once, as the worker would soon after somebody looked."""
    run = business_case.ask_simulation(actor=actor, case=case, queue=lambda waiting: None)
    business_case.run_simulation(run_id=run.pk)


def _price(actor: Actor, case: Case, key: str, price: Estimate, source: str) -> None:
    seen = business_case.item_of(case, ItemKind.COST, key)
    if isinstance(seen.value, CostLine):
        value = replace(seen.value, price=price, source=source)
        business_case.change_item(actor=actor, case=case, value=value, seen_revision=seen.revision)


def _line(
    category: CostCategory | BenefitCategory, description: str, amounts: tuple[int, ...], source: str, confidence: str
) -> LineTerms:
    return LineTerms(
        category, description, tuple(Decimal(a) for a in amounts), f"{source} (invented)", Confidence(confidence)
    )


def _load_incomplete(actor: Actor, cast: CaseCast, today: date) -> None:
    terms = CaseTerms(
        name="Service academy",
        currency="EUR",
        start=today + timedelta(days=90),
        summary="A training centre for service partners. Not ready: two objectives cannot be measured yet.",
        is_synthetic=True,
        owner_id=cast.finance_id,
    )
    case = business_case.create_case(actor=actor, terms=terms, slug=INCOMPLETE_SLUG)
    partners = business_case.add_objective(actor=actor, case=case, title="Partners install without our help")
    kpi = KpiTerms(name="Installations without a call to us", unit="% of installations", target_value=Decimal(80))
    business_case.add_kpi(actor=actor, objective=partners, terms=kpi)
    business_case.add_objective(
        actor=actor, case=case, title="Partners recommend us", description="Nobody has said yet how to measure it."
    )
    rooms = _line(CostCategory.CONTENT_DEVELOPMENT, "Partner courses", (60_000, 20_000, 20_000), "First guess", "low")
    business_case.add_line(actor=actor, case=case, kind=LineKind.COST, terms=rooms)
