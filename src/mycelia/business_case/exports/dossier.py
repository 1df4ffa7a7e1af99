"""The one thing every export is made from: a case as it stands, or as it was when it was presented."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case.calc.compiled import compiled
from mycelia.business_case.calc.flows import line_flows
from mycelia.business_case.calc.one_at_a_time import swings_of
from mycelia.business_case.calc.option_figures import flow_figures
from mycelia.business_case.types import (
    BenefitLine,
    CaseFigures,
    CaseModel,
    CostLine,
    LineFlow,
    ObjectiveSheet,
    Option,
    Scenario,
    Simulation,
    WorkItem,
)


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
    """A case with everything computed from it.

    Attributes:
        standing: In words: presented by whom and when, or that it is a draft.
        digest: SHA-256 of the snapshot it is made from; empty for a draft.
        results: By key of an option, then by scenario.
        directions: By option and name of an input, 1 where more of it raises the option's net present value, -1
            where it lowers it; an input that makes no difference is absent.
        simulation: That of the preferred option; None where none was made.
    """

    slug: str
    name: str
    summary: str
    unit_name: str
    owner_name: str
    is_synthetic: bool
    is_draft: bool
    standing: str
    digest: str
    as_of: datetime
    model: CaseModel
    results: Mapping[str, Mapping[Scenario, OptionResult]]
    objectives: tuple[ObjectiveSheet, ...] = ()
    directions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    simulation: Simulation | None = None
    facts: tuple[tuple[str, str], ...] = field(default=())

    @property
    def preferred(self) -> OptionResult:
        """Return the expected result of the option that the headline figures are about."""
        return self.results[self.model.preferred.key][Scenario.EXPECTED]

    def direction_of(self, name: str) -> int:
        """Return the direction of an input in the preferred option, or in the first that it makes a difference to."""
        ranked = (self.model.preferred, *self.model.options)
        found = (self.directions.get(option.key, {}).get(name, 0) for option in ranked)
        return next((direction for direction in found if direction), 0)

    def is_input_of(self, name: str, option: Option) -> bool:
        """Return whether an option may depend on an input at all: one of its own, or a shared one."""
        kind, key, *_rest = name.split("/")
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


def dossier_of_model(model: CaseModel, **facts: Any) -> Dossier:
    """Return a dossier with everything that follows from a model alone; `facts` are its other attributes."""
    results = {
        option.key: {scenario: _result(model, option.key, scenario) for scenario in Scenario}
        for option in model.options
    }
    directions = {option.key: _directions(model, option.key) for option in model.options}
    return Dossier(model=model, results=results, directions=directions, **facts)


def _result(model: CaseModel, option: str, scenario: Scenario) -> OptionResult:
    flows = line_flows(model, option, scenario)
    return OptionResult(flows.costs, flows.benefits, flow_figures(model, flows))


def _directions(model: CaseModel, option: str) -> dict[str, int]:
    swings = swings_of(compiled(model, option))
    return {name: 1 if at_high > at_low else -1 for name, at_low, at_high in swings if at_low != at_high}
