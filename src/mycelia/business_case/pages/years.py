"""Costs, benefits and what follows from them, by year: each row with how it comes about."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.amounts import AmountRow, amount_row
from mycelia.business_case.pages.derived import Derivation, line_rows
from mycelia.business_case.pages.figures import PRESENT_VALUES
from mycelia.business_case.types import CaseSheet, Discounting, LineSheet

FACTOR_PLACES = 6


def year_rows(sheet: CaseSheet, urls: Mapping[str, str] | None) -> tuple[AmountRow, ...]:
    """Return the rows of the table by year.

    Args:
        urls: Where lines open, by key; None for a reader who is not told single lines.
    """
    flows, figures = sheet.flows, sheet.figures
    present_net = tuple(b - c for b, c in zip(figures.pv_benefits_by_year, figures.pv_costs_by_year, strict=True))
    present, net = _present(sheet), Derivation(_("benefits − costs of the year"))
    return (
        amount_row(_("Benefits"), flows.benefits, derivation=_sum(_("sum of the benefits"), sheet.benefits, urls)),
        amount_row(_("Costs"), flows.costs, derivation=_sum(_("sum of the costs"), sheet.costs, urls)),
        amount_row(_("Net"), flows.net, is_sum=True, derivation=net),
        _cumulative(sheet),
        amount_row(_("Present value of benefits"), figures.pv_benefits_by_year, derivation=present),
        amount_row(_("Present value of costs"), figures.pv_costs_by_year, derivation=present),
        amount_row(_("Present value, net"), present_net, is_sum=True, derivation=_present_net(sheet)),
    )


def _sum(formula: str, lines: tuple[LineSheet, ...], urls: Mapping[str, str] | None) -> Derivation:
    return Derivation(formula, rows=() if urls is None else line_rows(lines, urls))


def _cumulative(sheet: CaseSheet) -> AmountRow:
    balances = tuple(formats.number(value) for value in accumulate(sheet.flows.net))
    derivation = Derivation(_("net amounts from the start to the end of the year"))
    return AmountRow(_("Cumulative net"), balances, "", derivation=derivation)


def _present(sheet: CaseSheet) -> Derivation:
    """Return how amounts are discounted: by year with the factor of each, or by month."""
    note = str(PRESENT_VALUES[sheet.model.discounting])
    rate = (_("Discount rate a year"), formats.rate(sheet.rate_per_year))
    if sheet.model.discounting is not Discounting.YEAR_END:
        return Derivation(_("sum of each month's amount × its factor"), (rate,), note)
    factors = tuple(
        (formats.year_name(year), formats.number((1 + sheet.rate_per_year) ** -year, places=FACTOR_PLACES))
        for year in range(len(sheet.flows.net))
    )
    return Derivation(_("amount of the year × its factor"), (rate, *factors), note)


def _present_net(sheet: CaseSheet) -> Derivation:
    formula = _("present value of benefits − present value of costs")
    if not sheet.figures.pv_tax:
        return Derivation(formula)
    tax = formats.money(sheet.figures.pv_tax or Decimal(0), sheet.currency)
    return Derivation(formula, ((_("Present value of tax, not taken off here"), tax),))
