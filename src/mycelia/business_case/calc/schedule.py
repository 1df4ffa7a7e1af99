"""The critical path method on working and elapsed days: early and late dates, slack, the critical path.

References:
    J. E. Kelley and M. R. Walker (1959), Critical-Path Planning and Scheduling.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce

import numpy as np

from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.calc.passes import Network, Passed, Task, critical, forward, network_of
from mycelia.business_case.calc.soundness.roadmap import roadmap_problems
from mycelia.business_case.types import CaseModel, PlannedItem, Schedule, UnsoundModel


def plan_schedule(model: CaseModel, option: str | None = None, *, is_checked: bool = False) -> Schedule:
    """Return when each work item runs if everything takes its expected time.

    Args:
        model: The case; its roadmap begins at its own start or at that of the case.
        option: Key of the option whose items count, with those of no option; None plans all.
        is_checked: Whether the model was found sound already; it is not looked at again then.

    Raises:
        UnsoundModel: Something in the roadmap makes it impossible to plan, such as a circle of dependencies.
    """
    problems = () if is_checked else tuple(roadmap_problems(model))
    if problems:
        raise UnsoundModel(problems)
    network = network_of(model, option)
    if not network.tasks:
        return Schedule()
    durations = [whole_days(task) for task in network.tasks]
    return _schedule(network, durations, model.horizon_months)


def whole_days(task: Task) -> int:
    """Return the expected duration in whole days, half to even; a milestone takes none."""
    return 0 if task.item.is_milestone else round(expected(task.item.duration_days))


def _schedule(network: Network, durations: Sequence[int], horizon: int) -> Schedule:
    passed = forward(network, durations)
    marks = critical(network, passed)
    taken = _days_taken(network, passed, durations)
    late = _late_ends(network, passed, taken)
    planned = [
        replace(
            _planned(network, number, taken[number], passed, late[number], bool(marks[number]), horizon),
            duration_days=durations[number],
        )
        for number in range(len(network.tasks))
    ]
    path = sorted(
        (item for item in planned if item.is_critical), key=lambda item: (item.early_start, item.early_finish)
    )
    in_written_order = sorted(zip(network.tasks, planned, strict=True), key=lambda pair: pair[0].place)
    return Schedule(
        items=tuple(item for _, item in in_written_order),
        finish=max(item.early_finish for item in planned),
        critical_path=tuple(item.key for item in path),
    )


def _days_taken(network: Network, passed: Passed, durations: Sequence[int]) -> list[int]:
    """Return how many days each task takes: its duration, or more where it should have been finished before today."""
    taken = list(durations)
    for number, task in enumerate(network.tasks):
        if passed.held[number]:
            begin = network.workdays.begin(passed.ready[number], task.calendar)
            slots = [int(network.workdays.slot(point, task.calendar)) for point in (begin, passed.ends[number])]
            taken[number] = slots[1] - slots[0]
    return taken


def _late_ends(network: Network, passed: Passed, durations: Sequence[int]) -> list[int]:
    """Return the points by which each task has to end so that the whole does not end later."""
    late = [int(reduce(np.maximum, passed.ends))] * len(network.tasks)
    for number in range(len(network.tasks) - 1, -1, -1):
        task = network.tasks[number]
        if task.end is not None:
            late[number] = task.end
            continue
        begin = network.workdays.after(late[number], -durations[number], task.calendar)
        for need, lag in task.needs:
            late[need] = min(late[need], int(network.workdays.after(begin, -lag, task.calendar)))
    return late


def _planned(
    network: Network, number: int, duration: int, passed: Passed, late_end: int, is_critical: bool, horizon: int
) -> PlannedItem:
    task, workdays, day = network.tasks[number], network.workdays, int(passed.days[number])
    is_instant = duration == 0
    if task.end is not None:
        begin = late_begin = int(workdays.after(task.end, -duration, task.calendar))
    else:
        begin = int(workdays.begin(passed.ready[number], task.calendar))
        late_begin = int(workdays.after(late_end, -duration, task.calendar))
    late_day = max(day, late_end - 1 if is_instant else int(workdays.after(late_begin, duration, task.calendar)) - 1)
    slack = int(workdays.slot(late_begin, task.calendar) - workdays.slot(begin, task.calendar))
    return PlannedItem(
        key=task.item.key,
        duration_days=duration,
        early_start=network.date_of(day if is_instant else begin),
        early_finish=network.date_of(day),
        late_start=network.date_of(late_day if is_instant else late_begin),
        late_finish=network.date_of(late_day),
        slack_days=0 if task.end is not None else max(0, slack),
        is_critical=is_critical,
        column=min(int(network.columns[day]), horizon + 1),
    )
