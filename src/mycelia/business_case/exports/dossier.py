"""The one thing every export is made from: a case as it stands, or as it was when it was presented."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from mycelia.business_case.calc import flow_figures, line_flows, plan_schedule, simulate
from mycelia.business_case.calc.compiled import compiled
from mycelia.business_case.calc.one_at_a_time import swings_of
from mycelia.business_case.calc.soundness import require_sound
from mycelia.business_case.types import (
    BenefitLine,
    CaseFigures,
    CaseModel,
    CaseSheet,
    CostLine,
    LineFlow,
    LineSheet,
    ObjectiveSheet,
    Option,
    OptionSheet,
    Performance,
    Scenario,
    Schedule,
    Simulation,
    WorkItem,
)

DRAWS, SEED = 10_000, 1


@dataclass(frozen=True)
class OptionResult:
    """What one option comes to in one scenario.

    Attributes:
        costs, benefits: One flow for each line that belongs to the option, by column.
    """

    costs: tuple[LineFlow, ...]
    benefits: tuple[LineFlow, ...]
    figures: CaseFigures


@dataclass(frozen=True)
class Dossier:
    """A case with everything computed from it. Expected results are those of the sheet, never computed anew.

    Attributes:
        standing: In words: presented by whom and when, or that it is a draft.
        digest: SHA-256 of the snapshot it is made from; empty for a draft.
        known: A simulation of the preferred option that was made already and is still true; None for none.
        closed: Plan, actual and forecast at the last closed month; None before the first.
        gate: The last decision at a stage gate as a sentence; empty before the first.
        told: Told the share that is done of a simulation that has to be made.
    """

    sheet: CaseSheet
    is_draft: bool
    standing: str
    digest: str = ""
    known: Simulation | None = None
    closed: Performance | None = None
    gate: str = ""
    told: Callable[[float], None] | None = None

    @property
    def model(self) -> CaseModel:
        """Return what the figures are computed from."""
        return self.sheet.model

    @property
    def slug(self) -> str:
        """Return the case's short name."""
        return self.sheet.slug

    @property
    def name(self) -> str:
        """Return the case's name."""
        return self.sheet.name

    @property
    def currency(self) -> str:
        """Return the case's currency."""
        return self.sheet.currency

    @property
    def is_synthetic(self) -> bool:
        """Return whether the figures are invented."""
        return self.sheet.is_synthetic

    @property
    def as_of(self) -> datetime:
        """Return the instant it is true for."""
        return self.sheet.as_of

    @property
    def objectives(self) -> tuple[ObjectiveSheet, ...]:
        """Return the strategic objectives with their KPIs."""
        return self.sheet.objectives

    @property
    def preferred(self) -> OptionResult:
        """Return the expected result of the option that the headline figures are about."""
        return self.results[self.model.preferred.key][Scenario.EXPECTED]

    @cached_property
    def results(self) -> Mapping[str, Mapping[Scenario, OptionResult]]:
        """Return results by key of an option, then by scenario."""
        stored = {option.key: _stored(option) for option in self.sheet.options}
        found: dict[str, dict[Scenario, OptionResult]] = {}
        require_sound(self.model, self.model.preferred.key)
        for option in self.model.options:
            found[option.key] = {scenario: _computed(self.model, option.key, scenario) for scenario in Scenario}
            if (expected := stored.get(option.key)) is not None:
                found[option.key][Scenario.EXPECTED] = expected
        return found

    @cached_property
    def directions(self) -> Mapping[str, Mapping[str, int]]:
        """Return by option and name of an input 1 where more of it raises the net present value, -1 where it lowers it.

        An input that makes no difference to an option is absent.
        """
        return {option.key: _directions(self.model, option.key) for option in self.model.options}

    @cached_property
    def simulation(self) -> Simulation:
        """Return the distributions of the preferred option, the same at every call."""
        if self.known is not None:
            return self.known
        return simulate(self.model, self.model.preferred.key, draws=DRAWS, seed=SEED, progress=self.told)

    @cached_property
    def schedule(self) -> Schedule:
        """Return the dates of the preferred option's work items."""
        return plan_schedule(self.model, self.model.preferred.key)

    def direction_of(self, name: str) -> int:
        """Return the direction of an input in the preferred option, or in the first that it makes a difference to."""
        ranked = (self.model.preferred, *self.model.options)
        found = (self.directions.get(option.key, {}).get(name, 0) for option in ranked)
        return next((direction for direction in found if direction), 0)

    def is_input_of(self, name: str, option: Option) -> bool:
        """Return whether an option may depend on an input at all: one of its own, or a shared one."""
        kind, key, *_rest = name.split("/")
        if kind == "input":
            uses = (field for field, input_name in self.model.input_names().items() if input_name == name)
            return any(self.is_input_of(field, option) for field in uses)
        parts: dict[str, Sequence[CostLine | BenefitLine | WorkItem]] = {
            "cost": self.model.costs,
            "benefit": self.model.benefits,
            "item": self.model.roadmap.items,
        }
        owner = next((part.option for part in parts.get(kind, ()) if part.key == key), None)
        return owner in (None, option.key)

    def name_of(self, key: str) -> str:
        """Return the name of the option with a key."""
        return next((self.option_name(option) for option in self.model.options if option.key == key), key)

    def option_name(self, option: Option) -> str:
        """Return the name of an option as it is read."""
        return option.name or (_("Do nothing") if option.is_baseline else _("The proposal"))


def _stored(option: OptionSheet) -> OptionResult | None:
    """Return what a sheet says an option comes to; None for one of before there were months."""
    if not all(line.by_column for line in (*option.costs, *option.benefits)):
        return None
    return OptionResult(_flows(option.costs), _flows(option.benefits), option.figures)


def _flows(lines: tuple[LineSheet, ...]) -> tuple[LineFlow, ...]:
    return tuple(LineFlow(line.key, line.by_column, line.is_counted) for line in lines)


def _computed(model: CaseModel, option: str, scenario: Scenario) -> OptionResult:
    flows = line_flows(model, option, scenario, is_checked=True)
    return OptionResult(flows.costs, flows.benefits, flow_figures(model, flows))


def _directions(model: CaseModel, option: str) -> dict[str, int]:
    swings = swings_of(compiled(model, option))
    return {name: 1 if at_high > at_low else -1 for name, at_low, at_high in swings if at_low != at_high}
