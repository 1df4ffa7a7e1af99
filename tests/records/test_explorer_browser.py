"""The explorer in a real browser: new statements come in by themselves, and it is accessible."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from mycelia.kernel.policy import Role
from mycelia.records import api
from tests.browser import axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.live import LiveSite
from tests.factories.records import make_statement

pytestmark = pytest.mark.e2e
TOO_WIDE = """() => [...document.querySelectorAll(".m-filter-bar .m-field")]
    .filter(field => field.querySelector("input,select").getBoundingClientRect().right
        > Math.min(field.getBoundingClientRect().right, innerWidth) + 1)
    .map(field => field.textContent.trim())"""


@pytest.fixture
def page(live_site: LiveSite, browser: Browser) -> Iterator[Page]:
    context = live_site.context(browser, make_holder(Role.IT_ADMINISTRATOR, given_name="Ira", family_name="Tech"))
    yield context.new_page()
    context.close()


def _links(page: Page) -> int:
    return page.locator("#statements th a").count()


def test_statements_come_in_while_live_and_not_while_paused(page: Page, live_site: LiveSite) -> None:
    api.store([make_statement()])
    page.goto(f"{live_site.app}/platform/records/")
    found = axe_in_both_themes_and_widths(page)
    page.get_by_role("link", name="Follow live").click()
    expect(page.get_by_role("link", name="Pause")).to_be_visible()
    page.locator("#statements th a").focus()
    focused = page.evaluate("document.activeElement.id")
    api.store([make_statement() for _ in range(2)])
    expect(page.locator("#statements th a")).to_have_count(3)
    assert page.evaluate("document.activeElement.id") == focused
    expect(page.locator("#statements-summary")).to_contain_text("3 statements")
    found += axe_in_both_themes_and_widths(page)
    page.get_by_role("link", name="Pause").click()
    expect(page.get_by_role("link", name="Follow live")).to_be_visible()
    api.store([make_statement()])
    page.wait_for_timeout(6_000)
    assert _links(page) == 3
    page.get_by_text("More filters").click()
    page.set_viewport_size({"width": 1280, "height": 900})
    assert page.evaluate(TOO_WIDE) == [], "fields of a filter must not lie over one another or leave the page"
    page.get_by_text("The same request").click()
    found += axe_in_both_themes_and_widths(page)
    page.locator("#statements th a").first.click()
    page.get_by_text("The same request").click()
    found += axe_in_both_themes_and_widths(page)
    assert found == []
