"""The operations page names every variable, command option and measure there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SOURCE = ROOT / "src" / "mycelia"


def names(pattern: str, *files: str) -> list[str]:
    return sorted({name for file in files for name in re.findall(pattern, (SOURCE / file).read_text(encoding="utf-8"))})


VARIABLES = names(r'"(MYCELIA_[A-Z_]+|DATABASE_URL)"', "config/environment.py", "kernel/postgres/keeper.py")
MEASURES = names(r'"(mycelia_[a-z_]+)"', "config/observability/measures.py")


@pytest.mark.parametrize("name", [*VARIABLES, *MEASURES])
def test_name_in_the_source_is_on_the_operations_page(name: str) -> None:
    assert name in PAGE


def test_page_invents_no_variable() -> None:
    assert set(re.findall(r"`(MYCELIA_[A-Z_]+)`", PAGE)) <= set(VARIABLES) | {"MYCELIA_HOME"}
