"""CSV that a spreadsheet shows and never executes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mycelia.people.calc.spreadsheets import csv_text, harmless


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_cell_that_looks_like_a_formula_is_written_as_text(start: str) -> None:
    assert harmless(f"{start}cmd|' /C calc'!A0").startswith("'")


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1), max_size=5))
def test_csv_text_reads_back_as_what_was_written(rows: list[list[str]]) -> None:
    text = csv_text(rows).removeprefix("\ufeff")
    assert list(csv.reader(io.StringIO(text, newline=""))) == [[harmless(cell) for cell in row] for row in rows]
