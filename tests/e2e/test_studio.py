"""A course from an empty form to the catalogue, in a real browser, without one blocked script."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.installation import DEMO_PASSWORD, Installation
from tests.e2e.studio import CourseDraft, approve_course, create_course
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


def _signed_in(browser: Browser, installation: Installation, role: str, refused: list[str]) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.on("console", lambda m: refused.append(m.text) if "Content Security Policy" in m.text else None)
    page.goto(f"{installation.url}/accounts/login/")
    page.locator("input[name=login]").fill(f"{role}@demo.example")
    page.locator("input[name=password]").fill(DEMO_PASSWORD)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url(f"{installation.url}/")
    return page
