"""What is wrong with when something runs."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.business_case.calc.soundness.numbers import Field
from mycelia.business_case.types import CaseModel, Problem, ProblemKind, Timing


def column_problems(model: CaseModel, field: Field, column: int) -> Iterator[Problem]:
    """Yield whether a column is outside the timeline."""
    if not 0 <= column <= model.horizon_months:
        yield field.problem(ProblemKind.OUTSIDE_HORIZON, column, model.horizon_months)


def item_problems(model: CaseModel, field: Field, key: str, option: str | None) -> Iterator[Problem]:
    """Yield whether a work item that something is tied to is absent, or only in another option."""
    item = next((item for item in model.roadmap.items if item.key == key), None)
    if item is None:
        yield field.problem(ProblemKind.UNKNOWN_ITEM, key)
    elif item.option is not None and item.option != option:
        yield field.problem(ProblemKind.ITEM_OF_OTHER_OPTION, key)


def timing_problems(model: CaseModel, subject: str, timing: Timing, option: str | None) -> Iterator[Problem]:
    """Yield what is wrong with the columns and work items a line is tied to."""
    start, end = Field(subject, "timing/start_month"), Field(subject, "timing/end_month")
    yield from column_problems(model, start, timing.start_month)
    for name in ("start_milestone", "end_milestone"):
        key = getattr(timing, name)
        if key is not None:
            yield from item_problems(model, Field(subject, f"timing/{name}"), key, option)
    if timing.end_milestone is None and timing.end_month is not None:
        yield from column_problems(model, end, timing.end_month)
        if timing.start_milestone is None and timing.end_month < timing.start_month:
            yield end.problem(ProblemKind.ENDS_BEFORE_START, timing.start_month, timing.end_month)
