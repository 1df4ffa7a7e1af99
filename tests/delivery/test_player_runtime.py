"""The player with a package that talks SCORM, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect

from mycelia.delivery.api import state_of
from mycelia.delivery.models import Attempt, TrackingEntry
from mycelia.delivery.package_folders import package_folder
from mycelia.delivery.types import ItemState
from tests.browser import axe_in_both_themes_and_widths, despite_new_frame
from tests.config.running import eventually
from tests.factories.delivery import make_attempt, make_package
from tests.factories.live import LiveSite
from tests.factories.packages import Blueprint, Part, book

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def attempt(site: LiveSite) -> Attempt:
    return make_attempt(make_package(book(launch_text="colour=blue", mastery_score="80")))


def content(page: Page) -> FrameLocator:
    return page.frame_locator("[data-stage] iframe").frame_locator("#content")


def shows(page: Page, selector: str, text: str) -> None:
    """Check what the package's own page shows."""
    despite_new_frame(page, lambda: expect(content(page).locator(selector)).to_have_text(text))


def found(page: Page) -> dict[str, Any]:
    return json.loads(content(page).locator("#found").inner_text())


def turn(page: Page, number: int) -> None:
    content(page).locator("#next").click()
    shows(page, "#page", f"Page {number}")


def saved(page: Page) -> None:
    expect(page.locator("header [data-saved]")).to_have_attribute("data-state", "saved")


def item(attempt: Attempt) -> ItemState:
    attempt.refresh_from_db()
    return state_of(attempt).items["book"]


def until(condition: Callable[[], bool]) -> None:
    assert eventually(condition), "it did not happen in time"


def leave(page: Page) -> None:
    player = page.url
    page.locator(".m-player-leave").click()
    page.wait_for_url(lambda url: url != player)


def test_first_launch_finds_everything_at_its_first_call(site: LiveSite, browser: Browser, attempt: Attempt) -> None:
    page = site.open_player(browser, attempt)
    shows(page, "#page", "Page 1")
    learner = attempt.learner
    assert found(page) == {
        "entry": "ab-initio",
        "student_name": f"{learner.family_name}, {learner.given_name}",
        "lesson_location": "",
        "lesson_status": "not attempted",
        "total_time": "00:00:00",
        "suspend": "",
        "launch": "colour=blue",
        "mastery": "80",
    }


def test_left_by_the_way_out_it_resumes_at_exactly_the_same_place(
    site: LiveSite, browser: Browser, attempt: Attempt
) -> None:
    page = site.open_player(browser, attempt)
    turn(page, 2)
    turn(page, 3)
    leave(page)
    assert item(attempt).elements["cmi.comments"] == "said while unloading"
    assert item(attempt).total_time == 700
    page.goto(f"{site.app}/learn/attempts/{attempt.pk}/")
    shows(page, "#page", "Page 3")
    again = found(page)
    assert (again["entry"], again["lesson_location"], again["lesson_status"]) == ("resume", "3", "incomplete")
    assert again["suspend"] == "pages=3;\u6f22\ud800"
    assert again["total_time"] == "00:00:07"


@pytest.mark.parametrize("how", ["close", "reload"])
def test_window_closed_without_a_word_loses_nothing(
    site: LiveSite, browser: Browser, attempt: Attempt, how: str
) -> None:
    page = site.open_player(browser, attempt)
    turn(page, 2)
    turn(page, 3)
    if how == "close":
        page.close(run_before_unload=False)
    else:
        until(lambda: item(attempt).location == "3")  # a reload may overtake words that are still on their way
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        shows(page, "#page", "Page 3")
    until(lambda: item(attempt).location == "3")
    until(lambda: item(attempt).elements.get("cmi.comments") == "said while unloading")


def test_lost_connection_is_shown_and_made_up_for(site: LiveSite, browser: Browser, attempt: Attempt) -> None:
    page = site.open_player(browser, attempt)
    turn(page, 2)
    until(lambda: item(attempt).location == "2")
    saved(page)
    page.route("**/commits/", lambda route: route.abort())
    turn(page, 3)
    expect(page.locator("header [data-saved]")).to_contain_text("Not saved yet: 1 change waits")
    page.unroute("**/commits/")
    expect(page.locator("header [data-saved]")).to_have_text("Saved")
    assert item(attempt).location == "3"


def test_what_was_not_saved_outlives_a_reload(site: LiveSite, browser: Browser, attempt: Attempt) -> None:
    page = site.open_player(browser, attempt)
    page.on("dialog", lambda dialog: dialog.accept())
    shows(page, "#page", "Page 1")
    saved(page)
    page.context.route("**/commits/", lambda route: route.abort())
    turn(page, 2)
    expect(page.locator("header [data-saved]")).to_contain_text("Not saved yet")
    page.evaluate("navigator.sendBeacon = () => true")
    page.reload()
    page.context.unroute("**/commits/")
    shows(page, "#page", "Page 2")
    assert item(attempt).location == "2"


def test_second_window_takes_over_and_the_first_is_told(site: LiveSite, browser: Browser, attempt: Attempt) -> None:
    first = site.open_player(browser, attempt)
    turn(first, 2)
    until(lambda: item(attempt).location == "2")
    second = first.context.new_page()
    second.goto(first.url)
    expect(content(second).locator("#page")).to_have_text("Page 2")
    expect(first.get_by_role("alert")).to_contain_text("open in another window")
    turn(second, 3)
    until(lambda: item(attempt).location == "3")


def test_second_window_in_another_browser_is_noticed_at_the_next_message(
    site: LiveSite, browser: Browser, attempt: Attempt
) -> None:
    first = site.open_player(browser, attempt)
    turn(first, 2)
    until(lambda: item(attempt).location == "2")
    second = site.open_player(browser, attempt)
    expect(content(second).locator("#page")).to_have_text("Page 2")
    turn(first, 3)
    expect(first.get_by_role("alert")).to_contain_text("open in another window")
    turn(second, 3)
    turn(second, 4)
    until(lambda: item(attempt).location == "4")


def test_signed_out_learner_is_told_and_loses_nothing(site: LiveSite, browser: Browser, attempt: Attempt) -> None:
    page = site.open_player(browser, attempt)
    shows(page, "#page", "Page 1")
    saved(page)
    cookies = page.context.cookies(site.app)
    page.context.clear_cookies(name="mycelia_session")
    turn(page, 2)
    expect(page.get_by_role("alert")).to_contain_text("signed out")
    page.context.add_cookies([one for one in cookies if one["name"] == "mycelia_session"])
    saved(page)
    until(lambda: item(attempt).location == "2")


@pytest.mark.parametrize(("score", "completed", "passed"), [("85", True, True), ("40", False, False)])
def test_quiz_is_judged_by_the_mastery_score_at_the_end(
    site: LiveSite, browser: Browser, attempt: Attempt, score: str, completed: bool, passed: bool
) -> None:
    page = site.open_player(browser, attempt)
    content(page).locator("#score").fill(score)
    content(page).locator("#answer").click()
    leave(page)
    attempt.refresh_from_db()
    assert (attempt.is_completed, attempt.passed) == (completed, passed)
    assert str(attempt.score_scaled) == f"0.{score}00"


def test_every_message_is_numbered_without_gaps(site: LiveSite, browser: Browser, attempt: Attempt) -> None:
    page = site.open_player(browser, attempt)
    for number in range(2, 6):
        turn(page, number)
    leave(page)
    sequences = list(
        TrackingEntry.objects.filter(attempt=attempt, sequence__lt=20_000).values_list("sequence", flat=True)
    )
    assert sequences == list(range(len(sequences)))


def test_player_and_record_pages_satisfy_axe(site: LiveSite, browser: Browser, attempt: Attempt) -> None:
    page = site.open_player(browser, attempt)
    turn(page, 2)
    saved(page)
    assert axe_in_both_themes_and_widths(page) == []
    page.goto(f"{site.app}/learn/attempts/{attempt.pk}/record/")
    assert axe_in_both_themes_and_widths(page) == []


def test_page_left_before_its_last_picture_came_counts_as_seen(site: LiveSite, browser: Browser) -> None:
    parts = (Part("a", "a.html", scorm_type="asset"), Part("b", "b.html", scorm_type="asset"))
    files = {"a.html": '<h1>A</h1><img src="slow.png" alt="">', "b.html": "<h1>B</h1>", "slow.png": b"x"}
    attempt = make_attempt(make_package(Blueprint(parts=parts, files=files)))
    context = site.context(browser, attempt.learner)
    context.route("**/slow.png", lambda route: None)
    page = context.new_page()
    page.goto(f"{site.app}/learn/attempts/{attempt.pk}/")
    shows(page, "h1", "A")
    page.locator("[data-step='1']").click()
    shows(page, "h1", "B")
    expect(page.locator("[data-remaining]")).to_have_text("Completed")
    context.unroute_all()


def test_file_that_does_not_load_is_said_and_not_counted(site: LiveSite, browser: Browser) -> None:
    attempt = make_attempt(make_package(Blueprint(parts=(Part("a", scorm_type="asset"),))))
    (package_folder(attempt.package.digest) / "index.html").unlink()
    page = site.open_player(browser, attempt)
    expect(page.get_by_role("alert")).to_contain_text("could not be opened")
    leave(page)
    attempt.refresh_from_db()
    assert not attempt.is_completed
