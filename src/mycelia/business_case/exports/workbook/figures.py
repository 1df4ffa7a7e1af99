"""The figures of an option as formulas, each with the convention it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mycelia.business_case.calc.timeline import MONTHS
from mycelia.business_case.exports.workbook.inputs import Inputs
from mycelia.business_case.exports.workbook.options import OptionRows
from mycelia.business_case.exports.workbook.pen import Row
from mycelia.business_case.exports.workbook.terms import Area, Term, choice, element, lift, total
from mycelia.business_case.types import CaseFigures


@dataclass(frozen=True)
class YearBlock:
    """The years of one option on the sheet of outputs, as ranges from the initial column on.

    Attributes:
        row: Row of the block's heads; costs, benefits, net and cumulative net follow below.
        changes: How often the net flow, and what it adds up to, change sign.
    """

    name: str
    row: int
    sheet: str
    costs: Area
    benefits: Area
    net: Area
    balance: Area
    changes: tuple[Term, Term]

    @property
    def net_abroad(self) -> Area:
        """Return the net flows as another sheet names them."""
        return Area(f"{self.sheet}!{self.net.text}", self.net.values)


@dataclass(frozen=True)
class Worked:
    """One option as its figures see it: its rows, its years, and the figures already written above.

    Attributes:
        platform: The platform's figures of the scenario; where a search for a rate begins.
    """

    rows: OptionRows
    inputs: Inputs
    years: YearBlock
    platform: CaseFigures
    horizon_months: int
    above: dict[str, Term]


@dataclass(frozen=True)
class Shown:
    """A figure of the outputs: its stable key, what it is called, and how it is written.

    Attributes:
        words: What stands there when the figure does not exist, that is when `exists` is 0.
    """

    key: str
    label: str
    convention: str
    style: str
    cell: Callable[[Worked], Term]
    exists: Callable[[Worked], Term] | None = None
    words: str = ""


def figures_shown() -> Iterator[Shown]:
    """Yield every figure in the order it is written; a later one may use an earlier."""
    yield Shown("total_costs", _("Costs"), _("undiscounted"), "cents", lambda w: total(w.rows.costs.abroad))
    yield Shown("total_benefits", _("Benefits"), _("undiscounted"), "cents", lambda w: total(w.rows.benefits.abroad))
    yield Shown("pv_costs", _("Present value of costs"), "", "cents", lambda w: total(w.rows.present_costs.abroad))
    yield Shown(
        "pv_benefits", _("Present value of benefits"), "", "cents", lambda w: total(w.rows.present_benefits.abroad)
    )
    yield Shown("total_tax", _("Tax"), _("undiscounted"), "cents", lambda w: _taxed(w, "total_benefits", "total_costs"))
    yield Shown("pv_tax", _("Present value of tax"), "", "cents", lambda w: _taxed(w, "pv_benefits", "pv_costs"))
    yield Shown(
        "npv",
        _("Net present value"),
        _("after tax"),
        "cents",
        lambda w: w.above["pv_benefits"] - w.above["pv_costs"] - w.above["pv_tax"],
    )
    yield from _ratios()
    yield _payback("payback_simple_months", _("undiscounted"), lambda w: (w.rows.owed, w.rows.balance, w.rows.net))
    yield _payback(
        "payback_discounted_months",
        _("discounted"),
        lambda w: (w.rows.present_owed, w.rows.present_balance, w.rows.present_net),
    )
    yield from _rates()
    yield from _break_evens()


def _ratios() -> Iterator[Shown]:
    none, discounted = _("no costs"), _("discounted")
    yield Shown(
        "roi_discounted",
        _("Return on investment"),
        _("discounted (TEI)"),
        "share",
        lambda w: w.above["npv"] / w.above["pv_costs"],
        lambda w: w.above["pv_costs"].above(0),
        none,
    )
    yield Shown(
        "programme_benefits",
        _("Benefits that the programme is credited with"),
        _("Phillips"),
        "cents",
        lambda w: choice(
            w.inputs.terms["first_year_only"].equals(1),
            _first_year(w),
            w.above["total_benefits"],
        ),
    )
    yield Shown(
        "roi_programme",
        _("Return on investment"),
        _("undiscounted (Phillips)"),
        "share",
        lambda w: (w.above["programme_benefits"] - w.above["total_costs"]) / w.above["total_costs"],
        lambda w: w.above["total_costs"].above(0),
        none,
    )
    yield Shown(
        "bcr_discounted",
        _("Benefit-cost ratio"),
        discounted,
        "ratio",
        lambda w: w.above["pv_benefits"] / w.above["pv_costs"],
        lambda w: w.above["pv_costs"].above(0),
        none,
    )
    yield Shown(
        "bcr_undiscounted",
        _("Benefit-cost ratio"),
        _("undiscounted"),
        "ratio",
        lambda w: w.above["programme_benefits"] / w.above["total_costs"],
        lambda w: w.above["total_costs"].above(0),
        none,
    )


def _first_year(worked: Worked) -> Term:
    """Return the benefits at the start and in twelve months from the first of them on."""
    months, benefits = worked.rows.months_of_benefits.abroad, worked.rows.benefits.abroad
    pairs = zip(months.values, benefits.values, strict=True)
    value = sum((amount or 0.0) for month, amount in pairs if (month or 0.0) <= MONTHS)
    return Term(f'SUMIF({months.text},"<={MONTHS}",{benefits.text})', value)


def _payback(key: str, convention: str, rows_of: Callable[[Worked], tuple[Row, Row, Row]]) -> Shown:
    """Return the month from which nothing is owed any more, interpolated within it."""

    def last_owed(worked: Worked) -> Term:
        owed = rows_of(worked)[0].abroad
        return Term(f"MAX({owed.text})", max(owed.numbers))

    def months(worked: Worked) -> Term:
        last, (_owed, balance, net) = last_owed(worked), rows_of(worked)
        if 0 <= last.value < len(net.cells) - 1:
            back = element(balance.abroad, last + 1) / element(net.abroad, last + 2)
        else:
            back = Term(f"INDEX({balance.abroad.text},{last.text}+1)/INDEX({net.abroad.text},{last.text}+2)", 0.0, 3)
        return choice(lift(0).above(last), 0, last - back)

    def is_reached(worked: Worked) -> Term:
        return lift(len(worked.rows.net.cells) - 1).above(last_owed(worked))

    return Shown(key, _("Payback, in months"), convention, "months", months, is_reached, _("not within the case"))


def _taxed(worked: Worked, benefits: str, costs: str) -> Term:
    return (worked.above[benefits] - worked.above[costs]) * worked.inputs.terms["tax_rate"]


def _break_evens() -> Iterator[Shown]:
    words, all_else = _("none exists"), _("share of the plan, all else unchanged")
    yield Shown(
        "break_even_benefits",
        _("Break-even benefits"),
        all_else,
        "share",
        lambda w: w.above["pv_costs"] / w.above["pv_benefits"],
        lambda w: w.above["pv_benefits"].above(0),
        words,
    )
    yield Shown(
        "break_even_costs",
        _("Break-even costs"),
        all_else,
        "share",
        lambda w: w.above["pv_benefits"] / w.above["pv_costs"],
        lambda w: w.above["pv_costs"].above(0),
        words,
    )


def _rates() -> Iterator[Shown]:
    yield Shown(
        "internal_rate",
        _("Internal rate of return"),
        _("a year"),
        "share",
        _internal_rate,
        _has_one_rate,
        _("none, or not a single one: the platform lists them"),
    )
    yield Shown(
        "modified_internal_rate",
        _("Modified internal rate of return"),
        _("financed and reinvested at the discount rate"),
        "share",
        _modified_rate,
        lambda w: _has_both_signs(w),
        _("none exists"),
    )


LEAST_GUESS = -0.9999
"""Below it programs find no rate from a guess."""


def _internal_rate(worked: Worked) -> Term:
    """Return IRR of the years, or of half months turned into a yearly rate; the search begins at the platform's own."""
    known = [float(rate) for rate in worked.platform.internal_rates]
    value = next((rate for rate in known if rate > 0), known[-1] if known else 0.0)
    near = round(value, 6) if value > LEAST_GUESS else 0.1
    by_year = f"IRR({worked.years.net_abroad.text},{near})"
    by_half_month = f"(1+IRR({worked.rows.half_months.abroad.text},{(1 + near) ** (1 / 24) - 1:.9f}))^24-1"
    searched = f"IF({worked.inputs.terms['mid_month'].text}=1,{by_half_month},{by_year})"
    words = _("not found by this program: the platform lists it").replace('"', '""')
    return Term(f'IFERROR({searched},"{words}")', value)


def _has_one_rate(worked: Worked) -> Term:
    """Return 1 where the net flows, or what they add up to, change sign once: then one rate above zero exists."""
    by_year, by_month = worked.years.changes, worked.rows.changes
    months, years = (_any_is_one(counts) for counts in (by_month, by_year))
    return choice(worked.inputs.terms["mid_month"].equals(1), months, years)


def _any_is_one(counts: tuple[Term, Term]) -> Term:
    first, second = (count.equals(1) for count in counts)
    return first + second - first * second


def _modified_rate(worked: Worked) -> Term:
    """Return MIRR of the years; at mid-month, the growth from what is put in to what comes out at the end."""
    rate, net, horizon = worked.inputs.terms["rate_per_year"], worked.years.net_abroad, worked.horizon_months
    present = worked.rows.present_net.abroad
    invested, returned = f'-SUMIF({present.text},"<0")', f'SUMIF({present.text},">0")*(1+{rate.text})^({horizon}/12)'
    by_month = f"(({returned})/({invested}))^(12/{horizon})-1"
    text = f"IF({worked.inputs.terms['mid_month'].text}=1,{by_month},MIRR({net.text},{rate.text},{rate.text}))"
    known = worked.platform.modified_internal_rate
    return Term(text, 0.0 if known is None else float(known))


def _has_both_signs(worked: Worked) -> Term:
    """Return 1 where something is put in and something comes out, by year or by month as it is discounted."""
    months, years = _both_signs(worked.rows.net.abroad), _both_signs(worked.years.net_abroad)
    return choice(worked.inputs.terms["mid_month"].equals(1), months, years)


def _both_signs(area: Area) -> Term:
    return Term(f"AND(MIN({area.text})<0,MAX({area.text})>0)", float(min(area.numbers) < 0 < max(area.numbers)))
