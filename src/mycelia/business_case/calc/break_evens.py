"""What would have to be true: the value of each input at which the net present value is zero."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from mycelia.business_case.calc.builders import BUILDERS
from mycelia.business_case.calc.compiled import Compiled, compiled
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.labels import labels_of
from mycelia.business_case.calc.one_at_a_time import npv_with, used_inputs
from mycelia.business_case.calc.soundness import require_sound
from mycelia.business_case.types import ONE, Basis, BreakEven, CaseModel, Estimate, InputKind

TRIALS = 65
ROUNDS = 5
SLOWEST, QUICKEST = 0.01, 10.0
LONGEST_DAYS = 3650.0


def break_evens(model: CaseModel, option: str) -> tuple[BreakEven, ...]:
    """Return for each input that matters its break-even value, those nearest to what is expected first.

    Money, counts and shares are factors, so their value follows exactly. How tempo and durations matter is looked at
    on ever finer grids; of a duration the value is the most days at which the net present value keeps its sign.

    Raises:
        UnsoundModel: Something in the model makes it impossible to compute.
    """
    require_sound(model, option)
    return case_break_evens(compiled(model, option))


def case_break_evens(case: Compiled) -> tuple[BreakEven, ...]:
    """Return the break-even values of an option that is known to be sound."""
    means, labels = case.means, labels_of(case.model)
    asked = _asked(case)
    bent = _bent(case)
    found = _factors(case, [name for name in asked if name not in bent], means)
    found |= _searched(case, {name: means[name] for name in asked if name in bent})
    results = [BreakEven(name, labels[name], means[name], value) for name, value in found.items()]
    return tuple(sorted(results, key=_distance))


def _asked(case: Compiled) -> Mapping[str, Estimate]:
    """Return the used inputs without multipliers that nobody stated; of an entered line the multiplier is the input."""
    entered = {f"cost/{line.key}/spread" for line in case.model.costs if line.basis is Basis.AMOUNTS}
    entered |= {f"benefit/{line.key}/spread" for line in case.model.benefits if line.basis is Basis.AMOUNTS}
    return {name: each for name, each in used_inputs(case).items() if each != ONE or name in entered or _is_input(name)}


def _is_input(name: str) -> bool:
    return "/inputs/" in name or name.endswith(("/price", "/duration")) or name.startswith(("driver/", "input/"))


def _bent(case: Compiled) -> set[str]:
    """Return the inputs that the net present value is not linear in: tempos, durations, and factors that come twice."""
    tempos = {line.track.curve.tempo for line in case.lines if line.track.curve is not None}
    twice = {name for line in case.lines for name, count in Counter(line.factors).items() if count > 1}
    return {*tempos, *twice, *case.duration_names()}


def _is_duration(name: str) -> bool:
    return name.endswith("/duration")


def _factors(case: Compiled, names: list[str], means: Mapping[str, float]) -> dict[str, float | None]:
    """Return where a net present value linear in an input is zero; inputs that make no difference are left out."""
    steps = {name: abs(means[name]) or 1.0 for name in names}
    results = npv_with(case, {name: (0.0, step) for name, step in steps.items()})
    shares = _shares(case)
    found: dict[str, float | None] = {}
    for name, (at_zero, at_step) in results.items():
        if at_zero != at_step:
            value = float(at_zero / (at_zero - at_step)) * steps[name]
            found[name] = value if value >= 0 and (value <= 1 or name not in shares) else None
    return found


def _shares(case: Compiled) -> set[str]:
    """Return the names of the inputs that cannot be above 1."""
    shares = {
        f"benefit/{line.key}/inputs/{each.name}"
        for line in case.model.benefits
        for each in BUILDERS[line.category].inputs
        if each.kind is InputKind.SHARE
    }
    endings = ("/isolation", "/confidence_factor", "/adoption_ceiling")
    shares |= {one.name for one in case.model.named if one.kind is InputKind.SHARE}
    return shares | {name for name, _ in case.model.inputs() if name.endswith(endings)}


def _searched(case: Compiled, means: Mapping[str, float]) -> dict[str, float | None]:
    """Return for each input the zero nearest to its mean; inputs that make no difference are left out."""
    tried = {name: _reach(name, mean) for name, mean in means.items()}
    results = npv_with(case, tried)
    found: dict[str, float | None] = {name: None for name, npv in results.items() if np.ptp(npv) > 0}
    for _ in range(ROUNDS):
        brackets = {name: _nearest_change(tried[name], results[name], means[name]) for name in tried if name in found}
        tried = {name: _within(name, bracket) for name, bracket in brackets.items() if bracket is not None}
        found |= {name: _value(name, tried[name], means[name]) for name in tried}
        results = npv_with(case, tried)
    return found


def _reach(name: str, mean: float) -> Floats:
    """Return the first trials: from next to nothing to ten times as quick, or to ten years of work."""
    if _is_duration(name):
        return np.unique(np.rint(np.append(np.geomspace(0.5, LONGEST_DAYS, TRIALS - 1), mean)))
    around = mean if name.startswith("input/") and mean > 0 else 1.0
    return np.unique(np.append(np.geomspace(SLOWEST * around, QUICKEST * around, TRIALS - 1), mean))


def _within(name: str, bracket: tuple[float, float]) -> Floats:
    trials = np.linspace(*bracket, TRIALS)
    return np.unique(np.rint(trials)) if _is_duration(name) else trials


def _value(name: str, trials: Floats, mean: float) -> float:
    """Return the middle of the trials left; of a duration the one on the side of the mean."""
    low, high = float(trials[0]), float(trials[-1])
    if _is_duration(name):
        return low if low >= mean else high
    return (low + high) / 2


def _nearest_change(tried: Floats, results: Floats, mean: float) -> tuple[float, float] | None:
    """Return the two neighbouring trials nearest to the mean between which the sign changes."""
    changes = np.flatnonzero((results[1:] >= 0) != (results[:-1] >= 0))
    if not len(changes):
        return None
    nearest = changes[np.abs((tried[changes] + tried[changes + 1]) / 2 - mean).argmin()]
    return float(tried[nearest]), float(tried[nearest + 1])


def _distance(found: BreakEven) -> tuple[bool, float]:
    if found.value is None:
        return True, 0.0
    return False, abs(found.value - found.expected) / (abs(found.expected) or 1.0)
