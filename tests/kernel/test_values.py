from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.kernel import clock
from mycelia.kernel.identifiers import comb, uuid7
from mycelia.kernel.money import CurrencyMismatch, Money
from mycelia.kernel.periods import Period

days = st.dates(date(2000, 1, 1), date(2050, 1, 1))
lengths = st.integers(1, 4000).map(lambda n: timedelta(days=n))


def test_uuid7_is_version_7_and_sorts_by_time() -> None:
    first = uuid7()
    time.sleep(0.002)
    second = uuid7()
    assert first < second
    assert (first.version, first.variant) == (7, "specified in RFC 4122")
    assert abs((first.int >> 80) / 1000 - time.time()) < 5


def test_comb_is_version_4_of_rfc_4122_and_sorts_by_time() -> None:
    first = comb()
    time.sleep(0.002)
    second = comb()
    assert (first.version, first.variant) == (4, "specified in RFC 4122")
    assert first < second


def test_clock_frozen_holds_and_lets_go() -> None:
    at = datetime(2026, 1, 2, tzinfo=UTC)
    with clock.frozen(at):
        assert clock.now() == at
        assert clock.today() == date(2026, 1, 2)
    assert clock.now() > at


def test_clock_frozen_at_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError), clock.frozen(datetime(2026, 1, 2)):  # noqa: DTZ001
        pass


def test_money_of_two_currencies_does_not_add_up() -> None:
    with pytest.raises(CurrencyMismatch):
        Money(Decimal(1), "EUR") + Money(Decimal(1), "USD")


@pytest.mark.parametrize(("amount", "shown"), [("0.125", "0.12"), ("0.135", "0.14"), ("-0.125", "-0.12")])
def test_money_rounds_half_to_even(amount: str, shown: str) -> None:
    assert Money(Decimal(amount), "EUR").rounded().amount == Decimal(shown)


@pytest.mark.parametrize(("amount", "currency"), [("NaN", "EUR"), ("Infinity", "EUR"), ("1", "euro"), ("1", "eur")])
def test_money_that_makes_no_sense_is_refused(amount: str, currency: str) -> None:
    with pytest.raises(ValueError):
        Money(Decimal(amount), currency)


@given(days, lengths, days, lengths)
def test_period_overlap_is_symmetric_and_means_a_shared_day(a: date, m: timedelta, b: date, n: timedelta) -> None:
    one, two = Period(a, a + m), Period(b, b + n)
    assert one.overlaps(two) == two.overlaps(one) == (max(a, b) in one and max(a, b) in two)


def test_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError):
        Period(date(2026, 1, 2), date(2026, 1, 2))
