"""What makes a model impossible to compute, each named at the line and field where it is entered."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.business_case.calc.soundness.case import case_problems
from mycelia.business_case.calc.soundness.correlations import correlation_problems
from mycelia.business_case.calc.soundness.lines import benefit_problems, cost_problems
from mycelia.business_case.calc.soundness.roadmap import roadmap_problems
from mycelia.business_case.types import CaseModel, Problem, ProblemKind, UnsoundModel

__all__ = ["check_model", "require_sound"]


def check_model(model: CaseModel) -> tuple[Problem, ...]:
    """Return everything that makes the model impossible to compute; empty when it can be computed."""
    return tuple(_problems(model))


def require_sound(model: CaseModel, option: str) -> None:
    """Refuse a model that cannot be computed, or an option it does not have.

    Raises:
        UnsoundModel: With everything that is wrong.
    """
    problems = check_model(model)
    if option not in {each.key for each in model.options}:
        problems += (Problem("case", "options", ProblemKind.UNKNOWN_OPTION, (option,)),)
    if problems:
        raise UnsoundModel(problems)


def _problems(model: CaseModel) -> Iterator[Problem]:
    yield from case_problems(model)
    for cost in model.costs:
        yield from cost_problems(model, cost)
    for benefit in model.benefits:
        yield from benefit_problems(model, benefit)
    yield from roadmap_problems(model)
    yield from correlation_problems(model)
