"""How figures are written: half to even, in one place."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.objectives import way_done


def spaced(text: str) -> str:
    return text.replace(formats.NO_BREAK_SPACE, " ")


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("5496170.105", "EUR 5,496,170"),
        ("0.5", "EUR 0"),
        ("1.5", "EUR 2"),
        ("2.5", "EUR 2"),
        ("-0.4", "EUR 0"),
        ("-1234.5", "EUR -1,234"),
        ("9999999999999.99", "EUR 10,000,000,000,000"),
    ],
)
def test_money_is_rounded_half_to_even(amount, written):
    assert spaced(formats.money(Decimal(amount), "EUR")) == written


def test_entered_amounts_keep_their_cents():
    assert [formats.amount(Decimal(value)) for value in ("12.00", "12.50", "1234567")] == ["12", "12.50", "1,234,567"]


def test_ratios_and_rates_say_as_much_as_they_know():
    assert formats.percentage(Decimal("3.2868")) == "329%"
    assert formats.percentage(Decimal("-1")) == "-100%"
    assert formats.rate(Decimal("0.0725")) == "7.25%"
    assert formats.rate(Decimal("0.1000")) == "10%"
    assert formats.ratio(Decimal("4.28678")) == "4.29"
    assert formats.months(Decimal("0.6787")) == "0.7 months"


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("1", "people", "1 person"),
        ("0", "people", "0 people"),
        ("120.0000", "people", "120 people"),
        ("4.2500", "% of visits", "4.25 % of visits"),
        ("1E+3", "hours", "1,000 hours"),
    ],
)
def test_measures_are_written_in_their_unit(value, unit, written):
    assert spaced(formats.measure(Decimal(value), unit)) == written


def test_days_and_instants_name_their_month_and_zone():
    assert formats.day(date(2026, 3, 1)) == "1 March 2026"
    assert formats.instant(datetime(2026, 3, 1, 9, 5, tzinfo=UTC)) == "1 March 2026, 09:05 UTC"


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "percent"),
    [
        (0, 200, 199, 99),
        (0, 3, 2, 66),
        (0, 200, 250, 100),
        (0, 200, -5, 0),
        (21, 15, 18, 50),
        (21, 15, 30, 0),
        (5, 5, 5, None),
        (None, 5, 5, None),
        (0, 5, None, None),
    ],
)
def test_way_done_is_never_rounded_up(baseline, target, actual, percent):
    values = [None if value is None else Decimal(value) for value in (baseline, target, actual)]
    assert way_done(*values) == percent
