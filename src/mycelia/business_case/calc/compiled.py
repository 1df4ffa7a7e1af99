"""A model made ready to be computed: each line is a coefficient times a row of amounts times how it runs.

The amount of a line in a column is

    constant x product of its inputs x base[column] x weight[column]

where `base` holds what never depends on chance (escalation, headcount growth, entered amounts) and the weight says
whether the line runs in that column and how far it is taken up. Lines that run alike share one `Track`, so that the
weights of a hundred thousand draws are computed once for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property

import numpy as np

from mycelia.business_case.calc.builders import BUILDERS
from mycelia.business_case.calc.estimates import Floats, expected
from mycelia.business_case.calc.extremes import counted_inputs
from mycelia.business_case.calc.passes import Network, network_of
from mycelia.business_case.calc.timeline import MONTHS, escalation, growth, years_of_columns
from mycelia.business_case.types import (
    Adoption,
    Basis,
    BenefitLine,
    CaseModel,
    CostLine,
    Driver,
    Recurrence,
    Timing,
)


class Pattern(Enum):
    """How a line runs: in every column, in its first one, or in the months from its first to its last."""

    ALWAYS = auto()
    ONCE = auto()
    MONTHS = auto()


@dataclass(frozen=True)
class Event:
    """A column: `offset` after the one in which a task finishes, or `offset` itself when `task` is None."""

    offset: int
    task: int | None = None


@dataclass(frozen=True, eq=False)
class Curve:
    """An adoption curve; one object for all lines that follow it.

    Attributes:
        tempo: Name of the input that makes it quicker or slower.
        since: The column from which it counts.
    """

    adoption: Adoption
    tempo: str
    since: Event


@dataclass(frozen=True, eq=False)
class Track:
    """When lines run and how far they are taken up; one object for all lines that run alike.

    Attributes:
        end: The last column, included.
        ramp_months: Months over which the effect grows linearly to the full one.
    """

    pattern: Pattern
    start: Event
    end: Event
    ramp_months: int
    curve: Curve | None


@dataclass(frozen=True)
class Line:
    """One cost or benefit line.

    Attributes:
        factors: Names of the inputs whose product it is proportional to.
        base: Shape (columns,).
    """

    key: str
    is_cost: bool
    is_counted: bool
    constant: float
    factors: tuple[str, ...]
    base: Floats
    track: Track


@dataclass(frozen=True)
class Compiled:
    """One option of a case, ready to be computed.

    Attributes:
        lines: Costs, then benefits, of the option and shared ones, in the order of the model.
        columns: horizon + 1.
    """

    model: CaseModel
    option: str
    network: Network
    lines: tuple[Line, ...]
    columns: int

    @cached_property
    def means(self) -> Mapping[str, float]:
        """Return every input of the model at its mean."""
        return {name: float(expected(estimate)) for name, estimate in counted_inputs(self.model)}

    def duration_names(self) -> tuple[str, ...]:
        """Return the names of the inputs that are durations, by task."""
        return tuple(f"item/{task.item.key}/duration" for task in self.network.tasks)


def compiled(model: CaseModel, option: str) -> Compiled:
    """Return an option of a model made ready; the model has to be sound (`check_model`)."""
    network = network_of(model, option)
    making = _Making(model, {task.item.key: number for number, task in enumerate(network.tasks)})
    costs = [making.cost(line) for line in model.costs if line.option in (None, option)]
    benefits = [making.benefit(line) for line in model.benefits if line.option in (None, option)]
    return Compiled(model, option, network, tuple(map(making.named, (*costs, *benefits))), making.columns)


class _Making:
    """What all lines of a model are made with."""

    def __init__(self, model: CaseModel, tasks: Mapping[str, int]) -> None:
        self.model, self.tasks, self.names = model, tasks, model.input_names()
        self.columns = model.horizon_months + 1
        self.growth = growth(float(model.drivers.headcount_growth_per_year), self.columns)
        self.after_start = (np.arange(self.columns) > 0).astype(np.float64)
        self._escalations: dict[float, Floats] = {}
        self._curves: dict[tuple[str, Event], Curve] = {}
        self._tracks: dict[tuple[Pattern, Event, Event, int, Curve | None], Track] = {}

    def named(self, line: Line) -> Line:
        """Return a line whose factors are inputs, in place of the fields that hold them."""
        return replace(line, factors=tuple(self.names[name] for name in line.factors))

    def cost(self, line: CostLine) -> Line:
        is_counted = self.model.counts_learner_time or not line.is_learner_time
        risk = 1 + float(line.risk_adjustment)
        name = f"cost/{line.key}/"
        if line.basis is Basis.AMOUNTS:
            return self._entered(line, is_cost=True, is_counted=is_counted, constant=risk, factors=(f"{name}spread",))
        is_once = line.recurrence is Recurrence.ONE_OFF
        drivers, curve, base = self._driver(line.driver)
        base = base * self._escalation(line)
        return Line(
            key=line.key,
            is_cost=True,
            is_counted=is_counted,
            constant=risk / MONTHS if line.recurrence is Recurrence.YEARLY else risk,
            factors=(f"{name}quantity", f"{name}price", f"{name}spread", *drivers),
            base=base if is_once else base * self.after_start,
            track=self._track(Pattern.ONCE if is_once else Pattern.MONTHS, line.timing, curve=curve),
        )

    def benefit(self, line: BenefitLine) -> Line:
        name = f"benefit/{line.key}/"
        factors = tuple(name + each for each in ("isolation", "confidence_factor", "spread"))
        constant = 1 - float(line.risk_adjustment)
        is_counted = not line.is_intangible and (self.model.counts_learner_time or not line.is_learner_time)
        if line.basis is Basis.AMOUNTS:
            return self._entered(line, is_cost=False, is_counted=is_counted, constant=constant, factors=factors)
        builder = BUILDERS[line.category]
        curve, ceiling = self._adoption(line)
        return Line(
            key=line.key,
            is_cost=False,
            is_counted=is_counted,
            constant=constant * builder.months / MONTHS,
            factors=(*(f"{name}inputs/{each.name}" for each in builder.inputs), *factors, *ceiling),
            base=self._escalation(line) * self.after_start,
            track=self._track(Pattern.MONTHS, line.timing, ramp_months=line.ramp_months, curve=curve),
        )

    def _entered(
        self,
        line: CostLine | BenefitLine,
        *,
        is_cost: bool,
        is_counted: bool,
        constant: float,
        factors: tuple[str, ...],
    ) -> Line:
        years = years_of_columns(self.columns).astype(np.intp)
        amounts = np.zeros(years[-1] + 1)
        entered = [float(amount) for amount in line.amounts[: len(amounts)]]
        amounts[: len(entered)] = entered
        base = np.where(years > 0, amounts[years] / MONTHS, amounts[years])
        track = self._known_track(Pattern.ALWAYS, Event(0), Event(self.columns - 1), 0, None)
        return Line(line.key, is_cost, is_counted, constant, factors, base, track)

    def _driver(self, driver: Driver) -> tuple[tuple[str, ...], Curve | None, Floats]:
        match driver:
            case Driver.NONE:
                return (), None, np.ones(self.columns)
            case Driver.CONTENT_HOURS:
                return ("driver/content_hours",), None, np.ones(self.columns)
            case Driver.HEADCOUNT:
                return ("driver/headcount",), None, self.growth
            case Driver.ACTIVE_LEARNERS:
                return ("driver/headcount", "driver/adoption_ceiling"), self._case_curve(), self.growth

    def _case_curve(self) -> Curve:
        drivers = self.model.drivers
        since = self._event(drivers.adoption_start, drivers.adoption_milestone, is_alternative=True)
        return self._known_curve(drivers.adoption, "driver/adoption_tempo", since)

    def _adoption(self, line: BenefitLine) -> tuple[Curve | None, tuple[str, ...]]:
        if line.follows_case_adoption:
            return self._case_curve(), ("driver/adoption_ceiling",)
        if line.adoption is None:
            return None, ()
        name = f"benefit/{line.key}/adoption_"
        since = self._event(line.timing.start_month, line.timing.start_milestone)
        return self._known_curve(line.adoption, f"{name}tempo", since), (f"{name}ceiling",)

    def _escalation(self, line: CostLine | BenefitLine) -> Floats:
        stated = line.escalation_per_year
        rate = float(self.model.inflation_per_year if stated is None else stated)
        if rate not in self._escalations:
            self._escalations[rate] = escalation(rate, self.columns)
        return self._escalations[rate]

    def _track(self, pattern: Pattern, timing: Timing, *, ramp_months: int = 0, curve: Curve | None = None) -> Track:
        last = self.columns - 1
        if timing.end_milestone is not None:
            end = self._event(-1, timing.end_milestone)
        else:
            end = Event(last if timing.end_month is None else min(timing.end_month, last))
        return self._known_track(
            pattern, self._event(timing.start_month, timing.start_milestone), end, ramp_months, curve
        )

    def _known_curve(self, adoption: Adoption, tempo: str, since: Event) -> Curve:
        return self._curves.setdefault((tempo, since), Curve(adoption, tempo, since))

    def _known_track(self, pattern: Pattern, start: Event, end: Event, ramp: int, curve: Curve | None) -> Track:
        return self._tracks.setdefault((pattern, start, end, ramp, curve), Track(pattern, start, end, ramp, curve))

    def _event(self, offset: int, milestone: str | None, *, is_alternative: bool = False) -> Event:
        """Return a column; with `is_alternative` a milestone replaces the offset instead of adding to it."""
        if milestone is None:
            return Event(offset)
        return Event(0 if is_alternative else offset, self.tasks[milestone])
