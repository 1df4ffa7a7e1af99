"""The amount of every line in every column, for one option in one scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from functools import lru_cache

import numpy as np

from mycelia.business_case.calc.compiled import Compiled, Line, Pattern, Track, compiled
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.calc.scenarios import scenario_values
from mycelia.business_case.calc.soundness import require_sound
from mycelia.business_case.calc.timeline import MONTHS
from mycelia.business_case.calc.weights import Weights, finish_columns
from mycelia.business_case.types import Basis, BenefitLine, CaseModel, CostLine, LineFlow, OptionFlows, Scenario

MILLIONTH = Decimal("0.000001")
LARGEST_EXACT = 2.0**53


def line_flows(
    model: CaseModel,
    option: str,
    scenario: Scenario = Scenario.EXPECTED,
    *,
    is_checked: bool = False,
    beside: OptionFlows | None = None,
) -> OptionFlows:
    """Return what every line of an option, its own and the shared ones, comes to in each column.

    Each month is rounded to 6 places in such a way that the months of a year add up to the year's sum, rounded half
    to even. Entered amounts are computed in exact decimals, all others in floating point.

    Args:
        is_checked: Whether the model was found sound already; it is not looked at again then.
        beside: Flows of another option of this model in this scenario, with the same work: all there is to compute
            of an option that has no line of its own.

    Raises:
        UnsoundModel: Something in the model makes it impossible to compute.
    """
    if not is_checked:
        require_sound(model, option)
    owners = {*(line.option for line in model.costs), *(line.option for line in model.benefits)}
    if beside is not None and option not in owners:
        costs, benefits = _shared(model.costs, beside.costs), _shared(model.benefits, beside.benefits)
        return OptionFlows(option, costs, benefits, beside.columns)
    case = compiled(model, option)
    exact = scenario_values(case, scenario)
    flows = _flows(case, exact)
    count = sum(line.is_cost for line in case.lines)
    return OptionFlows(option, flows[:count], flows[count:], case.columns)


def _shared(lines: Sequence[CostLine | BenefitLine], flows: Sequence[LineFlow]) -> tuple[LineFlow, ...]:
    """Return the flows of the lines that all options share."""
    shared = {line.key for line in lines if line.option is None}
    return tuple(flow for flow in flows if flow.key in shared)


def _flows(case: Compiled, exact: Mapping[str, Decimal]) -> tuple[LineFlow, ...]:
    values = {name: float(value) for name, value in exact.items()}
    weights = Weights(case, finish_columns(case, values), values)
    known: dict[Track, Floats] = {}
    chosen: list[CostLine | BenefitLine] = [*case.model.costs, *case.model.benefits]
    written = [line for line in chosen if line.option in (None, case.option)]
    flows = []
    for line, source in zip(case.lines, written, strict=True):
        if source.basis is Basis.AMOUNTS:
            amounts = _entered(line, source, exact, case.columns)
        else:
            if line.track not in known:
                known[line.track] = weights.of(line.track)[:, 0]
            amounts = _computed(line, known[line.track], values)
        flows.append(LineFlow(line.key, amounts, line.is_counted))
    return tuple(flows)


def _computed(line: Line, running: Floats, values: Mapping[str, float]) -> tuple[Decimal, ...]:
    coefficient = line.constant * float(np.prod([values[name] for name in line.factors]))
    return _rounded((coefficient * line.base * running).tobytes())


def _entered(
    line: Line, source: CostLine | BenefitLine, exact: Mapping[str, Decimal], columns: int
) -> tuple[Decimal, ...]:
    assert line.track.pattern is Pattern.ALWAYS
    risk = 1 + source.risk_adjustment if line.is_cost else 1 - source.risk_adjustment
    with localcontext(PRECISE):
        for name in line.factors:
            risk *= exact[name]
        amounts = [amount * risk for amount in source.amounts]
        amounts += [Decimal(0)] * (columns - len(amounts))
        months = [amounts[1 + month // MONTHS] / MONTHS for month in range(columns - 1)]
        return _by_year_exactly([amounts[0], *months])


@lru_cache(maxsize=1024)
def _rounded(floats: bytes) -> tuple[Decimal, ...]:
    """Return the amounts in millionths, so that each year's months add up to its rounded sum.

    Kept by what they are made from, because an edit changes few lines of a case.
    """
    amounts = np.frombuffer(floats)
    years = np.zeros((-(-(len(amounts) - 1) // MONTHS), MONTHS))
    years.flat[: len(amounts) - 1] = amounts[1:]
    owed = np.cumsum(years, axis=1) / float(MILLIONTH)
    if owed.max() > LARGEST_EXACT:
        return _by_year_exactly([Decimal(repr(amount)) for amount in amounts.tolist()])
    steps = np.diff(np.rint(owed), axis=1, prepend=0).flat[: len(amounts) - 1]
    millionths = [np.rint(amounts[0] / float(MILLIONTH)), *steps.tolist()]
    made = {each: Decimal(int(each)) * MILLIONTH for each in set(millionths)}
    return tuple(made[each] for each in millionths)


def _by_year_exactly(amounts: list[Decimal]) -> tuple[Decimal, ...]:
    rounded = [amounts[0].quantize(MILLIONTH)]
    with localcontext(PRECISE):
        for month, amount in enumerate(amounts[1:]):
            if month % MONTHS == 0:
                owed = given = Decimal(0)
            owed += amount
            step = owed.quantize(MILLIONTH) - given
            given += step
            rounded.append(step)
    return tuple(rounded)
