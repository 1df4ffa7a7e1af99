"""When a case may be presented: "No KPIs? Don't go to the committee".

Every strategic objective needs at least one KPI with a baseline (value, date and evidence), a target (value and date),
an owner whose account is active, and a source. A second KPI that is still incomplete does not stop a case whose
objective already has a complete one. Discount rate, inflation and tax, where the case uses them, need a source each.
Nothing in the case may be a placeholder, claim the same movement twice or more of
it than there is, never run within the case, or break a principle that refuses (see `calc.principles`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mycelia.business_case.calc.labels import subjects_of
from mycelia.business_case.calc.principles import findings_of
from mycelia.business_case.types import (
    CaseModel,
    CaseSheet,
    Caution,
    Finding,
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
    Principle.NO_EVIDENCE: MissingPart.SUPPORT,
    Principle.AFTER_HORIZON: MissingPart.MONTHS,
    Principle.NEVER_RUNS: MissingPart.MONTHS,
}
_PARTS_OF = {
    ("driver", Principle.PLACEHOLDER): MissingPart.ADOPTION_CONFIRMATION,
    ("item", Principle.PLACEHOLDER): MissingPart.DURATION_CONFIRMATION,
    ("input", Principle.PLACEHOLDER): MissingPart.INPUT_CONFIRMATION,
    ("driver", Principle.AFTER_HORIZON): MissingPart.ADOPTION_MONTHS,
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
    return (*reasons, *map(Missing, terms_without_source(sheet.model)), *_refused_parts(sheet))


def terms_without_source(model: CaseModel) -> Iterator[MissingPart]:
    """Yield the assumptions among the terms that nobody stands behind; what the case leaves out is none.

    Example:
        >>> from datetime import date
        >>> [str(part) for part in terms_without_source(CaseModel("EUR", date(2026, 1, 1)))]
        ['rate_source']
    """
    stated = (
        (MissingPart.RATE_SOURCE, model.rate_source, True),
        (MissingPart.INFLATION_SOURCE, model.inflation_source, model.inflation_per_year != 0),
        (MissingPart.TAX_SOURCE, model.tax_source, model.tax_rate is not None),
    )
    for part, source, is_used in stated:
        if is_used and not source.strip():
            yield part


def _missing_from_objective(objective: ObjectiveSheet) -> list[Missing]:
    if not objective.kpis:
        return [Missing(MissingPart.KPI, objective.id, None, objective.title)]
    gaps = [(kpi, missing_from(kpi)) for kpi in objective.kpis]
    if any(not parts for _, parts in gaps):
        return []
    return [Missing(part, objective.id, kpi.id, kpi.name) for kpi, parts in gaps for part in parts]


def _has_amount(lines: Sequence[LineSheet]) -> bool:
    return any(line.is_counted and line.total > 0 for line in lines)


def cautions_of_case(sheet: CaseSheet) -> tuple[Caution, ...]:
    """Return what a committee will ask about, though it does not keep the case from being presented."""
    found = (_located(sheet, finding) for finding in findings_of(sheet.document) if not finding.refuses)
    return tuple(found)


def _refused_parts(sheet: CaseSheet) -> Iterator[Missing]:
    """Yield each part, of any option, that a principle refuses."""
    for finding in findings_of(sheet.document):
        if finding.refuses:
            at = _located(sheet, finding)
            part = _PARTS_OF.get((finding.subject.partition("/")[0], finding.principle)) or PARTS[finding.principle]
            located = (at.subject, at.line_kind, at.line_id, at.work_item, finding, at.named_input)
            yield Missing(part, None, None, *located)


def _located(sheet: CaseSheet, finding: Finding) -> Caution:
    """Return a finding with the line or work item it is about, of any option."""
    kind, _, key = finding.subject.partition("/")
    name = subjects_of(sheet.model).get(finding.subject, "")
    if kind == "item":
        return Caution(finding, name, work_item=key)
    if kind == "input":
        return Caution(finding, name, named_input=key)
    if kind in list(LineKind):
        return Caution(finding, name, LineKind(kind), _line_id(sheet, key))
    return Caution(finding)


def _line_id(sheet: CaseSheet, key: str) -> int | None:
    lines = (line for option in sheet.options for line in (*option.costs, *option.benefits))
    return next((line.id for line in lines if line.key == key), None)
