"""What a line adds to the case, as a sentence."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mycelia.business_case.calc import LineEffect
from mycelia.business_case.pages import formats
from mycelia.business_case.types import LineKind


def effect_in_words(effect: LineEffect, kind: LineKind, currency: str) -> str:
    """Return the sentence that follows the form while it is filled in."""
    if not effect.is_counted:
        return _("This line is told and not counted.")
    amounts = {"total": formats.money(effect.total, currency), "npv": formats.money(abs(effect.npv), currency)}
    if kind is LineKind.COST:
        return _("Costs %(total)s over the case and takes %(npv)s off its net present value.") % amounts
    return _("Brings %(total)s over the case and adds %(npv)s to its net present value.") % amounts
