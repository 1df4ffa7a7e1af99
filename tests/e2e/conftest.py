from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import browser_path, open_browser
from tests.e2e.installation import Installation, running_installation
from tests.kernel.clusters import new_home


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser at a time: two of them in one process would share an event loop."""
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """A demo installation for all journeys, where there is a browser to look at it."""
    browser_path()
    with new_home() as home, running_installation(home) as installation:
        yield installation
