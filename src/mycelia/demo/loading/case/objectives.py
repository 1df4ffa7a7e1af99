"""What the complete demo case is for: three objectives, each with the KPI it is measured by."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from mycelia.business_case import api as business_case
from mycelia.business_case.api import Direction, KpiTerms, SourceKind
from mycelia.demo.design.history import ESSENTIAL_SLUG
from mycelia.demo.loading.case.cast import CaseCast
from mycelia.kernel.policy import Actor

KPIS = ("completions", "visits", "onboarding")
"""What the objectives of the complete case are measured by, in their order."""
Case = Any


def load_objectives(actor: Actor, case: Case, cast: CaseCast, *, start: date, today: date) -> dict[str, str]:
    """Add the objectives with their KPIs, and return the keys of those that benefits claim."""
    keys = {}
    for name, (title, description, kpi) in zip(KPIS, _objectives(cast, start, today), strict=True):
        objective = business_case.add_objective(actor=actor, case=case, title=title, description=description)
        keys[name] = business_case.add_kpi(actor=actor, objective=objective, terms=kpi).key
    return keys


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
                ("21.0", "15.0"),
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
                ("62", "45"),
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
    values: tuple[str, str],
    evidence: str,
    owner_id: int,
    days: tuple[date, date],
) -> KpiTerms:
    """Return a KPI whose values somebody reads off once a month; `values` are baseline and target."""
    name, unit, direction = what
    baseline, target = (Decimal(value) for value in values)
    start, today = days
    return KpiTerms(
        name=name,
        unit=unit,
        direction=direction,
        baseline_value=baseline,
        baseline_date=start - timedelta(days=60),
        baseline_evidence=f"{evidence} (invented)",
        target_value=target,
        target_date=today + timedelta(days=300),
        owner_id=owner_id,
        source_kind=SourceKind.SERIES,
        manual_evidence=f"{evidence} (invented)",
    )
