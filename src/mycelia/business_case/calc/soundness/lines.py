"""What is wrong with cost and benefit lines."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mycelia.business_case.calc.builders import BUILDERS
from mycelia.business_case.calc.soundness.numbers import (
    LARGEST,
    Field,
    Range,
    adoption_problems,
    estimate_problems,
    number_problems,
    rate_problems,
)
from mycelia.business_case.calc.soundness.timing import column_problems, timing_problems
from mycelia.business_case.types import Basis, BenefitLine, CaseModel, CostLine, InputKind, Problem, ProblemKind


def cost_problems(model: CaseModel, line: CostLine) -> Iterator[Problem]:
    """Yield what is wrong with a cost line."""
    subject = f"cost/{line.key}"
    yield from _shared_problems(model, subject, line, largest_risk=Decimal(100))
    for name in ("quantity", "price"):
        yield from estimate_problems(Field(subject, name), getattr(line, name))


def benefit_problems(model: CaseModel, line: BenefitLine) -> Iterator[Problem]:
    """Yield what is wrong with a benefit line."""
    subject = f"benefit/{line.key}"
    yield from _shared_problems(model, subject, line, largest_risk=Decimal(1))
    for name in ("isolation", "confidence_factor"):
        yield from estimate_problems(Field(subject, name, Range.SHARE), getattr(line, name))
    yield from column_problems(model, Field(subject, "ramp_months"), line.ramp_months)
    yield from _input_problems(subject, line)
    if line.adoption is not None:
        yield from adoption_problems(subject, "adoption", line.adoption)
    if line.claimed_movement is not None:
        yield from number_problems(Field(subject, "claimed_movement"), line.claimed_movement)


def _shared_problems(
    model: CaseModel, subject: str, line: CostLine | BenefitLine, *, largest_risk: Decimal
) -> Iterator[Problem]:
    if line.option is not None and line.option not in {option.key for option in model.options}:
        yield Problem(subject, "option", ProblemKind.UNKNOWN_OPTION, (line.option,))
    yield from estimate_problems(Field(subject, "spread", Range.COUNT, Decimal(1000)), line.spread)
    yield from number_problems(Field(subject, "risk_adjustment", Range.COUNT, largest_risk), line.risk_adjustment)
    yield from rate_problems(Field(subject, "escalation_per_year"), line.escalation_per_year)
    if line.basis is Basis.COMPUTED:
        yield from timing_problems(model, subject, line.timing, line.option)
    else:
        yield from _amount_problems(model, subject, line)


def _amount_problems(model: CaseModel, subject: str, line: CostLine | BenefitLine) -> Iterator[Problem]:
    years = -(-model.horizon_months // 12)
    if len(line.amounts) > years + 1:
        detail = (str(len(line.amounts)), str(years + 1))
        yield Problem(subject, "amounts", ProblemKind.TOO_MANY_AMOUNTS, detail)
    for year, amount in enumerate(line.amounts):
        yield from number_problems(Field(subject, f"amounts/{year}", Range.COUNT, LARGEST), amount)


def _input_problems(subject: str, line: BenefitLine) -> Iterator[Problem]:
    asked = BUILDERS[line.category].inputs
    for each in asked:
        field = Field(subject, f"inputs/{each.name}", Range.SHARE if each.kind is InputKind.SHARE else Range.COUNT)
        if each.name in line.inputs:
            yield from estimate_problems(field, line.inputs[each.name])
        elif line.basis is Basis.COMPUTED:
            yield field.problem(ProblemKind.MISSING)
    for name in sorted(set(line.inputs) - {each.name for each in asked}):
        yield Problem(subject, f"inputs/{name}", ProblemKind.UNKNOWN_INPUT, (name,))
