"""A course from an empty form to the catalogue, in a real browser, without one blocked script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from tests.e2e.installation import DEMO_PASSWORD, Installation
from tests.e2e.studio import CourseDraft, approve_course, create_course, press_submit
from tests.factories.packages import build_zip

pytestmark = pytest.mark.e2e
TITLE = "Made in a browser"


def test_author_writes_by_keyboard_curator_approves_and_the_catalogue_has_it(
    browser: Browser, installation: Installation, tmp_path: Path
):
    package = tmp_path / "package.zip"
    package.write_bytes(build_zip().read())
    refused: list[str] = []
    author = _signed_in(browser, installation, "author", refused)
    create_course(author, installation.url, CourseDraft(TITLE, package=package), keyboard=True)
    curator = _signed_in(browser, installation, "curator", refused)
    approve_course(curator, installation.url, TITLE, keyboard=True)
    curator.goto(f"{installation.url}/catalog/?q={TITLE.replace(' ', '+')}")
    expect(curator.get_by_role("link", name=TITLE)).to_be_visible()
    assert refused == []


def test_course_sent_while_its_first_autosave_is_under_way_reaches_review(browser: Browser, installation: Installation):
    author = _signed_in(browser, installation, "author", [])
    held = _hold_answers_to_autosaves(author)
    create_course(author, installation.url, CourseDraft("Sent at once"), submit=False)
    for _ in range(300):
        if not held:
            author.wait_for_timeout(100)
    press_submit(author)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(author.locator(".messages")).to_contain_text("submitted for moderation")


def _hold_answers_to_autosaves(page: Page) -> list[tuple[Route, APIResponse]]:
    """Let autosaves of a new course reach the studio, but keep its answers back; returns those kept so far."""
    held: list[tuple[Route, APIResponse]] = []

    def keep_back(route: Route) -> None:
        if route.request.headers.get("accept") == "application/json":
            held.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/studio/pages/add/**", keep_back)
    return held


def _signed_in(browser: Browser, installation: Installation, role: str, refused: list[str]) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.on("console", lambda m: refused.append(m.text) if "Content Security Policy" in m.text else None)
    page.goto(f"{installation.url}/accounts/login/")
    page.locator("input[name=login]").fill(f"{role}@demo.example")
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"{installation.url}/")
    return page
