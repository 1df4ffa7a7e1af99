"""Two business cases: one complete with a year behind it, one that the gate refuses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mycelia.business_case import api as business_case
from mycelia.business_case.api import (
    BenefitCategory,
    CaseTerms,
    Confidence,
    CostCategory,
    Direction,
    KpiTerms,
    LineKind,
    LineTerms,
    SourceKind,
)
from mycelia.business_case.types import (
    Addition,
    Adoption,
    AdoptionKind,
    Correlation,
    CostLine,
    Drivers,
    Estimate,
    ItemKind,
    ItemValue,
    Option,
)
from mycelia.demo.design.history import ESSENTIAL_SLUG
from mycelia.demo.loading.case.benefits import benefits
from mycelia.demo.loading.case.costs import costs
from mycelia.demo.loading.case.roadmap import PHASES, work_items
from mycelia.demo.loading.case.year import load_year
from mycelia.kernel.policy import Actor

COMPLETE_SLUG = "demo"
INCOMPLETE_SLUG = "service-academy"
KPIS = ("completions", "visits", "onboarding")
"""What the objectives of the complete case are measured by, in their order."""
CORRELATIONS: tuple[ItemValue, ...] = (
    Correlation("cost/cost-integration/quantity", "item/sign-on/duration", Decimal("0.7"), "slow-integration"),
    Correlation("cost/cost-migration/quantity", "item/records/duration", Decimal("0.7"), "slow-migration"),
    Correlation("cost/cost-project/quantity", "item/courses/duration", Decimal("0.4"), "slow-courses"),
)
Case = Any


@dataclass(frozen=True, slots=True)
class CaseCast:
    """Who and what the cases refer to, by primary key; `course_ids` by slug."""

    finance_id: int
    talent_id: int
    service_id: int
    course_ids: dict[str, int]
    staff_count: int


def load_cases(actor: Actor, cast: CaseCast, *, today: date) -> None:
    """Create both cases as the finance analyst would have, a year ago."""
    _load_incomplete(actor, cast, today)
    _load_complete(actor, cast, today)


def _load_complete(actor: Actor, cast: CaseCast, today: date) -> None:
    """Create the complete case: entered, frozen, discussed, put right, frozen again."""
    case = business_case.create_case(actor=actor, terms=_terms(cast, today), slug=COMPLETE_SLUG)
    kpis = _load_objectives(actor, case, cast, today)
    nothing, proposal = business_case.items_of(case, ItemKind.OPTION)
    renewal = Option("renewal", "Renew and connect the three tools", description="New contracts, one search over all.")
    options = (nothing.key, proposal.key, renewal.key)
    values: list[ItemValue] = [renewal, *PHASES, *work_items(), *costs(*options)]
    values += benefits(cast.staff_count, proposal.key, renewal.key, kpis)
    values += CORRELATIONS
    business_case.edit_items(actor=actor, case=case, edits=[Addition(value) for value in values])
    business_case.change_item(actor=actor, case=case, value=_drivers(cast.staff_count), seen_revision=1)
    business_case.freeze_case(actor=actor, case=case, title="First draft for the finance committee")
    _discuss(actor, case)
    load_year(actor, case, (kpis["visits"], kpis["onboarding"]), today=today)
    business_case.freeze_case(actor=actor, case=case, title="After the supplier's second offer")


def _terms(cast: CaseCast, today: date) -> CaseTerms:
    return CaseTerms(
        name="One place to learn",
        currency="EUR",
        start=_start(today),
        summary=(
            "Replace three separate learning tools by one ecosystem that everybody uses, measured by what people "
            "complete and by what changes in service and onboarding. All figures are invented."
        ),
        inflation_per_year=Decimal("0.02"),
        is_synthetic=True,
        owner_id=cast.finance_id,
    )


def _start(today: date) -> date:
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
        headcount=Estimate.triangular(round(people * 0.97), people, round(people * 1.04)),
        headcount_growth_per_year=Decimal("0.02"),
        content_hours=Estimate.triangular(10, 14, 22),
        adoption=adoption,
        adoption_milestone="live",
    )


def _load_objectives(actor: Actor, case: Case, cast: CaseCast, today: date) -> dict[str, str]:
    """Add the objectives with their KPIs, and return the keys of those that benefits claim."""
    keys = {}
    for name, (title, description, kpi) in zip(KPIS, _objectives(cast, _start(today), today), strict=True):
        objective = business_case.add_objective(actor=actor, case=case, title=title, description=description)
        keys[name] = business_case.add_kpi(actor=actor, objective=objective, terms=kpi).key
    return keys


def _discuss(actor: Actor, case: Case) -> None:
    """Leave a question that was answered, one that is open, and the change that the first one led to."""
    asked = business_case.add_comment(
        actor=actor, case=case, item="cost-meeting-rooms", text="Is 0.45 a month still the price for our size?"
    )
    seen = business_case.item_of(case, ItemKind.COST, "cost-meeting-rooms")
    if isinstance(seen.value, CostLine):
        price = Estimate.triangular("0.35", "0.40", "0.60")
        value = replace(seen.value, price=price, source="Second offer of the supplier (invented)")
        business_case.change_item(actor=actor, case=case, value=value, seen_revision=seen.revision)
    business_case.resolve_comment(actor=actor, comment=asked)
    business_case.add_comment(
        actor=actor,
        case=case,
        item="benefit-search",
        text="The survey asked sixty people only. Can we measure this with the search log before the next committee?",
    )


def _objectives(cast: CaseCast, start: date, today: date) -> list[tuple[str, str, KpiTerms]]:
    return [
        (
            "Everybody handles information safely",
            "Customers trust us with drawings and measurements; one careless click can cost that trust.",
            _completion_kpi(cast, start, today),
        ),
        (
            "Customers are helped at the first visit",
            "A second visit costs a day and a customer's patience.",
            _read_kpi(
                ("Repeat visits per hundred service visits", "visits", Direction.FALL),
                ("21.0", "18.2", "15.0"),
                "Service report of the month, sheet 4",
                cast.service_id,
                (start, today),
            ),
        ),
        (
            "New colleagues work on their own sooner",
            "The first independent job shows that onboarding has worked.",
            _read_kpi(
                ("Days until the first independent job", "days", Direction.FALL),
                ("62", "55", "45"),
                "Onboarding checklists, median of the quarter",
                cast.talent_id,
                (start, today),
            ),
        ),
    ]


def _completion_kpi(cast: CaseCast, start: date, today: date) -> KpiTerms:
    return KpiTerms(
        name="People who completed “Information security for busy people”",
        unit="people",
        baseline_value=Decimal(0),
        baseline_date=start,
        baseline_evidence="The course did not exist before",
        target_value=Decimal(round(cast.staff_count * 0.95)),
        target_date=today + timedelta(days=60),
        owner_id=cast.talent_id,
        source_kind=SourceKind.PLATFORM,
        metric_id="course_completions_by_date",
        course_id=cast.course_ids[ESSENTIAL_SLUG],
        metric_since=start,
    )


def _read_kpi(
    what: tuple[str, str, Direction],
    values: tuple[str, str, str],
    evidence: str,
    owner_id: int,
    days: tuple[date, date],
) -> KpiTerms:
    """Return a KPI that somebody reads off; `values` are baseline, actual and target."""
    name, unit, direction = what
    baseline, actual, target = (Decimal(value) for value in values)
    start, today = days
    return KpiTerms(
        name=name,
        unit=unit,
        direction=direction,
        baseline_value=baseline,
        baseline_date=start,
        baseline_evidence=f"{evidence} (invented)",
        target_value=target,
        target_date=today + timedelta(days=300),
        owner_id=owner_id,
        source_kind=SourceKind.MANUAL,
        manual_evidence=f"{evidence} (invented)",
        manual_value=actual,
        manual_value_date=today - timedelta(days=20),
    )


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
