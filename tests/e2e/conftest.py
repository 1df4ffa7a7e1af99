from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import open_browser
from tests.e2e.installation import Installation, running_installation
from tests.kernel.clusters import new_home


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def installation(browser: Browser) -> Iterator[Installation]:
    with new_home() as home, running_installation(home) as installation:
        yield installation
