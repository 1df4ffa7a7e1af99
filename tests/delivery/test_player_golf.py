from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from mycelia.delivery.models import Attempt
from tests.e2e import golf
from tests.factories.delivery import make_attempt, make_package
from tests.factories.live import LiveSite
from tests.factories.packages import real_package

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def attempt(site: LiveSite) -> Attempt:
    with real_package("golf-scorm12.zip").open("rb") as file:
        return make_attempt(make_package(file=file))


@pytest.mark.parametrize("keyboard", [False, True], ids=["mouse", "keyboard"])
def test_golf_left_in_the_middle_resumes_there_and_completes(
    site: LiveSite, browser: Browser, attempt: Attempt, keyboard: bool
) -> None:
    page = site.open_player(browser, attempt)
    golf.take_golf_half(page, keyboard=keyboard)
    golf.leave(page, keyboard=keyboard)
    page.goto(f"{site.app}/learn/attempts/{attempt.pk}/")
    golf.finish_golf(page, keyboard=keyboard)
    golf.leave(page, keyboard=keyboard)
    attempt.refresh_from_db()
    assert attempt.is_completed
    assert attempt.passed is None
