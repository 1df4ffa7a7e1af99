"""How a figure is written. Page, chart table and brief use these functions and no other.

Nothing is rounded before it comes here; here it is rounded half to even.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from functools import lru_cache

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.ui.api import in_reader_zone

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
CENT_PLACES = 2
SINGULARS = {"people": _lazy("person"), "hours": _lazy("hour"), "days": _lazy("day"), "months": _lazy("month")}


def number(value: Decimal, *, places: int = 0) -> str:
    """Return a number with grouped thousands in the reader's language."""
    return _number(value, places, get_language())


@lru_cache(maxsize=4096)
def _number(value: Decimal, places: int, _language: str | None) -> str:
    """Return a number in the language that is active; pages show the same few hundred again and again."""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    return formats.number_format(rounded + 0, decimal_pos=places, force_grouping=True)


def plain_number(value: Decimal) -> str:
    """Return a number as it was entered, without zeros that say nothing.

    Example: 120.0000 is "120", 4.2500 is "4.25".
    """
    exponent = value.normalize().as_tuple().exponent
    return number(value, places=max(0, -exponent) if isinstance(exponent, int) else 0)


def amount(value: Decimal) -> str:
    """Return an amount without its currency, in whole units unless it has cents."""
    return number(value, places=0 if value == value.to_integral_value() else CENT_PLACES)


def money(value: Decimal, currency: str) -> str:
    """Return a computed amount in whole units, such as "EUR 5,496,170"."""
    return f"{currency}{NO_BREAK_SPACE}{number(value)}"


def percentage(fraction: Decimal, *, places: int = 0) -> str:
    """Return a fraction in percent: 3.2868 is "329%"."""
    return _("%(number)s%%") % {"number": number(fraction * 100, places=places)}


def rate(fraction: Decimal) -> str:
    """Return a yearly rate in percent, with as many decimals as it was entered with."""
    return _("%(number)s%%") % {"number": plain_number(fraction * 100)}


def ratio(value: Decimal) -> str:
    """Return a ratio with two decimals."""
    return number(value, places=2)


def months(value: Decimal) -> str:
    """Return a duration in months with one decimal."""
    return _("%(number)s months") % {"number": number(value, places=1)}


def measure(value: Decimal, unit: str) -> str:
    """Return a value in the unit of its KPI; one of a usual unit stands in the singular."""
    singular = SINGULARS.get(unit.casefold()) if value == 1 else None
    return f"{plain_number(value)}{NO_BREAK_SPACE}{singular or unit}"


def years(horizon_months: int) -> str:
    """Return the length of a case in words."""
    count, rest = divmod(horizon_months, 12)
    if rest:
        return ngettext("%(count)s month", "%(count)s months", horizon_months) % {"count": horizon_months}
    return ngettext("%(count)s year", "%(count)s years", count) % {"count": count}


def day(value: date) -> str:
    """Return a date in the reader's language."""
    return formats.date_format(value, "j F Y")


def instant(value: datetime) -> str:
    """Return an instant to the minute in the reader's zone, with that zone."""
    local = in_reader_zone(value)
    return _("%(day)s, %(time)s") % {"day": day(local.date()), "time": time_of_day(value)}


def time_of_day(value: datetime) -> str:
    """Return the time of day of an instant in the reader's zone, with that zone: "14:02 CET"."""
    return f"{in_reader_zone(value):%H:%M %Z}"


def year_name(year: int) -> str:
    """Return the name of a column: the initial one, or a year after the start."""
    return _("Start") if year == 0 else _("Year %(year)s") % {"year": year}


def approximate(value: float, currency: str) -> str:
    """Return a simulated amount to three significant figures: a simulation knows no more."""
    return money(_significant(value, 3), currency)


def share(value: float, *, places: int = 0) -> str:
    """Return a simulated share in percent."""
    return percentage(Decimal(repr(value)), places=places)


def quantity(value: float) -> str:
    """Return an input of a simulation to four significant figures."""
    return plain_number(_significant(value, 4))


def small(value: float) -> str:
    """Return an error of a simulation to two significant figures."""
    return plain_number(_significant(value, 2))


def _significant(value: float, figures: int) -> Decimal:
    exact = Decimal(repr(value))
    return exact if not exact else round(exact, figures - 1 - exact.adjusted())


def exact(value: object) -> Decimal:
    """Return a number as a decimal, without the noise of binary fractions."""
    return value if isinstance(value, Decimal) else Decimal(str(value))
