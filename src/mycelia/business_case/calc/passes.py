"""Going through a roadmap forwards: when each item ends, and which items determine the end of all.

One plan or a hundred thousand drawn ones at once: durations are numbers, or arrays of shape (draws,).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.calc.network import in_order, items_of
from mycelia.business_case.calc.quantiles import percentile
from mycelia.business_case.calc.timeline import first_day_of_month
from mycelia.business_case.calc.workdays import Points, Workdays
from mycelia.business_case.types import LATEST_DAY, CalendarKind, CaseModel, WorkItem

SPARE_DAYS = 400


@dataclass(frozen=True)
class Task:
    """A work item with its numbers looked up.

    Attributes:
        place: Its position in the roadmap as written.
        needs: Pairs (position in `Network.tasks`, lag in days).
        floor: The point before which it may not begin.
        end: The point at which it really ended, once known.
        open_until: The point before which it cannot have ended, since it is not finished; None where that is not known.
    """

    item: WorkItem
    place: int
    needs: tuple[tuple[int, int], ...]
    floor: int
    end: int | None
    open_until: int | None = None

    @property
    def calendar(self) -> CalendarKind:
        """Return what its days are."""
        return self.item.calendar


@dataclass(frozen=True)
class Network:
    """The items of one option so that each comes after all it depends on.

    Attributes:
        columns: Shape (days,), the column of the case's timeline that each day number falls in.
    """

    tasks: tuple[Task, ...]
    workdays: Workdays
    columns: NDArray[np.int32]

    def date_of(self, day: int) -> date:
        """Return the day of a number."""
        return self.workdays.origin + timedelta(days=int(day))


@dataclass(frozen=True)
class Passed:
    """What a pass forwards gives, each by position in `Network.tasks`.

    Attributes:
        ready: Points from which each may begin.
        ends: Points at which each ends.
        days: Numbers of the days on which each finishes.
        held: Whether each ends later than its duration says, because it is not finished yet.
    """

    ready: tuple[Points, ...]
    ends: tuple[Points, ...]
    days: tuple[Points, ...]
    held: tuple[NDArray[np.bool_] | bool, ...]


def network_of(model: CaseModel, option: str | None) -> Network:
    """Return the network of an option's items, all items for None.

    Raises:
        CycleError: Some depend on each other in a circle.
    """
    roadmap = model.roadmap
    items = in_order(items_of(roadmap.items, option))
    begin = roadmap.start or model.start
    known = [day for item in items for day in (item.earliest_start, item.finished_on, roadmap.as_of) if day]
    origin = min([begin, model.start, *known]) - timedelta(days=SPARE_DAYS)
    days = _days_needed(model, items, max([begin, *known]), origin)
    workdays = Workdays(origin, days, weekdays=roadmap.working_weekdays, holidays=roadmap.holidays)
    starts = [first_day_of_month(model.start, month) for month in range(1, model.horizon_months + 2)]
    columns = np.searchsorted([(day - origin).days for day in starts], np.arange(days + 1), side="right")
    return Network(_tasks(model, items, begin, origin), workdays, columns.astype(np.int32))


def forward(network: Network, durations: Sequence[Points], *, known: Passed | None = None, first: int = 0) -> Passed:
    """Return when each task ends at the earliest.

    Args:
        network: The items in order.
        durations: By position in `Network.tasks`, whole days, 0 or more.
        known: An earlier pass that is right for all tasks before `first`.
        first: The first task whose duration is not that of `known`.
    """
    ready: list[Points] = list(known.ready[:first]) if known else []
    ends: list[Points] = list(known.ends[:first]) if known else []
    days: list[Points] = list(known.days[:first]) if known else []
    held: list[NDArray[np.bool_] | bool] = list(known.held[:first]) if known else []
    for task, duration in zip(network.tasks[first:], durations[first:], strict=True):
        arrivals = _arrivals(network, task, ends)
        floor = _floor(task, duration)
        latest = reduce(np.maximum, arrivals) if arrivals else floor
        ready.append(np.maximum(latest, floor))
        end, is_held = _end(network, task, ready[-1], duration)
        ends.append(end)
        held.append(is_held)
        if task.end is not None or np.min(duration) > 0:
            days.append(end - 1)
        else:
            without_work = np.maximum(latest - 1, floor) if arrivals else floor
            days.append(np.where(np.greater(duration, 0), end - 1, without_work))
    return Passed(tuple(ready), tuple(ends), tuple(days), tuple(held))


def _floor(task: Task, duration: Points) -> Points:
    """Return the point before which a task may not begin; what takes no time may not before today either."""
    if task.open_until is None or task.open_until <= task.floor:
        return task.floor
    return np.where(np.greater(duration, 0), task.floor, task.open_until)


def _end(network: Network, task: Task, ready: Points, duration: Points) -> tuple[Points, NDArray[np.bool_] | bool]:
    """Return when a task ends, and whether only because it is not finished: then it takes a day from today on."""
    if task.end is not None:
        return task.end, False
    end = network.workdays.after(ready, duration, task.calendar)
    if task.open_until is None:
        return end, False
    soonest = np.where(
        np.greater(duration, 0), network.workdays.after(task.open_until, 1, task.calendar), task.open_until
    )
    return np.maximum(end, soonest), np.greater(soonest, end)


def critical(network: Network, passed: Passed) -> tuple[NDArray[np.bool_], ...]:
    """Return for each task whether it is on a chain of tasks that determines the end of the whole network.

    A task is when it ends last, or when the beginning of one that is waits for it and for nothing later.
    """
    last = reduce(np.maximum, passed.ends)
    marks = [np.equal(end, last) for end in passed.ends]
    for number in range(len(network.tasks) - 1, -1, -1):
        task = network.tasks[number]
        if task.end is not None:
            continue
        slot = network.workdays.slot(passed.ready[number], task.calendar)
        for (need, _), arrival in zip(task.needs, _arrivals(network, task, passed.ends), strict=True):
            is_binding = np.equal(network.workdays.slot(arrival, task.calendar), slot)
            marks[need] = marks[need] | (is_binding & marks[number] & ~np.asarray(passed.held[number]))
    return tuple(marks)


def _arrivals(network: Network, task: Task, ends: Sequence[Points]) -> list[Points]:
    if task.end is not None:
        return []
    return [
        ends[need] if lag == 0 else network.workdays.after(ends[need], lag, task.calendar) for need, lag in task.needs
    ]


def _tasks(model: CaseModel, items: Sequence[WorkItem], begin: date, origin: date) -> tuple[Task, ...]:
    position = {item.key: number for number, item in enumerate(items)}
    places = {item.key: number for number, item in enumerate(model.roadmap.items)}
    as_of = model.roadmap.as_of
    return tuple(
        Task(
            item=item,
            place=places[item.key],
            needs=tuple((position[each.key], each.lag_days) for each in item.depends_on if each.key in position),
            floor=(max(begin, item.earliest_start or begin) - origin).days,
            end=None if item.finished_on is None else (item.finished_on - origin).days + 1,
            open_until=None if as_of is None or item.finished_on is not None else (as_of - origin).days,
        )
        for item in items
    )


def _days_needed(model: CaseModel, items: Sequence[WorkItem], latest: date, origin: date) -> int:
    """Return how far the tables must reach: to what a plan with all durations long comes to, at least the horizon."""
    work = sum(percentile(item.duration_days, 0.9999) for item in items)
    lags = sum(abs(each.lag_days) for item in items for each in item.depends_on)
    per_working_day = 7 / max(1, len(set(model.roadmap.working_weekdays)))
    reach = int((work + lags) * per_working_day) + len(model.roadmap.holidays) + SPARE_DAYS
    end = max((latest - origin).days + reach, (first_day_of_month(model.start, model.horizon_months + 1) - origin).days)
    return min(end, (LATEST_DAY - origin).days)
