from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mycelia.delivery.calc.durations import parse_timespan
from mycelia.delivery.calc.scores import parse_score, scaled_score

RAW, LOW, HIGH = "cmi.core.score.raw", "cmi.core.score.min", "cmi.core.score.max"
ODD = ["1e999999999", "-1e999999999", "1e-999999999", "0e999999999", "-0e-999999999", "1e13", "sNaN", "Infinity", "-0"]
numbers = st.one_of(
    st.sampled_from(ODD),
    st.text(max_size=30),
    st.from_regex(r"[+-]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,20})?", fullmatch=True),
)


@given(numbers, numbers, numbers)
@example("5", "0", "1e-1000000")
def test_score_of_any_texts_is_a_fraction_or_none(raw: str, low: str, high: str) -> None:
    scaled = scaled_score({RAW: raw, LOW: low, HIGH: high})
    assert scaled is None or (0 <= scaled <= 1 and not scaled.is_signed())


@given(numbers)
def test_number_that_is_read_is_within_bounds(text: str) -> None:
    score = parse_score(text)
    assert score is None or score == 0 or -12 <= score.adjusted() <= 12


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1e999999999", None), ("1e13", None), ("-1e12", Decimal("-1e12")), ("1e-13", Decimal(0)), ("9" * 5000, None)],
)
def test_number_at_the_edge_of_what_is_read(text: str, expected: Decimal | None) -> None:
    assert parse_score(text) == expected


@given(st.one_of(st.text(max_size=30), st.from_regex(r"\d{1,8}:\d{1,3}:\d{1,3}(\.\d{1,12})?")))
def test_time_of_any_text_is_whole_hundredths_or_none(text: str) -> None:
    time = parse_timespan(text)
    assert time is None or 0 <= time < 10_000 * 360_000
