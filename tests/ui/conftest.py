from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import open_browser
from tests.factories.live import live_site, static_root

__all__ = ["live_site", "static_root"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _static_folder(static_root: Path) -> None:
    """The server warns where nothing was collected."""
