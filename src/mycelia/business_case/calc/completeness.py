"""When a case may be presented: "No KPIs? Don't go to the committee".

Every strategic objective needs at least one KPI with a baseline (value, date and evidence), a target (value and date),
an owner whose account is active, and a source. A second KPI that is still incomplete does not stop a case whose
objective already has a complete one. Nothing in the case may be a placeholder, claim the same movement twice or more of
it than there is, or break a principle that refuses (see `calc.principles`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mycelia.business_case.calc.principles import duplicate_claims, phillips_warnings, placeholders
from mycelia.business_case.types import (
    CaseSheet,
    KpiSheet,
    LineKind,
    LineSheet,
    Missing,
    MissingPart,
    ObjectiveSheet,
    Principle,
    SourceKind,
)

WRITTEN = (SourceKind.MANUAL, SourceKind.SERIES)
"""Sources that somebody vouches for in words."""
PARTS = {
    Principle.PLACEHOLDER: MissingPart.CONFIRMATION,
    Principle.ISOLATION: MissingPart.ISOLATION,
    Principle.ESTIMATES_DISCOUNTED: MissingPart.CONFIDENCE_FACTOR,
    Principle.CLAIMED_TWICE: MissingPart.OWN_MOVEMENT,
    Principle.CLAIMED_BEYOND: MissingPart.POSSIBLE_MOVEMENT,
}


def missing_from(kpi: KpiSheet) -> tuple[MissingPart, ...]:
    """Return what a KPI lacks, in the order in which its form asks for it; empty when it is complete.

    A KPI whose source is the platform lacks its metric when the platform cannot compute it: no metric is chosen, or
    the metric needs a course and that is not chosen or no longer exists.

    Example:
        >>> from mycelia.business_case.types import Direction
        >>> kpi = KpiSheet(id=1, name="Certified", unit="people", direction=Direction.RISE, owner_name="Ada")
        >>> [str(part) for part in missing_from(kpi)][:3]
        ['baseline_value', 'baseline_date', 'baseline_evidence']
    """
    absent = (
        (MissingPart.BASELINE_VALUE, kpi.baseline_value is None),
        (MissingPart.BASELINE_DATE, kpi.baseline_date is None),
        (MissingPart.BASELINE_EVIDENCE, not kpi.baseline_evidence.strip()),
        (MissingPart.TARGET_VALUE, kpi.target_value is None),
        (MissingPart.TARGET_DATE, kpi.target_date is None),
        (MissingPart.OWNER, not kpi.owner_name.strip()),
        (MissingPart.OWNER_INACTIVE, bool(kpi.owner_name.strip()) and not kpi.owner_is_active),
        (MissingPart.SOURCE, kpi.source_kind is None),
        (MissingPart.SOURCE_METRIC, kpi.source_kind is SourceKind.PLATFORM and kpi.actual is None),
        (MissingPart.SOURCE_EVIDENCE, kpi.source_kind in WRITTEN and not kpi.manual_evidence.strip()),
    )
    return tuple(part for part, is_absent in absent if is_absent)


def missing_from_case(sheet: CaseSheet) -> tuple[Missing, ...]:
    """Return every reason why the case cannot be presented; empty when it can."""
    reasons = [] if sheet.objectives else [Missing(MissingPart.OBJECTIVES)]
    for objective in sheet.objectives:
        reasons.extend(_missing_from_objective(objective))
    if not _has_amount(sheet.costs):
        reasons.append(Missing(MissingPart.COSTS))
    if not _has_amount(sheet.benefits):
        reasons.append(Missing(MissingPart.BENEFITS))
    return (*reasons, *_refused_parts(sheet))


def _missing_from_objective(objective: ObjectiveSheet) -> list[Missing]:
    if not objective.kpis:
        return [Missing(MissingPart.KPI, objective.id, None, objective.title)]
    gaps = [(kpi, missing_from(kpi)) for kpi in objective.kpis]
    if any(not parts for _, parts in gaps):
        return []
    return [Missing(part, objective.id, kpi.id, kpi.name) for kpi, parts in gaps for part in parts]


def _has_amount(lines: Sequence[LineSheet]) -> bool:
    return any(line.is_counted and line.total > 0 for line in lines)


def _refused_parts(sheet: CaseSheet) -> Iterator[Missing]:
    """Yield each part, of any option, that a principle refuses."""
    model = sheet.model
    findings = (*placeholders(model), *phillips_warnings(model), *duplicate_claims(model, _movements(sheet)))
    ids = {line.key: line.id for option in sheet.options for line in (*option.costs, *option.benefits)}
    names = {cost.key: cost.description for cost in model.costs}
    names |= {benefit.key: benefit.description for benefit in model.benefits}
    titles = {item.key: item.title for item in model.roadmap.items}
    for finding in findings:
        kind, _, key = finding.subject.partition("/")
        if kind == "driver":
            yield Missing(MissingPart.ADOPTION_CONFIRMATION)
        elif kind == "item":
            yield Missing(MissingPart.DURATION_CONFIRMATION, subject=titles[key], work_item=key)
        elif finding.refuses and key in names:
            yield Missing(PARTS[finding.principle], None, None, names[key], LineKind(kind), ids.get(key))


def _movements(sheet: CaseSheet) -> dict[str, Decimal]:
    """Return how far each KPI is to move, where baseline and target are known."""
    kpis = [kpi for objective in sheet.objectives for kpi in objective.kpis]
    return {
        kpi.key: abs(kpi.target_value - kpi.baseline_value)
        for kpi in kpis
        if kpi.target_value is not None and kpi.baseline_value is not None
    }
