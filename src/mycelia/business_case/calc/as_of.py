"""The day on which a case is told: what is not finished by then cannot have finished before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from mycelia.business_case.calc.estimates import given
from mycelia.business_case.calc.passes import Task, forward, network_of
from mycelia.business_case.calc.schedule import whole_days
from mycelia.business_case.calc.soundness.roadmap import roadmap_problems
from mycelia.business_case.types import CaseModel, Shape


def told_on(model: CaseModel, day: date) -> CaseModel:
    """Return a model as it is told on a day.

    The day is kept in the roadmap only where it can move something: where an item that is not finished would be, if
    everything took the least time. So the results of all other cases stay true from one day to the next.
    """
    known = replace(model, roadmap=replace(model.roadmap, as_of=day))
    unknown = replace(model, roadmap=replace(model.roadmap, as_of=None))
    return known if _may_be_late(unknown, day) else unknown


def planned_finishes(model: CaseModel) -> Mapping[str, date]:
    """Return the day on which each item was to finish, had all gone as expected, whatever day it is told on."""
    network = network_of(replace(model, roadmap=replace(model.roadmap, as_of=None)), None)
    passed = forward(network, [whole_days(task) for task in network.tasks])
    days = zip(network.tasks, passed.days, strict=True)
    return {task.item.key: network.date_of(int(number)) for task, number in days}


def _may_be_late(model: CaseModel, day: date) -> bool:
    roadmap = model.roadmap
    begin = roadmap.start or model.start
    is_open = any(item.finished_on is None and max(begin, item.earliest_start or begin) < day for item in roadmap.items)
    if not is_open or any(True for _ in roadmap_problems(model)):
        return False
    network = network_of(model, None)
    passed = forward(network, [_least_days(task) for task in network.tasks])
    return any(
        task.end is None and network.date_of(int(number)) < day
        for task, number in zip(network.tasks, passed.days, strict=True)
    )


def _least_days(task: Task) -> int:
    """Return the fewest whole days that a task can be drawn to take."""
    duration = task.item.duration_days
    if task.item.is_milestone or duration.shape is Shape.LOGNORMAL:
        return 0
    if duration.shape is Shape.LIST:
        return round(min(duration.values))
    return round(given(duration.likely if duration.shape is Shape.FIXED else duration.low))
