"""Slides about money: what is asked, the options, the cash flow, and where the costs lie."""

from __future__ import annotations

from itertools import accumulate

from django.utils.translation import gettext as _
from pptx.enum.chart import XL_CHART_TYPE

from mycelia.business_case.exports import findings
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.slides.deck import FIRST_HALF, LOWER, SECOND_HALF, UPPER, WHOLE, Deck
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.figures import further_figures, headline_figures, payback_in_words
from mycelia.business_case.types import OptionSheet

MOST_OPTIONS = 5


def ask(deck: Deck, dossier: Dossier, source: str) -> None:
    """What is asked for and what it returns."""
    figures = headline_figures(dossier.sheet)
    derived = "\n".join(f"{figure.label} ({figure.convention}): {figure.derivation.formula}" for figure in figures)
    slide = deck.slide(findings.ask(dossier), notes=f"{source}\n{derived}")
    rows = [
        (f"{figure.label}, {figure.convention}", figure.value)
        for figure in (*figures, *further_figures(dossier.sheet)[1:3])
    ]
    slide.table(FIRST_HALF, (_("Figure"), _("Value")), rows, named=_("Headline figures of the proposed option"))
    lines = [findings.short(dossier.sheet.summary, 420)] if dossier.sheet.summary else []
    told = [f"{findings.paid_back(dossier)}.", f"{findings.chance(dossier)}."]
    slide.words(SECOND_HALF, [*lines, *([findings.next_step()] if findings.is_empty(dossier) else told)], size=16)


def options(deck: Deck, dossier: Dossier, source: str) -> None:
    """All options side by side."""
    shown = dossier.sheet.options[:MOST_OPTIONS]
    slide = deck.slide(
        findings.best_option(dossier), notes=f"{source}\n" + _("Each option with its own and shared lines.")
    )
    if not any(option.figures.total_costs or option.figures.total_benefits for option in dossier.sheet.options):
        slide.words(WHOLE, [findings.next_step()])
        return
    heads = (_("Option"), _("Costs"), _("Benefits"), _("Net present value"), _("Return, discounted"), _("Payback"))
    slide.table(UPPER, heads, [_option(dossier, option) for option in shown], named=_("Options side by side"))
    names = [findings.short(dossier.name_of(option.key), 30) for option in shown]
    values = [float(option.figures.npv) for option in shown]
    words = "; ".join(f"{name} {findings.money(dossier, value)}" for name, value in zip(names, values, strict=True))
    named = _("Bar chart of net present value by option: %s") % words
    slide.chart(LOWER, XL_CHART_TYPE.BAR_CLUSTERED, names, [(_("Net present value"), values)], named=named)


def _option(dossier: Dossier, option: OptionSheet) -> tuple[str, ...]:
    figures = option.figures
    roi = figures.roi_discounted
    return (
        findings.short(dossier.name_of(option.key), 40),
        findings.money(dossier, figures.total_costs),
        findings.money(dossier, figures.total_benefits),
        findings.money(dossier, figures.npv),
        _("no costs") if roi is None else formats.percentage(roi),
        payback_in_words(figures, figures.payback_simple_months) or _("none"),
    )


def cash_flow(deck: Deck, dossier: Dossier, source: str) -> None:
    """Costs, benefits and what they add up to, by year."""
    slide = deck.slide(findings.paid_back(dossier), notes=f"{source}\n" + _("Sums of the lines by year, undiscounted."))
    if findings.is_empty(dossier):
        slide.words(WHOLE, [findings.next_step()])
        return
    flows = dossier.sheet.flows
    years = [formats.year_name(year) for year in range(len(flows.net))]
    series = [
        (_("Benefits"), [float(amount) for amount in flows.benefits]),
        (_("Costs"), [float(amount) for amount in flows.costs]),
        (_("Cumulative net"), [float(amount) for amount in accumulate(flows.net)]),
    ]
    total = findings.money(dossier, sum(flows.net))
    named = _("Column chart of costs, benefits and cumulative net by year; after %(length)s the net is %(total)s") % {
        "length": findings.length(dossier),
        "total": total,
    }
    slide.chart(FIRST_HALF, XL_CHART_TYPE.COLUMN_CLUSTERED, years, series, named=named)
    rows = [
        (year, *(formats.number(amount) for amount in amounts))
        for year, *amounts in zip(years, flows.costs, flows.benefits, flows.net, strict=True)
    ]
    heads = (_("In %s") % dossier.currency, _("Costs"), _("Benefits"), _("Net"))
    slide.table(SECOND_HALF, heads, rows, named=_("Costs, benefits and net by year"))


def costs(deck: Deck, dossier: Dossier, source: str) -> None:
    """What each category of cost comes to."""
    ranked = findings.cost_by_category(dossier)
    slide = deck.slide(findings.largest_cost(dossier), notes=f"{source}\n" + _("Undiscounted, over the whole case."))
    if not any(amount for _name, amount in ranked):
        slide.words(WHOLE, [_("Enter what it costs, by category and with a source: this slide shows where it lies.")])
        return
    named = _("Bar chart of cost by category: %s") % "; ".join(
        f"{name} {findings.money(dossier, amount)}" for name, amount in ranked
    )
    upwards = ranked[::-1]
    names, amounts = [name for name, _amount in upwards], [float(amount) for _name, amount in upwards]
    slide.chart(FIRST_HALF, XL_CHART_TYPE.BAR_CLUSTERED, names, [(_("Cost"), amounts)], named=named)
    rows = [(name, formats.number(amount)) for name, amount in ranked]
    heads = (_("Category"), _("In %s") % dossier.currency)
    slide.table(SECOND_HALF, heads, rows, named=_("Cost by category"))
