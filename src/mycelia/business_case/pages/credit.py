"""How a short programme was credited, in words: by the rule that computed the figure, not by one that came later."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.calc.crediting import CreditRule, credit_rule
from mycelia.business_case.types import CaseSheet

LABELS = {
    CreditRule.FIRST_TWELVE_MONTHS: _lazy("Benefits of the first year"),
    CreditRule.FIRST_YEAR_OF_CASE: _lazy("Benefits of months 1 to 12"),
    CreditRule.ALL: _lazy("Benefits"),
    CreditRule.UNKNOWN: _lazy("Benefits credited"),
}
CONVENTIONS = {
    CreditRule.FIRST_TWELVE_MONTHS: _lazy("first year (Phillips)"),
    CreditRule.FIRST_YEAR_OF_CASE: _lazy("months 1 to 12 (Phillips)"),
    CreditRule.ALL: _lazy("undiscounted"),
    CreditRule.UNKNOWN: _lazy("by the rule of its day"),
}
NOTES = {
    CreditRule.FIRST_TWELVE_MONTHS: _lazy(
        "A short programme is credited with its first year of benefits only, twelve months from the first of them on, "
        "against all of its costs."
    ),
    CreditRule.FIRST_YEAR_OF_CASE: _lazy(
        "As it was computed then: a short programme was credited with the benefits of the start and of months 1 to 12 "
        "of the case, against all of its costs. The rule has changed since: today it is credited with twelve months "
        "from its first benefit on."
    ),
    CreditRule.ALL: _lazy(
        "As it was computed then: with all benefits, also for a short programme. The rule has changed since: today it "
        "counts twelve months from the first benefit on."
    ),
    CreditRule.UNKNOWN: _lazy(
        "As it was computed then, by a rule that has changed since: today a short programme is credited with twelve "
        "months from its first benefit on, against all of its costs."
    ),
}


def label_of(sheet: CaseSheet, credited: Decimal) -> str:
    """Return what a programme was credited with, in words."""
    return str(LABELS[_rule(sheet, credited)]) if sheet.is_short_programme else _("Benefits")


def convention_of(sheet: CaseSheet, credited: Decimal, otherwise: str) -> str:
    """Return by which convention a programme was credited; `otherwise` for one that is not short."""
    return str(CONVENTIONS[_rule(sheet, credited)]) if sheet.is_short_programme else otherwise


def note_on(sheet: CaseSheet, credited: Decimal) -> str:
    """Return how a short programme was credited; nothing for any other."""
    if not sheet.is_short_programme:
        return ""
    whole = _("The discounted figures stay those of the whole case, as in every multi-year study.")
    return f"{NOTES[_rule(sheet, credited)]} {whole}"


def benefits_of_ratio(sheet: CaseSheet) -> Decimal:
    """Return the benefits that the undiscounted benefit-cost ratio counts: at first all of them, in any programme."""
    figures = sheet.figures
    if figures.bcr_undiscounted is None:
        return figures.programme_benefits
    counted = figures.bcr_undiscounted * figures.total_costs
    return min(figures.programme_benefits, figures.total_benefits, key=lambda benefits: abs(benefits - counted))


def _rule(sheet: CaseSheet, credited: Decimal) -> CreditRule:
    counted = [line.by_column for line in sheet.benefits if line.is_counted]
    if not all(counted):
        return credit_rule(sheet.flows.benefits, credited, columns_per_year=1)
    return credit_rule([sum(amounts, Decimal(0)) for amounts in zip(*counted, strict=True)], credited)
