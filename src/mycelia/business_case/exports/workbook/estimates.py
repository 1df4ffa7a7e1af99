"""One row of the inputs: an estimate, what each scenario takes of it, and the number in use.

The formulas are those of the platform's calculation: the mean, the middle (mode, or median where there is no mode),
and the 10th and 90th percentile of each shape.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mycelia.business_case.calc.estimates import expected, most_likely
from mycelia.business_case.calc.extremes import FAR_OUT, FEWEST_VALUES, MEDIANS, ROUNDING, limit_of
from mycelia.business_case.calc.quantiles import percentile
from mycelia.business_case.exports.workbook.terms import Term
from mycelia.business_case.types import Estimate, Shape

LOW_SHARE, HIGH_SHARE = 0.1, 0.9


@dataclass(frozen=True)
class Cells:
    """Where the parts of an estimate stand; relative addresses within its own row.

    Attributes:
        highest: The highest value of a list that counts.
    """

    shape: str
    low: str
    likely: str
    high: str
    values: str
    highest: str

    @property
    def count(self) -> str:
        """Return how many values of a list count, the lowest so many of them."""
        return f"SUMPRODUCT(ISNUMBER({self.values})*({self.values}<={self.highest}))"


def highest(cells: Cells, estimate: Estimate, *, drops_extremes: bool) -> Term:
    """Return the highest value of a list that counts; of any other shape nothing.

    Args:
        drops_extremes: Whether values far above the others are left out, as the platform does with a benefit's.
    """
    v = cells.values
    limit = limit_of(estimate.values) if drops_extremes and estimate.shape is Shape.LIST else None
    value = max(estimate.values, default=Decimal(0)) if limit is None else limit
    text = _limit(v) if drops_extremes else f"MAX({v})"
    return Term(f'IF({cells.shape}="{Shape.LIST}",{text},0)', float(value) if estimate.shape is Shape.LIST else 0.0)


def _limit(values: str) -> str:
    """Return the rule of `calc.extremes` as a formula; where there is no telling, all values count."""
    lower, upper = (f"QUARTILE({values},{number})" for number in (1, 3))
    alike = f"IF(MEDIAN({values})>0,{MEDIANS}*MEDIAN({values}),MAX({values}))"
    spread = f"IF({upper}>{lower},{upper}+{FAR_OUT}*({upper}-{lower}),{alike})"
    return f"IF(COUNT({values})<{FEWEST_VALUES},MAX({values}),{spread}*{ROUNDING})"


def mean(cells: Cells, estimate: Estimate) -> Term:
    """Return the expected value."""
    c = cells
    parts = {
        Shape.TRIANGULAR: f"({c.low}+{c.likely}+{c.high})/3",
        Shape.PERT: f"({c.low}+4*{c.likely}+{c.high})/6",
        Shape.LOGNORMAL: f"EXP({_mu(c)}+({_sigma(c)})^2/2)",
        Shape.LIST: f"SUMPRODUCT(({c.values}<={c.highest})*{c.values})/{c.count}",
    }
    return Term(_by_shape(cells, parts), float(expected(estimate)))


def middle(cells: Cells, estimate: Estimate) -> Term:
    """Return the mode, or the median of a lognormal estimate or a list."""
    c = cells
    halves = "+".join(f"SMALL({c.values},INT(({c.count}+{place})/2))" for place in (1, 2))
    parts = {Shape.LOGNORMAL: f"SQRT({c.low}*{c.high})", Shape.LIST: f"({halves})/2"}
    return Term(_by_shape(cells, parts), float(most_likely(estimate)))


def low_end(cells: Cells, estimate: Estimate) -> Term:
    """Return the 10th percentile."""
    return Term(_percentile(cells, "0.1", cells.low), percentile(estimate, LOW_SHARE))


def high_end(cells: Cells, estimate: Estimate) -> Term:
    """Return the 90th percentile."""
    return Term(_percentile(cells, "0.9", cells.high), percentile(estimate, HIGH_SHARE))


def candidates(estimate: Estimate) -> tuple[float, float, float, float]:
    """Return the mean, the middle, the 10th and the 90th percentile."""
    ends = percentile(estimate, LOW_SHARE), percentile(estimate, HIGH_SHARE)
    return (float(expected(estimate)), float(most_likely(estimate)), *ends)


def _by_shape(cells: Cells, parts: dict[Shape, str]) -> str:
    """Return nested conditions on the shape; what is not among them is the likely value."""
    text = cells.likely
    for shape, formula in reversed(parts.items()):
        text = f'IF({cells.shape}="{shape}",{formula},{text})'
    return text


def _percentile(c: Cells, share: str, end: str) -> str:
    parts = {
        Shape.TRIANGULAR: f"IF({c.high}={c.low},{c.low},{_triangular(c, share)})",
        Shape.PERT: f"IF({c.high}={c.low},{c.low},{_pert(c, share)})",
        Shape.LOGNORMAL: end,
        Shape.LIST: f"SMALL({c.values},MIN(INT({share}*{c.count})+1,{c.count}))",
    }
    return _by_shape(c, parts)


def _triangular(c: Cells, p: str) -> str:
    width, left, right = f"({c.high}-{c.low})", f"({c.likely}-{c.low})", f"({c.high}-{c.likely})"
    lower = f"{c.low}+SQRT({p}*{width}*{left})"
    upper = f"{c.high}-SQRT((1-{p})*{width}*{right})"
    return f"IF({p}<={left}/{width},{lower},{upper})"


def _pert(c: Cells, p: str) -> str:
    width = f"({c.high}-{c.low})"
    alpha, beta = f"1+4*({c.likely}-{c.low})/{width}", f"1+4*({c.high}-{c.likely})/{width}"
    return f"BETAINV({p},{alpha},{beta},{c.low},{c.high})"


def _mu(c: Cells) -> str:
    return f"(LN({c.low})+LN({c.high}))/2"


def _sigma(c: Cells) -> str:
    return f"(LN({c.high})-LN({c.low}))/2/NORMSINV(0.9)"
