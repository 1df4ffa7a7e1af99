"""One row of the inputs: an estimate, what each scenario takes of it, and the number in use.

The formulas are those of the platform's calculation: the mean, the middle (mode, or median where there is no mode),
and the 10th and 90th percentile of each shape.
"""

from __future__ import annotations

from dataclasses import dataclass

from mycelia.business_case.calc.estimates import expected, most_likely, percentile
from mycelia.business_case.exports.workbook.terms import Term
from mycelia.business_case.types import Estimate, Shape

LOW_SHARE, HIGH_SHARE = 0.1, 0.9


@dataclass(frozen=True)
class Cells:
    """Where the parts of an estimate stand; relative addresses within its own row."""

    shape: str
    low: str
    likely: str
    high: str
    values: str


def mean(cells: Cells, estimate: Estimate) -> Term:
    """Return the expected value."""
    c = cells
    parts = {
        Shape.TRIANGULAR: f"({c.low}+{c.likely}+{c.high})/3",
        Shape.PERT: f"({c.low}+4*{c.likely}+{c.high})/6",
        Shape.LOGNORMAL: f"EXP({_mu(c)}+({_sigma(c)})^2/2)",
        Shape.LIST: f"AVERAGE({c.values})",
    }
    return Term(_by_shape(cells, parts), float(expected(estimate)))


def middle(cells: Cells, estimate: Estimate) -> Term:
    """Return the mode, or the median of a lognormal estimate or a list."""
    parts = {Shape.LOGNORMAL: f"SQRT({cells.low}*{cells.high})", Shape.LIST: f"MEDIAN({cells.values})"}
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
        Shape.LIST: f"SMALL({c.values},MIN(INT({share}*COUNT({c.values}))+1,COUNT({c.values})))",
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
