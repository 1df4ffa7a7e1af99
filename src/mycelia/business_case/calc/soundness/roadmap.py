"""What is wrong with the roadmap: durations, days, dependencies that lead nowhere or in a circle."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mycelia.business_case.calc.network import cycle_in
from mycelia.business_case.calc.soundness.case import day_problems, duplicate_problems
from mycelia.business_case.calc.soundness.numbers import LONGEST_DAYS, Field, Range, estimate_problems, number_problems
from mycelia.business_case.calc.soundness.timing import item_problems
from mycelia.business_case.types import CaseModel, Problem, ProblemKind, WorkItem


def roadmap_problems(model: CaseModel) -> Iterator[Problem]:
    """Yield what is wrong with the roadmap."""
    roadmap = model.roadmap
    if not roadmap.working_weekdays or not set(roadmap.working_weekdays) <= set(range(7)):
        yield Problem("case", "working_weekdays", ProblemKind.NO_WORKING_DAY)
    yield from day_problems(Field("case", "roadmap_start"), roadmap.start)
    yield from day_problems(Field("case", "as_of"), roadmap.as_of)
    for day in roadmap.holidays:
        yield from day_problems(Field("case", "holidays"), day)
    yield from duplicate_problems("item", (item.key for item in roadmap.items))
    for item in roadmap.items:
        yield from _item_problems(model, item)
    cycle = cycle_in(roadmap.items)
    if cycle:
        yield Problem(f"item/{cycle[0]}", "depends_on", ProblemKind.CYCLE, cycle)


def _item_problems(model: CaseModel, item: WorkItem) -> Iterator[Problem]:
    subject = f"item/{item.key}"
    yield from estimate_problems(Field(subject, "duration", Range.COUNT, LONGEST_DAYS), item.duration_days)
    for name in ("earliest_start", "finished_on"):
        yield from day_problems(Field(subject, name), getattr(item, name))
    if item.option is not None and item.option not in {option.key for option in model.options}:
        yield Problem(subject, "option", ProblemKind.UNKNOWN_OPTION, (item.option,))
    if item.phase is not None and item.phase not in {phase.key for phase in model.roadmap.phases}:
        yield Problem(subject, "phase", ProblemKind.UNKNOWN_PHASE, (item.phase,))
    for need in item.depends_on:
        field = Field(subject, f"depends_on/{need.key}", Range.COUNT, LONGEST_DAYS)
        yield from item_problems(model, field, need.key, item.option)
        yield from number_problems(field, abs(Decimal(need.lag_days)))
    for number, resource in enumerate(item.resources):
        yield from number_problems(Field(subject, f"resources/{number}"), resource.quantity)
