"""An estimate in words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.pages import formats
from mycelia.business_case.types import Estimate, InputKind, Shape

SMALL = 10


def in_words(estimate: Estimate, kind: InputKind = InputKind.COUNT, currency: str = "") -> str:
    """Return what is believed about a number: "12", "10 to 16, most likely 12 (triangular)"."""

    def written(value: object) -> str:
        return "?" if value is None else number(value, kind, currency)

    low, likely, high = written(estimate.low), written(estimate.likely), written(estimate.high)
    match estimate.shape:
        case Shape.FIXED:
            return likely
        case Shape.TRIANGULAR:
            return _("%(low)s to %(high)s, most likely %(likely)s (triangular)") % _parts(low, likely, high)
        case Shape.PERT:
            return _("%(low)s to %(high)s, most likely %(likely)s (PERT)") % _parts(low, likely, high)
        case Shape.LOGNORMAL:
            return _("8 of 10 times between %(low)s and %(high)s (lognormal)") % _parts(low, likely, high)
        case Shape.LIST:
            return _("one of %(values)s") % {"values": ", ".join(written(value) for value in estimate.values)}


def expected_in_words(estimate: Estimate, kind: InputKind = InputKind.COUNT, currency: str = "") -> str:
    """Return the expected value of an estimate: two decimals, four where it is below 10."""
    exact = formats.exact(expected(estimate))
    return number(round(exact, 2 if abs(exact) >= SMALL else 4), kind, currency)


def number(value: object, kind: InputKind, currency: str) -> str:
    """Return a number as its kind is written: a share in percent, money with its currency."""
    exact = round(formats.exact(value), 6)
    if kind is InputKind.SHARE:
        return formats.rate(exact)
    if kind is InputKind.MONEY:
        return f"{currency}{formats.NO_BREAK_SPACE}{formats.plain_number(exact)}"
    return formats.plain_number(exact)


def _parts(low: str, likely: str, high: str) -> dict[str, str]:
    return {"low": low, "likely": likely, "high": high}
