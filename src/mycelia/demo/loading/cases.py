"""Two business cases: one complete with a year behind it, one that the gate refuses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

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
from mycelia.demo.design.history import ESSENTIAL_SLUG
from mycelia.kernel.policy import Actor

COMPLETE_SLUG = "demo"
INCOMPLETE_SLUG = "service-academy"


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
    start = (today - timedelta(days=365)).replace(day=1)
    terms = CaseTerms(
        name="One place to learn",
        currency="EUR",
        start=start,
        summary=(
            "Replace three separate learning tools by one ecosystem that everybody uses, measured by what people "
            "complete and by what changes in service and onboarding. All figures are invented."
        ),
        is_synthetic=True,
        owner_id=cast.finance_id,
    )
    case = business_case.create_case(actor=actor, terms=terms, slug=COMPLETE_SLUG)
    for title, description, kpi in _objectives(cast, start, today):
        objective = business_case.add_objective(actor=actor, case=case, title=title, description=description)
        business_case.add_kpi(actor=actor, objective=objective, terms=kpi)
    for line in _costs(cast.staff_count):
        business_case.add_line(actor=actor, case=case, kind=LineKind.COST, terms=line)
    for line in _benefits(cast.staff_count):
        business_case.add_line(actor=actor, case=case, kind=LineKind.BENEFIT, terms=line)


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


def _costs(people: int) -> list[LineTerms]:
    learner_time = people * 5 * 41
    return [
        _line(CostCategory.INTERNAL_LABOUR, "Project until go-live", (46_000,), "Resource plan, 115 days", "medium"),
        _line(CostCategory.EXTERNAL_SERVICES, "Integration and security review", (19_500,), "Quotation Q-118", "high"),
        _line(CostCategory.MIGRATION, "Records out of the old tools", (8_400,), "Estimate by IT", "low"),
        _line(CostCategory.CONTENT_DEVELOPMENT, "Twelve courses, then renewal",
              (24_000, 14_000, 14_500, 15_000), "Learning team's time sheet", "medium"),
        _line(CostCategory.CHANGE_AND_COMMUNICATION, "Managers' briefings and campaigns",
              (5_000, 4_000, 2_000, 2_000), "Plan of the learning team", "medium"),
        _line(CostCategory.INFRASTRUCTURE, "Servers and backup", (1_200, 4_800, 4_900, 5_050), "IT price list", "high"),
        _line(CostCategory.SUPPORT, "Administration and support, 0.4 positions",
              (0, 26_000, 26_800, 27_600), "Cost centre plan", "high"),
        _line(CostCategory.LEARNER_TIME, "Learning time, five hours a person and year",
              (0, learner_time, learner_time, learner_time), "Platform's time records × 41 EUR", "medium"),
    ]  # fmt: skip


def _benefits(people: int) -> list[LineTerms]:
    return [
        _line(BenefitCategory.RETIRED_SYSTEMS, "Three tools no longer paid for",
              (0, 18_500, 37_000, 37_000), "Contracts that end in month 7", "high"),
        _line(BenefitCategory.TRAVEL_AVOIDED, "Classroom trips replaced",
              (0, 21_000, 29_000, 29_000), "Travel expenses of the year before, 60 %", "medium"),
        _line(BenefitCategory.TIME_TO_PROFICIENCY, "New colleagues productive seven days sooner",
              (0, people * 120, people * 170, people * 170), "Onboarding checklists, half counted", "medium"),
        _line(BenefitCategory.ERRORS_AVOIDED, "Fewer repeat visits in service",
              (0, 32_000, 54_000, 58_000), "Difference to comparable depots × 310 EUR", "medium"),
        _line(BenefitCategory.INCIDENTS_AVOIDED, "Fewer security incidents",
              (0, 6_000, 9_000, 9_000), "Insurer's table, lower bound", "low"),
    ]  # fmt: skip


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
