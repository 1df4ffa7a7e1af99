"""The net present value with one input moved and all others at their means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from mycelia.business_case.calc.compiled import Compiled
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.extremes import counted_inputs
from mycelia.business_case.calc.quantiles import percentile
from mycelia.business_case.calc.worth import npv_of
from mycelia.business_case.types import Estimate

LOW, HIGH = 0.1, 0.9


def used_inputs(case: Compiled) -> dict[str, Estimate]:
    """Return the inputs that the option's figures or dates depend on, in the order of the model."""
    counted = [line for line in case.lines if line.is_counted]
    used = {name for line in counted for name in line.factors}
    used |= {line.track.curve.tempo for line in counted if line.track.curve is not None}
    used |= {
        name
        for name, task in zip(case.duration_names(), case.network.tasks, strict=True)
        if task.end is None and not task.item.is_milestone
    }
    return {name: estimate for name, estimate in counted_inputs(case.model) if name in used}


def deciles(estimate: Estimate) -> tuple[float, float]:
    """Return the 10th and the 90th percentile."""
    return percentile(estimate, LOW), percentile(estimate, HIGH)


def npv_with(case: Compiled, trials: Mapping[str, Sequence[float] | Floats]) -> dict[str, Floats]:
    """Return the net present value with each input at each of its trial values, all others at their means.

    Args:
        case: The option.
        trials: For each input moved, the values to try.

    Returns:
        For each input, shape (trials,).
    """
    means = case.means
    total = sum(len(tried) for tried in trials.values())
    values: dict[str, float | Floats] = dict(means)
    place, places = 0, {}
    for name, tried in trials.items():
        column = np.full(total, means[name])
        column[place : place + len(tried)] = tried
        values[name] = column
        places[name] = slice(place, place + len(tried))
        place += len(tried)
    results = np.broadcast_to(npv_of(case, values), (total,))
    return {name: results[where] for name, where in places.items()}


def swings_of(case: Compiled) -> tuple[tuple[str, float, float], ...]:
    """Return for each uncertain input its name and the net present value at its 10th and its 90th percentile."""
    trials = {name: deciles(each) for name, each in used_inputs(case).items() if each.is_uncertain}
    return tuple((name, float(low), float(high)) for name, (low, high) in npv_with(case, trials).items())
