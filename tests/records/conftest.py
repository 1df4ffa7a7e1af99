"""What tests of the record store may use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from mycelia.records.actions import uses
from tests.browser import open_browser
from tests.factories.live import live_site, static_root

__all__ = ["live_site", "static_root"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture(autouse=True)
def _counts_of_this_test_alone() -> None:
    """Requests that earlier tests counted are not written down here."""
    uses.start_anew()
