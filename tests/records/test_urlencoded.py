from __future__ import annotations

import tracemalloc
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.records.calc.urlencoded import decoded, fields


@given(st.binary())
def test_decoding_reverses_encoding(value):
    assert decoded(quote_plus(value).encode()) == value
    assert decoded(quote(value, safe="/=_").encode()) == value


@pytest.mark.parametrize("value", [b"%", b"a%4", b"%zz", b"%%41", b"%\n"])
def test_stray_percent_sign_is_refused(value):
    with pytest.raises(ValueError, match="percent"):
        decoded(value)


def test_decoding_takes_memory_in_proportion():
    value = b"%41" * 100_000
    tracemalloc.start()
    decoded(value)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * len(value)


def test_fields_keep_values_encoded_and_skip_what_is_empty():
    assert list(fields(b"a%20b=%41=&&c", most=4)) == [("a b", b"%41="), ("c", b"")]
    with pytest.raises(ValueError, match="many"):
        list(fields(b"a&b&c", most=2))
