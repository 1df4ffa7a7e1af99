"""What the roadmap, as planned or as it went, pushes out of the case's time, and actual days that contradict it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mycelia.business_case.calc.as_of import planned_finishes
from mycelia.business_case.calc.passes import Network, Passed, Task, forward, network_of
from mycelia.business_case.calc.schedule import whole_days
from mycelia.business_case.calc.timeline import first_day_of_month
from mycelia.business_case.types import (
    Basis,
    BenefitLine,
    CaseModel,
    CostLine,
    Driver,
    Finding,
    Principle,
    Recurrence,
)

Line = CostLine | BenefitLine


def out_of_time(model: CaseModel) -> tuple[Finding, ...]:
    """Return what falls out of the months of a sound case because of when work items finish.

    Refused are a line that never runs, because it would begin after the case ends or its own last month comes before
    its first, and an adoption that would begin after the case ends. A warning are a line to which an early finish
    leaves no month, an item that finishes after the case, a day of finish that contradicts a dependency, and an item
    that was to be finished before the day on which the case is told, and is not.
    """
    plan = _Plan(model)
    lines: tuple[Line, ...] = (*model.costs, *model.benefits)
    about_lines = (each for line in lines for each in _about_line(plan, line))
    return (*_about_adoption(plan), *about_lines, *_about_items(plan))


def items_out_of_time(model: CaseModel) -> tuple[Finding, ...]:
    """Return what `out_of_time` says of work items; only the roadmap of the case has to be sound."""
    return tuple(_about_items(_Plan(model)))


@dataclass(frozen=True)
class _Finish:
    """Title, last day and column of an item; the column is horizon + 1 when that is beyond the case."""

    title: str
    day: date
    column: int


class _Plan:
    """All items of a case with the days on which they finish; an item that is finished keeps its own day."""

    def __init__(self, model: CaseModel) -> None:
        self.model = model
        self.network: Network = network_of(model, None)
        self.passed: Passed = forward(self.network, [whole_days(task) for task in self.network.tasks])
        self.last_day = first_day_of_month(model.start, model.horizon_months + 1) - timedelta(days=1)
        days = zip(self.network.tasks, self.passed.days, strict=True)
        self.finishes = {task.item.key: self._finish(task, int(day)) for task, day in days}
        self.as_of = model.roadmap.as_of
        self.planned = {} if self.as_of is None else planned_finishes(model)

    def _finish(self, task: Task, day: int) -> _Finish:
        column = min(int(self.network.columns[day]), self.model.horizon_months + 1)
        return _Finish(task.item.title, self.network.date_of(day), column)

    def column(self, offset: int, milestone: str | None) -> int:
        """Return the column that is `offset` after the one in which an item finishes, or `offset` without one."""
        return offset if milestone is None else self.finishes[milestone].column + offset

    def told(self, key: str) -> tuple[str, str, str]:
        """Return what a reader needs: the item's title, the day it finishes, and the last day of the case."""
        finish = self.finishes[key]
        return finish.title, finish.day.isoformat(), self.last_day.isoformat()


def _about_line(plan: _Plan, line: Line) -> Iterator[Finding]:
    if line.basis is Basis.AMOUNTS:
        return
    timing, horizon = line.timing, plan.model.horizon_months
    subject = f"cost/{line.key}" if isinstance(line, CostLine) else f"benefit/{line.key}"
    first = plan.column(timing.start_month, timing.start_milestone)
    if first > horizon and timing.start_milestone is not None:
        told = plan.told(timing.start_milestone)
        yield Finding(Principle.AFTER_HORIZON, subject, "timing/start_milestone", refuses=True, related=told)
    elif timing.end_milestone is not None:
        if plan.column(-1, timing.end_milestone) < _first_paid(line, first):
            told = plan.told(timing.end_milestone)
            yield Finding(Principle.NEVER_RUNS, subject, "timing/end_milestone", refuses=False, related=told)
    elif timing.end_month is not None and timing.end_month < _first_paid(line, first):
        related = (str(timing.end_month), str(_first_paid(line, first)))
        yield Finding(Principle.NEVER_RUNS, subject, "timing/end_month", refuses=True, related=related)


def _first_paid(line: Line, first: int) -> int:
    """Return the first column in which there is an amount: what recurs never falls into the initial one."""
    is_once = isinstance(line, CostLine) and line.recurrence is Recurrence.ONE_OFF
    return first if is_once else max(first, 1)


def _about_adoption(plan: _Plan) -> Iterator[Finding]:
    model, key = plan.model, plan.model.drivers.adoption_milestone
    if key is None or plan.finishes[key].column <= model.horizon_months:
        return
    lines: tuple[Line, ...] = (*model.costs, *model.benefits)
    if any(line.basis is Basis.COMPUTED and _follows(line) for line in lines):
        yield Finding(Principle.AFTER_HORIZON, "driver", "adoption_milestone", refuses=True, related=plan.told(key))


def _follows(line: Line) -> bool:
    return line.driver is Driver.ACTIVE_LEARNERS if isinstance(line, CostLine) else line.follows_case_adoption


def _about_items(plan: _Plan) -> Iterator[Finding]:
    for task in sorted(plan.network.tasks, key=lambda task: task.place):
        yield from _about_item(plan, task)


def _about_item(plan: _Plan, task: Task) -> Iterator[Finding]:
    subject = f"item/{task.item.key}"
    if plan.finishes[task.item.key].column > plan.model.horizon_months:
        field = "duration" if task.end is None else "finished_on"
        related = plan.told(task.item.key)
        yield Finding(Principle.AFTER_HORIZON, subject, field, refuses=False, related=related)
    if task.end is None:
        yield from _about_overdue(plan, task.item.key)
        return
    for need, lag in task.needs:
        before = plan.network.tasks[need]
        earliest = int(plan.network.workdays.after(plan.passed.ends[need], lag, task.calendar))
        if task.end < earliest or (before.end is None and lag >= 0):
            day = "" if before.end is None else plan.finishes[before.item.key].day.isoformat()
            pair = (before.item.title, day)
            yield Finding(Principle.OUT_OF_ORDER, subject, "finished_on", refuses=False, related=pair)


def _about_overdue(plan: _Plan, key: str) -> Iterator[Finding]:
    planned = plan.planned.get(key)
    if planned is not None and plan.as_of is not None and planned < plan.as_of:
        related = (planned.isoformat(), plan.as_of.isoformat())
        yield Finding(Principle.OVERDUE, f"item/{key}", "finished_on", refuses=False, related=related)
