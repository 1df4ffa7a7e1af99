"""Headline figures as they are read, each with how it was derived."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.credit import benefits_of_ratio, convention_of, label_of, note_on
from mycelia.business_case.pages.derived import Derivation, Figure
from mycelia.business_case.types import CaseFigures, CaseSheet, Discounting

PRESENT_VALUES = {
    Discounting.YEAR_END: _lazy(
        "A year's present value is its amount ÷ (1 + rate) to the power of the year; the start counts as it is."
    ),
    Discounting.MID_MONTH: _lazy(
        "A month's present value is its amount ÷ (1 + rate) to the power of the years up to its middle; the start "
        "counts as it is."
    ),
}


def headline_figures(sheet: CaseSheet) -> tuple[Figure, ...]:
    """Return the five figures that a case is judged by first."""
    return (_npv(sheet), _roi_discounted(sheet), _roi_programme(sheet), _bcr_discounted(sheet), _payback_simple(sheet))


def further_figures(sheet: CaseSheet) -> tuple[Figure, ...]:
    """Return the figures that answer the next questions."""
    return (
        _bcr_undiscounted(sheet),
        _payback_discounted(sheet),
        _internal_rates(sheet),
        _modified_internal_rate(sheet),
        _break_even_benefits(sheet),
        _break_even_costs(sheet),
    )


def _money(sheet: CaseSheet, value: Decimal) -> str:
    return formats.money(value, sheet.currency)


def _present_values(sheet: CaseSheet) -> tuple[tuple[str, str], ...]:
    figures = sheet.figures
    return (
        (_("Present value of benefits"), _money(sheet, figures.pv_benefits)),
        (_("Present value of costs"), _money(sheet, figures.pv_costs)),
    )


def _npv(sheet: CaseSheet) -> Figure:
    discounting = str(PRESENT_VALUES[sheet.model.discounting])
    rate = (
        (_("Discount rate a year"), formats.rate(sheet.rate_per_year)),
        (_("Source of the discount rate"), sheet.model.rate_source or _("no source stated")),
    )
    inputs = (*_present_values(sheet), *_tax(sheet), *rate)
    formula = _("present value of benefits − present value of costs")
    if sheet.model.tax_rate is not None:
        formula = _("present value of benefits − present value of costs − present value of tax")
    return Figure(
        "npv",
        _("Net present value"),
        _("at %(rate)s a year") % {"rate": formats.rate(sheet.rate_per_year)},
        _money(sheet, sheet.figures.npv),
        Derivation(formula, inputs, discounting),
    )


def _tax(sheet: CaseSheet) -> tuple[tuple[str, str], ...]:
    """Return the rate of tax and what it comes to; nothing where the case leaves tax out."""
    if sheet.model.tax_rate is None:
        return ()
    tax = (_("Present value of tax"), _money(sheet, sheet.figures.pv_tax))
    source = (_("Source of the tax"), sheet.model.tax_source or _("no source stated"))
    return (tax, (_("Tax, share of the net flow"), formats.rate(sheet.model.tax_rate)), source)


def _roi_discounted(sheet: CaseSheet) -> Figure:
    figures = sheet.figures
    inputs = (
        (_("Net present value"), _money(sheet, figures.npv)),
        (_("Present value of costs"), _money(sheet, figures.pv_costs)),
    )
    note = _("The multi-year convention of Total Economic Impact studies: the whole horizon, discounted.")
    return Figure(
        "roi-discounted",
        _("Return on investment"),
        _("discounted (TEI)"),
        _share(figures.roi_discounted),
        Derivation(_("net present value ÷ present value of costs"), inputs, note),
    )


def _roi_programme(sheet: CaseSheet) -> Figure:
    note = _("The programme convention of the Phillips method: benefits and costs as they are, not discounted.")
    return Figure(
        "roi-programme",
        _("Return on investment"),
        convention_of(sheet, sheet.figures.programme_benefits, _("undiscounted (Phillips)")),
        _share(sheet.figures.roi_programme),
        _credited(sheet, sheet.figures.programme_benefits, _("(benefits − costs) ÷ costs"), note),
    )


def _credited(sheet: CaseSheet, benefits: Decimal, formula: str, note: str) -> Derivation:
    """Return how a figure comes about that counts what a programme is credited with."""
    inputs = (
        (label_of(sheet, benefits), _money(sheet, benefits)),
        (_("Costs"), _money(sheet, sheet.figures.total_costs)),
    )
    return Derivation(formula, inputs, note_on(sheet, benefits) or note)


def _bcr_discounted(sheet: CaseSheet) -> Figure:
    return Figure(
        "bcr-discounted",
        _("Benefit-cost ratio"),
        _("discounted"),
        _ratio(sheet.figures.bcr_discounted),
        Derivation(_("present value of benefits ÷ present value of costs"), _present_values(sheet)),
    )


def _bcr_undiscounted(sheet: CaseSheet) -> Figure:
    benefits = benefits_of_ratio(sheet)
    return Figure(
        "bcr-undiscounted",
        _("Benefit-cost ratio"),
        convention_of(sheet, benefits, _("undiscounted")),
        _ratio(sheet.figures.bcr_undiscounted),
        _credited(sheet, benefits, _("benefits ÷ costs"), ""),
    )


def _payback_simple(sheet: CaseSheet) -> Figure:
    return _payback(sheet, "payback-simple", _("undiscounted"), sheet.figures.payback_simple_months)


def _payback_discounted(sheet: CaseSheet) -> Figure:
    return _payback(sheet, "payback-discounted", _("discounted"), sheet.figures.payback_discounted_months)


def _payback(sheet: CaseSheet, key: str, convention: str, months: Decimal | None) -> Figure:
    never = _("not within %(years)s") % {"years": formats.years(sheet.horizon_months)}
    value = payback_in_words(sheet.figures, months) or never
    inputs = tuple((formats.year_name(year), _money(sheet, net)) for year, net in enumerate(sheet.flows.net))
    note = _("Counted from the start, spread evenly within each year; the sum stays repaid from then on.")
    return Figure(
        key,
        _("Payback"),
        convention,
        value,
        Derivation(_("month in which the cumulative net benefit reaches 0 for good"), inputs, note),
    )


def payback_in_words(figures: CaseFigures, months: Decimal | None) -> str:
    """Return a payback as it is read, that there is none to come where nothing is spent; empty where it never comes."""
    if not figures.total_costs:
        return _("no costs")
    return "" if months is None else formats.months(months)


def _internal_rates(sheet: CaseSheet) -> Figure:
    rates = sheet.figures.internal_rates
    written = ", ".join(formats.percentage(rate, places=1) for rate in rates)
    several = _("Several rates solve it, because the net flows change sign more than once: none of them is the return.")
    none = _("No rate solves it, because the net flows do not cross from owed to earned.")
    return Figure(
        "irr",
        _("Internal rate of return"),
        _("a year") if len(rates) == 1 else _("not a single rate"),
        written or _("none exists"),
        Derivation(
            _("rate at which the net present value is 0"), (), "" if len(rates) == 1 else several if rates else none
        ),
    )


def _modified_internal_rate(sheet: CaseSheet) -> Figure:
    rate = formats.rate(sheet.rate_per_year)
    value = sheet.figures.modified_internal_rate
    return Figure(
        "mirr",
        _("Modified internal rate of return"),
        _("financed and reinvested at %(rate)s a year") % {"rate": rate},
        _("none exists") if value is None else formats.percentage(value, places=1),
        Derivation(
            _("yearly growth from the present value of all net outflows to the end value of all net inflows"),
            ((_("Finance and reinvestment rate"), rate),),
        ),
    )


def _break_even_benefits(sheet: CaseSheet) -> Figure:
    value = sheet.figures.break_even_benefits
    return Figure(
        "break-even-benefits",
        _("Break-even benefits"),
        _("share of the plan, all else unchanged"),
        _("none exists") if value is None else formats.percentage(value, places=1),
        Derivation(_("present value of costs ÷ present value of benefits"), _present_values(sheet)),
    )


def _break_even_costs(sheet: CaseSheet) -> Figure:
    value = sheet.figures.break_even_costs
    return Figure(
        "break-even-costs",
        _("Break-even costs"),
        _("share of the plan, all else unchanged"),
        _("none exists") if value is None else formats.percentage(value, places=1),
        Derivation(_("present value of benefits ÷ present value of costs"), _present_values(sheet)),
    )


def _share(value: Decimal | None) -> str:
    return _("no costs") if value is None else formats.percentage(value)


def _ratio(value: Decimal | None) -> str:
    return _("no costs") if value is None else formats.ratio(value)
