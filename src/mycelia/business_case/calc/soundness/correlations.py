"""What is wrong with stated correlations, one by one; whether they fit together is seen when they are used."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.business_case.types import CaseModel, Correlation, Problem, ProblemKind


def correlation_problems(model: CaseModel) -> Iterator[Problem]:
    """Yield what is wrong with the correlations."""
    if not model.correlations:
        return
    known = {name for name, _ in model.inputs()}
    seen: set[frozenset[str]] = set()
    for number, each in enumerate(model.correlations):
        yield from _own_problems(f"correlation/{number}", each, known)
        pair = frozenset((each.first, each.second))
        if pair in seen:
            detail = (each.first, each.second)
            yield Problem(f"correlation/{number}", "second", ProblemKind.CORRELATED_TWICE, detail)
        seen.add(pair)


def _own_problems(subject: str, each: Correlation, known: set[str]) -> Iterator[Problem]:
    for field in ("first", "second"):
        name = getattr(each, field)
        if name not in known:
            yield Problem(subject, field, ProblemKind.UNKNOWN_CORRELATED_INPUT, (name,))
    if not (each.rho.is_finite() and -1 < each.rho < 1) or each.first == each.second:
        yield Problem(subject, "rho", ProblemKind.IMPOSSIBLE_CORRELATION, (str(each.rho),))
