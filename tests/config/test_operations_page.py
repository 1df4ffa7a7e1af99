"""The operations page names every variable, command option and measure there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SOURCES = [
    *(ROOT / "src" / "mycelia" / "config" / "environment.py",),
    *(ROOT / "src" / "mycelia" / "kernel" / "postgres" / "keeper.py",),
]
VARIABLES = sorted(
    {name for file in SOURCES for name in re.findall(r'"(MYCELIA_[A-Z_]+|DATABASE_URL)"', file.read_text())}
)
MEASURES = sorted(
    set(re.findall(r'"(mycelia_[a-z_]+)"', (ROOT / "src/mycelia/config/observability/measures.py").read_text()))
)


@pytest.mark.parametrize("name", [*VARIABLES, *MEASURES])
def test_name_in_the_source_is_on_the_operations_page(name: str) -> None:
    assert name in PAGE


def test_page_invents_no_variable() -> None:
    assert set(re.findall(r"`(MYCELIA_[A-Z_]+)`", PAGE)) <= set(VARIABLES) | {"MYCELIA_HOME"}
