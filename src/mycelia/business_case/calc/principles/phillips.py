"""The guiding principles of the ROI Methodology as rules on a model."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.business_case.calc.estimates import expected, given
from mycelia.business_case.calc.extremes import extreme_values, inputs_of_benefits
from mycelia.business_case.calc.flows import line_flows
from mycelia.business_case.calc.returns import first_benefit
from mycelia.business_case.calc.timeline import MONTHS
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
WIDE_MULTIPLE = 10
"""A range is told when its high end is so many times the most likely value."""


def phillips_warnings(model: CaseModel) -> tuple[Finding, ...]:
    """Return where a sound model falls short of the guiding principles.

    Refused are: a benefit that is counted without any method to isolate the effect of learning (principle 5), an
    estimate by participants that is not reduced by how sure they are (7), and a claim that nothing supports, neither
    evidence nor a source (8). All else is a warning.
    """
    lasting = _beyond_first_year(model)
    findings = [each for line in model.benefits for each in _about_benefit(model, line, lasts=line.key in lasting)]
    return (*_about_inputs(model), *findings, *_about_costs(model))


def _about_inputs(model: CaseModel) -> Iterator[Finding]:
    """Yield what is told of the ranges of named inputs that benefits are computed with, once for each."""
    of_benefits = inputs_of_benefits(model)
    for one in model.named:
        if one.name in of_benefits:
            yield from _about_range(f"input/{one.key}", "estimate", one.estimate)


def _about_benefit(model: CaseModel, line: BenefitLine, *, lasts: bool) -> Iterator[Finding]:
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
        yield Finding(Principle.NO_EVIDENCE, subject, "evidence_grade", refuses=not model.source_of(line).strip())
    for name, estimate in _estimates(line):
        if not estimate.named:
            yield from _about_range(subject, name, estimate)
    if lasts:
        yield Finding(Principle.FIRST_YEAR_ONLY, subject, "timing/end_month", refuses=False)


def _about_estimate(subject: str, line: BenefitLine) -> Iterator[Finding]:
    """Yield what an estimate is not reduced by: the share that is due to this, and how sure it is."""
    for name in ("isolation", "confidence_factor"):
        if expected(getattr(line, name)) == 1:
            refuses = name == "confidence_factor" and line.isolation_method is IsolationMethod.PARTICIPANT_ESTIMATE
            yield Finding(Principle.ESTIMATES_DISCOUNTED, subject, name, refuses)


def _about_range(subject: str, name: str, estimate: Estimate) -> Iterator[Finding]:
    """Yield the values of a list that are left out, or an end of a range that is far from the most likely value."""
    extremes = extreme_values(estimate)
    if extremes:
        related = tuple(f"{value:f}" for value in extremes)
        yield Finding(Principle.EXTREME_VALUES, subject, name, refuses=False, related=related)
    if estimate.shape in (Shape.TRIANGULAR, Shape.PERT):
        likely, high = given(estimate.likely), given(estimate.high)
        if 0 < WIDE_MULTIPLE * likely <= high:
            yield Finding(Principle.WIDE_RANGE, subject, name, refuses=False, related=(f"{high:f}",))


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


def _estimates(line: BenefitLine) -> Iterator[tuple[str, Estimate]]:
    """Yield the estimates that the effect of a line is a product of, by field."""
    if line.basis is Basis.COMPUTED:
        for name, estimate in line.inputs.items():
            yield f"inputs/{name}", estimate
    for name in ("isolation", "confidence_factor", "spread"):
        yield name, getattr(line, name)
    if line.adoption is not None:
        yield from (("adoption_ceiling", line.adoption.ceiling), ("adoption_tempo", line.adoption.tempo))


def _has_money(line: BenefitLine) -> bool:
    if line.basis is Basis.AMOUNTS:
        return any(amount > 0 for amount in line.amounts)
    return bool(line.inputs) and all(expected(estimate) > 0 for estimate in line.inputs.values())


def _beyond_first_year(model: CaseModel) -> frozenset[str]:
    """Return the keys of benefits of a short programme that last longer than its first year in any option."""
    if not model.is_short_programme:
        return frozenset()
    found: set[str] = set()
    for option in model.options:
        flows = line_flows(model, option.key)
        end = first_benefit(flows.benefits_by_column) + MONTHS
        found |= {flow.key for flow in flows.benefits if any(flow.by_column[end:])}
    return frozenset(found)
