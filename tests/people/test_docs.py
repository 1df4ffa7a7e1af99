"""The administrator's guide says what the product does."""

from __future__ import annotations

from pathlib import Path

from mycelia.people.calc import columns, planning
from mycelia.people.calc.deactivation import BRAKE_PEOPLE, BRAKE_SHARE
from mycelia.people.sentences import COLUMN_MEANINGS, FIELDS, PROBLEMS

GUIDE = Path(__file__).parents[2] / "docs" / "talent.md"
SOURCES = Path(planning.__file__).parent


def test_guide_describes_every_column_with_its_limit() -> None:
    rows = [line.split("|")[1:5] for line in GUIDE.read_text().splitlines() if line.startswith("| `")]
    described = [(name.strip(" `"), int(maximum)) for name, _, maximum, _ in rows]
    assert described == [(column.name, column.maximum) for column in columns.COLUMNS]


def test_guide_states_the_limits() -> None:
    text = GUIDE.read_text()
    assert f"{columns.MAXIMUM_ROWS:,} people and {columns.MAXIMUM_BYTES // 1024**2} MB" in text
    assert (BRAKE_PEOPLE, BRAKE_SHARE) == (10, 0.2)
    assert "more than ten people and more than a fifth" in text


def test_every_column_has_a_meaning_and_every_problem_a_sentence() -> None:
    assert set(COLUMN_MEANINGS) == set(columns.COLUMN_NAMES)
    source = "".join(path.read_text() for path in SOURCES.glob("*.py"))
    unused = [code for code in PROBLEMS if f'"{code}"' not in source and code not in {"bad_email", "bad_language"}]
    assert unused == []


def test_every_field_that_changes_has_a_label() -> None:
    assert set(planning.IDENTITY) | {"unit", "position", "location", "cost_centre", "manager", "valid_from"} == set(
        FIELDS
    )
