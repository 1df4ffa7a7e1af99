"""What tests of the business case in a browser may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import open_browser
from tests.factories.live import live_site, static_root

__all__ = ["live_site", "static_root"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser
