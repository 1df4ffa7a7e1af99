"""Fixtures of the kernel's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kernel.clusters import new_home


@pytest.fixture
def home() -> Iterator[Path]:
    """A data folder with no cluster in it yet."""
    with new_home() as folder:
        yield folder
