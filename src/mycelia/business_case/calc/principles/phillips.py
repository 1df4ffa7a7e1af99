"""The guiding principles of the ROI Methodology as rules on a model."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import numpy as np

from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.types import (
    Basis,
    BenefitLine,
    CaseModel,
    CostCategory,
    Estimate,
    EvidenceGrade,
    Finding,
    IsolationMethod,
    Principle,
    Shape,
)

ESTIMATED = {
    IsolationMethod.PARTICIPANT_ESTIMATE,
    IsolationMethod.MANAGER_ESTIMATE,
    IsolationMethod.EXPERT_ESTIMATE,
}
FULL_LOAD = (CostCategory.LEARNER_TIME, CostCategory.INTERNAL_LABOUR)
FEWEST_VALUES = 5
FAR_OUT = 3
"""A listed value is extreme when it is more than 3 interquartile ranges outside the quartiles (Tukey 1977)."""
EXTREME_MULTIPLE = 10
FIRST_YEAR_MONTHS = 12


def phillips_warnings(model: CaseModel) -> tuple[Finding, ...]:
    """Return where a sound model falls short of the guiding principles.

    Refused are: a benefit that is counted without any method to isolate the effect of learning, and an estimate by
    participants that is not reduced by how sure they are. All else is a warning.
    """
    findings = [each for line in model.benefits for each in _about_benefit(model, line)]
    return (*findings, *_about_costs(model))


def _about_benefit(model: CaseModel, line: BenefitLine) -> Iterator[Finding]:
    subject = f"benefit/{line.key}"
    if line.is_intangible:
        if _has_money(line):
            yield Finding(Principle.INTANGIBLE_MONETISED, subject, "is_intangible", refuses=False)
        return
    if line.isolation_method is None:
        yield Finding(Principle.ISOLATION, subject, "isolation_method", refuses=True)
    if line.isolation_method in ESTIMATED:
        yield from _about_estimate(subject, line)
    if line.evidence_grade is EvidenceGrade.NONE:
        yield Finding(Principle.NO_EVIDENCE, subject, "evidence_grade", refuses=False)
    for name, estimate in line.inputs.items():
        extremes = extreme_values(estimate)
        if extremes:
            related = tuple(str(value) for value in extremes)
            yield Finding(Principle.EXTREME_VALUES, subject, f"inputs/{name}", refuses=False, related=related)
    if model.is_short_programme and _lasts_beyond_first_year(model, line):
        yield Finding(Principle.FIRST_YEAR_ONLY, subject, "timing/end_month", refuses=False)


def _about_estimate(subject: str, line: BenefitLine) -> Iterator[Finding]:
    """Yield what an estimate is not reduced by: the share that is due to this, and how sure it is."""
    for name in ("isolation", "confidence_factor"):
        if expected(getattr(line, name)) == 1:
            refuses = name == "confidence_factor" and line.isolation_method is IsolationMethod.PARTICIPANT_ESTIMATE
            yield Finding(Principle.ESTIMATES_DISCOUNTED, subject, name, refuses)


def extreme_values(estimate: Estimate) -> tuple[Decimal, ...]:
    """Return the values that are too far from the others to be used.

    Example:
        >>> extreme_values(Estimate(Shape.LIST, values=tuple(map(Decimal, (3, 4, 4, 5, 6, 60)))))
        (Decimal('60'),)
    """
    if estimate.shape is Shape.LIST and len(estimate.values) >= FEWEST_VALUES:
        lower, upper = np.quantile([float(value) for value in estimate.values], (0.25, 0.75))
        reach = FAR_OUT * (upper - lower)
        return tuple(value for value in estimate.values if not lower - reach <= float(value) <= upper + reach)
    if estimate.shape in (Shape.TRIANGULAR, Shape.PERT) and estimate.likely and estimate.high is not None:
        return (estimate.high,) if estimate.high >= EXTREME_MULTIPLE * estimate.likely else ()
    return ()


def _about_costs(model: CaseModel) -> Iterator[Finding]:
    """Yield what fully loaded costs would have and these have not, where any benefit is claimed."""
    if not model.benefits:
        return
    present = {line.category for line in model.costs}
    for category in FULL_LOAD:
        if category not in present:
            yield Finding(Principle.FULLY_LOADED, "case", "costs", refuses=False, related=(category.value,))
    if CostCategory.LEARNER_TIME in present and not model.counts_learner_time:
        yield Finding(Principle.FULLY_LOADED, "case", "counts_learner_time", refuses=False)


def _has_money(line: BenefitLine) -> bool:
    if line.basis is Basis.AMOUNTS:
        return any(amount > 0 for amount in line.amounts)
    return bool(line.inputs) and all(expected(estimate) > 0 for estimate in line.inputs.values())


def _lasts_beyond_first_year(model: CaseModel, line: BenefitLine) -> bool:
    if line.basis is Basis.AMOUNTS:
        return any(amount > 0 for amount in line.amounts[2:])
    last = model.horizon_months if line.timing.end_month is None else line.timing.end_month
    return last > FIRST_YEAR_MONTHS
