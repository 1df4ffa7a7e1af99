"""What is wrong with the case as a whole: its time, rates, options and drivers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from mycelia.business_case.calc.soundness.numbers import (
    Field,
    Range,
    adoption_problems,
    estimate_problems,
    number_problems,
    rate_problems,
)
from mycelia.business_case.calc.soundness.timing import column_problems
from mycelia.business_case.types import (
    EARLIEST_DAY,
    LATEST_DAY,
    Basis,
    BenefitLine,
    CaseModel,
    CostLine,
    Driver,
    InputKind,
    Problem,
    ProblemKind,
)

LONGEST_MONTHS = 120


def case_problems(model: CaseModel) -> Iterator[Problem]:
    """Yield what is wrong outside lines and roadmap."""
    yield from _time_problems(model)
    for name in ("rate_per_year", "inflation_per_year"):
        yield from rate_problems(Field("case", name), getattr(model, name))
    if model.tax_rate is not None:
        yield from number_problems(Field("case", "tax_rate", Range.SHARE, Decimal("0.99")), model.tax_rate)
    yield from _option_problems(model)
    yield from _driver_problems(model)
    yield from _named_problems(model)
    groups = (("cost", model.costs), ("benefit", model.benefits), ("option", model.options), ("input", model.named))
    for subject, keys in groups:
        yield from duplicate_problems(subject, (each.key for each in keys))  # type: ignore[attr-defined]


def duplicate_problems(subject: str, keys: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each key that stands for more than one record."""
    for key, count in Counter(keys).items():
        if count > 1:
            yield Problem(f"{subject}/{key}", "key", ProblemKind.DUPLICATE_KEY, (key,))


def day_problems(field: Field, day: date | None) -> Iterator[Problem]:
    """Yield whether a day is outside the years a case can be about."""
    if day is not None and not EARLIEST_DAY <= day <= LATEST_DAY:
        yield field.problem(ProblemKind.IMPOSSIBLE_DATE, day)


def _time_problems(model: CaseModel) -> Iterator[Problem]:
    yield from day_problems(Field("case", "start"), model.start)
    if not 1 <= model.horizon_months <= LONGEST_MONTHS:
        yield Problem("case", "horizon_months", ProblemKind.IMPOSSIBLE_HORIZON, (str(model.horizon_months),))
    elif model.start.year + model.horizon_months // 12 + 1 > LATEST_DAY.year:
        yield Problem("case", "start", ProblemKind.IMPOSSIBLE_DATE, (str(model.start),))


def _option_problems(model: CaseModel) -> Iterator[Problem]:
    baselines = [option.key for option in model.options if option.is_baseline]
    if not baselines:
        yield Problem("case", "options", ProblemKind.NO_BASELINE)
    elif len(baselines) > 1:
        yield Problem("case", "options", ProblemKind.SEVERAL_BASELINES, tuple(baselines))


def _named_problems(model: CaseModel) -> Iterator[Problem]:
    for one in model.named:
        within = Range.SHARE if one.kind is InputKind.SHARE else Range.COUNT
        yield from estimate_problems(Field(f"input/{one.key}", "estimate", within), one.estimate)
    names = model.input_names()
    for name, estimate in model.fields():
        if estimate.named and names[name] == name:
            parts = name.split("/")
            place = 1 if parts[0] == "driver" else 2
            subject, field = "/".join(parts[:place]), "/".join(parts[place:])
            yield Problem(subject, field, ProblemKind.UNKNOWN_NAMED_INPUT, (estimate.named,))


def _driver_problems(model: CaseModel) -> Iterator[Problem]:
    drivers = model.drivers
    yield from estimate_problems(Field("driver", "headcount"), drivers.headcount)
    yield from estimate_problems(Field("driver", "content_hours"), drivers.content_hours)
    yield from rate_problems(Field("driver", "headcount_growth_per_year"), drivers.headcount_growth_per_year)
    yield from adoption_problems("driver", "adoption", drivers.adoption)
    if drivers.adoption_milestone is None:
        yield from column_problems(model, Field("driver", "adoption_start"), drivers.adoption_start)
    else:
        yield from _milestone_problems(model, drivers.adoption_milestone)


def _milestone_problems(model: CaseModel, key: str) -> Iterator[Problem]:
    """Yield whether the work item that adoption waits for is absent, or not in an option that follows the adoption."""
    item = next((item for item in model.roadmap.items if item.key == key), None)
    if item is None:
        yield Problem("driver", "adoption_milestone", ProblemKind.UNKNOWN_ITEM, (key,))
    elif item.option is not None:
        costs = (line for line in model.costs if line.driver is Driver.ACTIVE_LEARNERS)
        benefits = (line for line in model.benefits if line.follows_case_adoption)
        following: list[tuple[str, str, CostLine | BenefitLine]] = [(f"cost/{c.key}", "driver", c) for c in costs]
        following += [(f"benefit/{b.key}", "follows_case_adoption", b) for b in benefits]
        for subject, field, line in following:
            if line.basis is Basis.COMPUTED and line.option != item.option:
                yield Problem(subject, field, ProblemKind.ADOPTION_OF_OTHER_OPTION, (key,))
