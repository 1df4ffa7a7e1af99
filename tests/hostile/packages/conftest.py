from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import open_browser
from tests.factories.live import LiveSite, live_site, static_root

__all__ = ["live_site", "static_root"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser at a time: two of them in one process would share an event loop."""
    with open_browser() as browser:
        yield browser


@pytest.fixture
def site(live_site: LiveSite) -> LiveSite:
    return live_site
