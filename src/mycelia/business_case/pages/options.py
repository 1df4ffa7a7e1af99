"""The options of a case side by side."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.figures import payback_in_words
from mycelia.business_case.types import CaseSheet, OptionSheet


@dataclass(frozen=True)
class OptionRow:
    """One option: what it comes to, and how it compares with doing nothing.

    `address` is that of its figures without the key of one, which its end is.
    """

    name: str
    mark: str
    costs: str
    benefits: str
    npv: str
    difference: str
    roi: str
    bcr: str
    payback: str
    finish: str
    learner_time: str
    address: str


def option_rows(sheet: CaseSheet, *, is_frozen: bool = False) -> tuple[OptionRow, ...]:
    """Return the options in the order of the case; empty while there is nothing to compare.

    Args:
        is_frozen: Whether their figures stand on the same page, because those of today are others.
    """
    alternatives = [option for option in sheet.options if not option.is_baseline]
    if len(alternatives) < 2 and not any(option.costs or option.benefits for option in sheet.options):
        return ()
    return tuple(_row(option, _address(sheet, option, is_frozen=is_frozen)) for option in sheet.options)


def option_name(option: OptionSheet) -> str:
    """Return what a reader calls an option."""
    return option.name or (_("Do nothing") if option.is_baseline else _("Proposal"))


def option_anchor(option: OptionSheet) -> str:
    """Return what the names of an option's figures begin with on a page that shows several options."""
    return f"option-{option.key}"


def _address(sheet: CaseSheet, option: OptionSheet, *, is_frozen: bool) -> str:
    if is_frozen:
        return f"#{option_anchor(option)}-"
    return f"{reverse('business_case:option_derivation', args=[sheet.slug, option.key])}#figure-"


def _row(option: OptionSheet, address: str) -> OptionRow:
    figures = option.figures
    against = option.against_nothing
    return OptionRow(
        name=option_name(option),
        mark=_("compared with") if option.is_baseline else _("preferred") if option.is_preferred else "",
        costs=formats.number(figures.pv_costs),
        benefits=formats.number(figures.pv_benefits),
        npv=formats.number(figures.npv),
        difference="" if against is None else formats.number(against.npv),
        roi=_none_or(figures.roi_discounted, formats.percentage),
        bcr=_none_or(figures.bcr_discounted, formats.ratio),
        payback=payback_in_words(figures, figures.payback_simple_months) or _("none"),
        finish="" if option.finish is None else formats.day(option.finish),
        learner_time=formats.number(option.without_learner_time.npv)
        if option.with_learner_time.npv != option.without_learner_time.npv
        else "",
        address=address,
    )


def _none_or(value: Decimal | None, write: Callable[[Decimal], str]) -> str:
    return _("none") if value is None else write(value)
