"""Which number of each estimate a deterministic calculation takes."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from mycelia.business_case.calc.compiled import Compiled
from mycelia.business_case.calc.estimates import expected, most_likely
from mycelia.business_case.calc.extremes import counted_inputs
from mycelia.business_case.calc.one_at_a_time import deciles, swings_of
from mycelia.business_case.types import Scenario


def scenario_values(case: Compiled, scenario: Scenario) -> Mapping[str, Decimal]:
    """Return the value of every input in a scenario.

    In PESSIMISTIC and OPTIMISTIC an input stands at that of its 10th and 90th percentile at which the net present
    value, all others at their means, is lower or higher; one that makes no difference stands at its mean.
    """
    inputs = dict(counted_inputs(case.model))
    if scenario is Scenario.LIKELY:
        return {name: most_likely(estimate) for name, estimate in inputs.items()}
    values = {name: expected(estimate) for name, estimate in inputs.items()}
    if scenario is Scenario.EXPECTED:
        return values
    is_low_better = {name: at_low > at_high for name, at_low, at_high in swings_of(case) if at_low != at_high}
    for name, low_is_better in is_low_better.items():
        takes_low = low_is_better == (scenario is Scenario.OPTIMISTIC)
        values[name] = Decimal(repr(deciles(inputs[name])[0 if takes_low else 1]))
    return values
