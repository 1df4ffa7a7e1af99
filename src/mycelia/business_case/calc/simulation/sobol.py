"""Which share of the variance of the net present value is due to which input (Sobol's indices).

The net present value is a sum over lines, so of a sample in which one input is drawn anew only those lines are
computed again that the input touches; and for a duration, only those draws in which something a line is tied to
finishes in another month.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np

from mycelia.business_case.calc.compiled import Compiled, Line
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.passes import forward
from mycelia.business_case.calc.simulation.draws import Draws
from mycelia.business_case.calc.simulation.runs import THREADS
from mycelia.business_case.calc.simulation.variance import Shares, variance_shares
from mycelia.business_case.calc.weights import Values, Weights, durations_in, whole
from mycelia.business_case.calc.workdays import Points
from mycelia.business_case.calc.worth import coefficient, kept, unit_worths

BASE_DRAWS = 8192


def case_shares(case: Compiled, plan: Draws, *, draws: int = BASE_DRAWS) -> dict[str, Shares]:
    """Return the variance shares of every uncertain input, as if they were independent of each other."""
    first = plan.independent(plan.begin(purpose=1), draws)
    second = plan.independent(plan.begin(purpose=2), draws)
    base = _Sample(case, first)
    at_a, at_b = base.npv(draws), _Sample(case, second).npv(draws)
    names = [name for name in plan.uncertain if name in base.touches]

    def shares(name: str) -> Shares:
        return variance_shares(at_a, at_b, at_a + base.change(name, second[name]))

    with ThreadPoolExecutor(THREADS) as threads:
        return dict(zip(names, threads.map(shares, names), strict=True))


class _Sample:
    """One sample of all inputs with its present values, kept by line.

    Attributes:
        units: By line, its present value for a coefficient of 1.
        signed: By line, what that is multiplied by, negative for costs.
        worths: By line, what it adds to the net present value after tax.
        touches: For each input, the positions of the lines it can change.
        tasks: By line, the tasks it is tied to.
    """

    def __init__(self, case: Compiled, values: Values) -> None:
        self.case, self.values = case, values
        self.lines = [line for line in case.lines if line.is_counted]
        self.durations = durations_in(case, values)
        self.passed = forward(case.network, self.durations)
        self.finishes = [case.network.columns[day] for day in self.passed.days]
        self.units = unit_worths(case, self.lines, Weights(case, self.finishes, values))
        self.signed = [self._signed(line, values) for line in self.lines]
        self.worths = [each * unit for each, unit in zip(self.signed, self.units, strict=True)]
        self.tasks = [tasks_of(line) for line in self.lines]
        self.touches = self._touched()

    def npv(self, draws: int) -> Floats:
        """Return the net present values, shape (draws,)."""
        total = np.zeros(draws)
        for worth in self.worths:
            total += worth
        return total

    def change(self, name: str, drawn: float | Floats) -> float | Floats:
        """Return by how much the net present values change with one input drawn anew."""
        if name in self.case.duration_names():
            return self._change_by_duration(self.case.duration_names().index(name), np.asarray(drawn))
        values, numbers = {**self.values, name: drawn}, self.touches[name]
        units = [self.units[number] for number in numbers]
        if name.endswith("/adoption_tempo"):
            lines = [self.lines[number] for number in numbers]
            units = unit_worths(self.case, lines, Weights(self.case, self.finishes, values))
        change: float | Floats = 0.0
        for number, unit in zip(numbers, units, strict=True):
            change = change + self._signed(self.lines[number], values) * unit - self.worths[number]
        return change

    def _change_by_duration(self, task: int, drawn: Floats) -> Floats:
        durations = [*self.durations]
        durations[task] = whole(drawn)
        passed = forward(self.case.network, durations, known=self.passed, first=task)
        tied = {each for tasks in self.tasks for each in tasks}
        finishes = {each: self.case.network.columns[passed.days[each]] for each in tied}
        moved = {each: np.not_equal(finishes[each], self.finishes[each]) for each in tied}
        numbers = [number for number, tasks in enumerate(self.tasks) if any(moved[each].any() for each in tasks)]
        change = np.zeros(len(drawn))
        if numbers:
            rows = np.flatnonzero(np.logical_or.reduce([moved[each] for each in tied if moved[each].ndim]))
            change[rows] = self._change_in(rows, numbers, {task: _rows(each, rows) for task, each in finishes.items()})
        return change

    def _change_in(self, rows: np.ndarray, numbers: Sequence[int], finishes: Mapping[int, Points]) -> Floats:
        """Return the change of some draws by some lines, whose inputs stay as they are but not their dates."""
        lines = [self.lines[number] for number in numbers]
        tempos = {line.track.curve.tempo for line in lines if line.track.curve}
        values = {name: _rows(self.values[name], rows) for name in tempos}
        units = unit_worths(self.case, lines, Weights(self.case, finishes, values))
        change = np.zeros(len(rows))
        for number, unit in zip(numbers, units, strict=True):
            change += _rows(self.signed[number], rows) * unit - _rows(self.worths[number], rows)
        return change

    def _signed(self, line: Line, values: Values) -> float | Floats:
        return coefficient(line, values) * (-kept(self.case) if line.is_cost else kept(self.case))

    def _touched(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, line in enumerate(self.lines):
            for name in inputs_of(line):
                found.setdefault(name, []).append(number)
        tied = [number for number, tasks in enumerate(self.tasks) if tasks]
        return found | {name: tied for name in self.case.duration_names() if tied}


def inputs_of(line: Line) -> tuple[str, ...]:
    """Return the inputs that a line depends on, without durations."""
    curve = line.track.curve
    return line.factors if curve is None else (*line.factors, curve.tempo)


def tasks_of(line: Line) -> frozenset[int]:
    """Return the tasks that a line depends on."""
    curve = line.track.curve
    events = (line.track.start, line.track.end, *([curve.since] if curve else ()))
    return frozenset(event.task for event in events if event.task is not None)


def _rows(value: Any, rows: np.ndarray) -> Any:
    """Return some draws of a value; a number is that of every draw."""
    return value[rows] if isinstance(value, np.ndarray) and value.ndim else value
