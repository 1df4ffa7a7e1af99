"""A whole case as the arithmetic takes it: everything that has a number, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mycelia.business_case.types.estimates import FULL_ADOPTION, NONE, Adoption, Correlation, Estimate
from mycelia.business_case.types.lines import BenefitLine, CostLine, Driver
from mycelia.business_case.types.named_inputs import NamedInput, named_in
from mycelia.business_case.types.roadmap import NO_ROADMAP, Roadmap
from mycelia.business_case.types.vocabulary import Confidence

WHERE_SET = {"told": "where it is set"}
"""A field that a fingerprint tells only where it is set, so that it changes none of before."""


class Discounting(StrEnum):
    """When a flow counts as paid.

    YEAR_END: column 0 undiscounted, the months of year k at the end of year k, (1 + r)^k.
    MID_MONTH: column 0 undiscounted, month m at its middle, (1 + r)^((m - 1/2) / 12).
    """

    YEAR_END = "year_end"
    MID_MONTH = "mid_month"


class Scenario(StrEnum):
    """Which number of each estimate a deterministic calculation takes.

    EXPECTED: the mean. LIKELY: the mode (the median of a LOGNORMAL or LIST). PESSIMISTIC and OPTIMISTIC: the 10th
    or 90th percentile of every input, whichever lowers, or raises, the net present value.
    """

    EXPECTED = "expected"
    LIKELY = "likely"
    PESSIMISTIC = "pessimistic"
    OPTIMISTIC = "optimistic"


@dataclass(frozen=True)
class Option:
    """One of the ways to choose between; `is_baseline` is doing nothing, of which there is exactly one."""

    key: str
    name: str
    is_baseline: bool = False
    is_preferred: bool = False
    description: str = ""


@dataclass(frozen=True)
class Drivers:
    """What quantities depend on.

    Attributes:
        headcount: People in scope at the start.
        headcount_growth_per_year: Fraction; headcount in month m is x (1 + growth)^((m - 1/2) / 12).
        content_hours: Hours of content the case is about.
        adoption: Share of the headcount that is active; its months count from `adoption_start`.
        adoption_start: Column, or the finish of the work item `adoption_milestone` when that is named; if it belongs
            to an option, only lines of that option follow the adoption.
        size_source: Who says how many people and hours of content there are.
        source: Who says how the people take it up.
        is_placeholder: The adoption is a default nobody has confirmed; a case with one cannot be presented.
    """

    headcount: Estimate = NONE
    headcount_growth_per_year: Decimal = Decimal(0)
    content_hours: Estimate = NONE
    adoption: Adoption = FULL_ADOPTION
    adoption_start: int = 0
    adoption_milestone: str | None = None
    source: str = ""
    is_placeholder: bool = False
    size_source: str = ""


NO_DRIVERS = Drivers()
NOTHING_OR_PROPOSAL = (Option("nothing", "", is_baseline=True), Option("proposal", "", is_preferred=True))


@dataclass(frozen=True)
class CaseModel:
    """Everything that is computed with.

    Columns: 0 is the initial column, at `start`; then months 1 to `horizon_months`. The figures of an option are
    those of its own lines and the shared ones.

    Attributes:
        rate_per_year: Discount rate, above -1.
        inflation_per_year: Escalation of lines that state none.
        tax_rate: Share of the net flow of a month paid as tax, with losses credited; None leaves tax out.
        is_short_programme: The programme ROI counts twelve months of benefits only, from the first of them on.
        counts_learner_time: Whether learner time is in the figures: the costs of that category, and the benefits that
            save it. One without the other would not be honest.
        named: Numbers that the case states once, for whatever uses them.
        rate_source, inflation_source, tax_source: Who says so; empty for a placeholder, which nobody stands behind.
        rate_confidence, inflation_confidence, tax_confidence: How sure they are; None where that is not stated.
    """

    currency: str
    start: date
    horizon_months: int = 36
    rate_per_year: Decimal = Decimal("0.10")
    discounting: Discounting = Discounting.YEAR_END
    inflation_per_year: Decimal = Decimal(0)
    tax_rate: Decimal | None = None
    is_short_programme: bool = False
    counts_learner_time: bool = True
    drivers: Drivers = NO_DRIVERS
    options: tuple[Option, ...] = NOTHING_OR_PROPOSAL
    costs: tuple[CostLine, ...] = ()
    benefits: tuple[BenefitLine, ...] = ()
    roadmap: Roadmap = NO_ROADMAP
    correlations: tuple[Correlation, ...] = ()
    named: tuple[NamedInput, ...] = ()
    rate_source: str = field(default="", metadata=WHERE_SET)
    rate_confidence: Confidence | None = field(default=None, metadata=WHERE_SET)
    inflation_source: str = field(default="", metadata=WHERE_SET)
    inflation_confidence: Confidence | None = field(default=None, metadata=WHERE_SET)
    tax_source: str = field(default="", metadata=WHERE_SET)
    tax_confidence: Confidence | None = field(default=None, metadata=WHERE_SET)

    @property
    def preferred(self) -> Option:
        """Return the option that the headline figures are about: the preferred one, else the first alternative."""
        ranked = sorted(self.options, key=lambda option: (not option.is_preferred, option.is_baseline))
        return ranked[0]

    def inputs(self) -> Iterator[tuple[str, Estimate]]:
        """Yield every input under its name, in a fixed order; names as in `Correlation`.

        A named input stands here once, whatever uses it, and in place of what does.
        """
        names = self.input_names()
        for one in self.named:
            yield one.name, one.estimate
        for name, estimate in self.fields():
            if names[name] == name:
                yield name, estimate

    def input_names(self) -> Mapping[str, str]:
        """Return for every field that holds an estimate the name of the input that it is.

        How long work takes, and how people take something up, always is an input of its own.
        """
        named = {one.key: one.name for one in self.named}
        return {name: named.get(estimate.named, name) if _is_factor(name) else name for name, estimate in self.fields()}

    def inputs_of(self, line: CostLine | BenefitLine) -> tuple[NamedInput, ...]:
        """Return the named inputs that a line is computed with, those behind its driver included."""
        if not self.named:
            return ()
        used = named_in(line)
        if isinstance(line, CostLine):
            used |= {self._behind(line.driver).named}
        return tuple(one for one in self.named if one.key in used)

    def source_of(self, line: CostLine | BenefitLine) -> str:
        """Return who says so: the source of a line, and those of the named inputs that it is computed with."""
        stated = [line.source, *(one.source for one in self.inputs_of(line))]
        return "; ".join(dict.fromkeys(filter(None, stated)))

    def is_unconfirmed(self, line: CostLine | BenefitLine) -> bool:
        """Return whether a line, or a named input that it is computed with, is a default nobody has confirmed."""
        return line.is_placeholder or any(one.is_placeholder for one in self.inputs_of(line))

    def _behind(self, driver: Driver) -> Estimate:
        if driver is Driver.CONTENT_HOURS:
            return self.drivers.content_hours
        return NONE if driver is Driver.NONE else self.drivers.headcount

    def fields(self) -> Iterator[tuple[str, Estimate]]:
        """Yield every estimate under the name of the field that holds it, in a fixed order."""
        yield "driver/headcount", self.drivers.headcount
        yield "driver/content_hours", self.drivers.content_hours
        yield "driver/adoption_ceiling", self.drivers.adoption.ceiling
        yield "driver/adoption_tempo", self.drivers.adoption.tempo
        for cost in self.costs:
            for name in ("quantity", "price", "spread"):
                yield f"cost/{cost.key}/{name}", getattr(cost, name)
        for benefit in self.benefits:
            yield from _benefit_inputs(benefit)
        for item in self.roadmap.items:
            yield f"item/{item.key}/duration", item.duration_days


def _is_factor(name: str) -> bool:
    return not name.endswith(("/duration", "/adoption_ceiling", "/adoption_tempo"))


def _benefit_inputs(benefit: BenefitLine) -> Iterator[tuple[str, Estimate]]:
    for name in sorted(benefit.inputs):
        yield f"benefit/{benefit.key}/inputs/{name}", benefit.inputs[name]
    for name in ("isolation", "confidence_factor", "spread"):
        yield f"benefit/{benefit.key}/{name}", getattr(benefit, name)
    if benefit.adoption is not None:
        yield f"benefit/{benefit.key}/adoption_ceiling", benefit.adoption.ceiling
        yield f"benefit/{benefit.key}/adoption_tempo", benefit.adoption.tempo
