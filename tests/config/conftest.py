"""Fixtures of the tests that run the product's commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.running import Command, run
from tests.kernel.clusters import new_home


@pytest.fixture(scope="module")
def site_home() -> Iterator[Path]:
    """A data folder whose database has the small site's tables."""
    with new_home() as folder:
        done = run(folder, "migrate", "--verbosity=0")
        assert done.returncode == 0, done.stderr
        yield folder


@pytest.fixture
def start(site_home: Path) -> Iterator[Callable[..., Command]]:
    """Start commands that are stopped when the test is over."""
    started: list[Command] = []

    def begin(*arguments: str, **variables: str) -> Command:
        started.append(Command(site_home, *arguments, **variables))
        return started[-1]

    yield begin
    for command in started:
        command.end()
