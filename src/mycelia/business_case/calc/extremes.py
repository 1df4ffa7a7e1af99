"""Listed values of a benefit that lie so far above the others that nothing is computed with them.

Only values that are too high are left out. A low one lowers the benefit, so leaving it out would not be the more
conservative choice; and a person who gained nothing is a measurement, not an error.

References:
    J. J. Phillips and P. P. Phillips, guiding principles of the ROI Methodology 4 (the most conservative
    alternative) and 8 (no extreme data items). J. W. Tukey (1977), Exploratory Data Analysis: values beyond three
    interquartile ranges are far out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from statistics import median

from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.types import CaseModel, Estimate, Shape

FEWEST_VALUES = 5
"""Of fewer values none can be told to be extreme."""
FAR_OUT = 3
MEDIANS = 10
"""Where half of the values are all the same, so that they have no spread, so many medians are too high."""
ROUNDING = Decimal(1) + Decimal("1e-9")
"""A value that is at the limit but for rounding is not beyond it."""


def counted_inputs(model: CaseModel) -> Iterator[tuple[str, Estimate]]:
    """Yield every estimate under its name as it is computed with."""
    of_benefits = inputs_of_benefits(model)
    for name, estimate in model.inputs():
        yield name, without_extremes(estimate) if name in of_benefits else estimate


def inputs_of_benefits(model: CaseModel) -> frozenset[str]:
    """Return the names of the inputs whose extreme values are left out: those that any benefit is computed with.

    A named input is one number wherever it is used, so what a benefit leaves out of it, costs leave out too.
    """
    return frozenset(name for field, name in model.input_names().items() if field.startswith("benefit/"))


def without_extremes(estimate: Estimate) -> Estimate:
    """Return an estimate of a benefit as it is computed with: a list without its extreme values.

    Example:
        >>> without_extremes(Estimate(Shape.LIST, values=tuple(map(Decimal, (3, 4, 4, 5, 6, 60))))).values[-1]
        Decimal('6')
    """
    extremes = extreme_values(estimate)
    if not extremes:
        return estimate
    return replace(estimate, values=tuple(value for value in estimate.values if value not in extremes))


def extreme_values(estimate: Estimate) -> tuple[Decimal, ...]:
    """Return the listed values that are too far above the others to be used.

    Example:
        >>> extreme_values(Estimate(Shape.LIST, values=tuple(map(Decimal, (3, 4, 4, 5, 6, 60)))))
        (Decimal('60'),)
    """
    limit = limit_of(estimate.values) if estimate.shape is Shape.LIST else None
    return () if limit is None else tuple(value for value in estimate.values if value > limit)


def limit_of(values: Sequence[Decimal]) -> Decimal | None:
    """Return the value above which listed ones are extreme; None where there is no telling."""
    if len(values) < FEWEST_VALUES:
        return None
    with localcontext(PRECISE):
        ordered = sorted(values)
        lower, upper = _quartile(ordered, 1), _quartile(ordered, 3)
        limit = upper + FAR_OUT * (upper - lower) if upper > lower else MEDIANS * median(ordered)
        return limit * ROUNDING if limit else None


def _quartile(ordered: list[Decimal], number: int) -> Decimal:
    """Return a quartile, interpolated between the values on both sides (as QUARTILE in spreadsheets)."""
    below, quarters = divmod((len(ordered) - 1) * number, 4)
    return ordered[below] + (ordered[min(below + 1, len(ordered) - 1)] - ordered[below]) * quarters / 4
