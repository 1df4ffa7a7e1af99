from __future__ import annotations

import pytest

from mycelia.records.calc.languages import chosen, preferred


@pytest.mark.parametrize(
    ("accepted", "name"),
    [
        ("en-GB;q=0, *", "de"),
        ("*, en;q=0.0", "de"),
        ("en;q=0, en-US", "en-US"),
        ("en-GB;q=0, en", "en-US"),
        ("en, en-GB;q=0, de;q=0", "en-US"),
        ("*;q=0, de", "de"),
        ("en;q=0, de;q=0", "en-GB"),
        ("", "en-GB"),
    ],
)
def test_refused_language_is_given_only_where_there_is_no_other(accepted, name):
    """RFC 9110 12.4.2: a weight of 0 means "not acceptable"."""
    assert chosen(["en-GB", "de", "en-US"], preferred(accepted)) == name
