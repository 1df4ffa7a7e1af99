"""The frame and the design page in a real browser: accessible, obedient to the policy, usable by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from mycelia.kernel.policy import Role
from tests.browser import DESKTOP, PHONE, axe_in_both_themes_and_widths, axe_violations
from tests.factories.access import make_holder
from tests.factories.live import LiveSite
from tests.factories.people import make_person

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(live_site: LiveSite, browser: Browser) -> Iterator[Page]:
    context = live_site.context(browser, make_person(given_name="Ada", family_name="Byron"))
    yield context.new_page()
    context.close()


def open_quietly(page: Page, address: str) -> list[str]:
    """Open a page and return what the browser complained about."""
    heard: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(address, wait_until="networkidle")
    page.remove_listener("console", hear)
    return heard


def test_design_page_draws_its_chart_without_offending_the_policy(page: Page, live_site: LiveSite) -> None:
    assert open_quietly(page, f"{live_site.app}/platform/design/") == []
    assert page.locator("#specimen svg").count() == 1


def test_design_page_is_accessible(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/platform/design/", wait_until="networkidle")
    assert axe_in_both_themes_and_widths(page) == []


def test_entrance_is_accessible_and_quiet(live_site: LiveSite, browser: Browser) -> None:
    page = browser.new_page()
    assert open_quietly(page, f"{live_site.app}/accounts/login/") == []
    assert axe_in_both_themes_and_widths(page) == []


def test_error_page_is_accessible(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/no/such/page/")
    assert page.locator("h1").count() == 1
    assert axe_in_both_themes_and_widths(page) == []


@pytest.mark.parametrize("path", ["/platform/design/", "/search/?q=de", "/accounts/login/", "/accounts/2fa/"])
def test_page_reflows_at_320_pixels(page: Page, live_site: LiveSite, path: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"{live_site.app}{path}", wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_pages_of_a_long_area_are_a_menu_on_a_phone_by_keyboard_too(live_site: LiveSite, browser: Browser) -> None:
    page = live_site.context(browser, make_holder(Role.IT_ADMINISTRATOR, Role.AUTHOR), viewport=PHONE).new_page()
    page.goto(f"{live_site.app}/platform/design/")
    menu = page.get_by_role("navigation", name="Platform")
    page.locator(".m-local-nav summary").focus()
    page.keyboard.press("Enter")
    expect(menu.get_by_role("link", name="Design")).to_have_attribute("aria-current", "page")
    panel = menu.locator(".m-menu-panel").bounding_box()
    assert panel is not None
    assert panel["x"] >= 0
    assert panel["x"] + panel["width"] <= PHONE["width"]
    assert axe_violations(page) == []
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.m-local-nav .m-menu-panel') !== null")
    page.keyboard.press("Escape")
    expect(menu.locator(".m-menu-panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('.m-local-nav summary')")
    page.set_viewport_size(DESKTOP)
    expect(page.locator(".m-local-nav summary")).to_be_hidden()
    expect(menu.get_by_role("link", name="Design")).to_be_visible()


def test_slash_leads_to_the_search_and_arrows_to_what_it_found(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/platform/design/")
    page.keyboard.press("/")
    page.keyboard.type("zzzz", delay=10)
    page.wait_for_selector("#global-search-results .m-found-none")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") != "global-search"


def test_first_tab_skips_to_the_content(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/platform/design/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "m-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_theme_changes_at_once_and_stays(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/platform/design/")
    page.click(".m-user > summary")
    with page.expect_response("**/appearance/"):
        page.click("button[value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_pages_work_without_script(live_site: LiveSite, browser: Browser) -> None:
    person = make_person(given_name="Ada", family_name="Byron")
    page = live_site.context(browser, person, java_script_enabled=False).new_page()
    page.goto(f"{live_site.app}/platform/design/")
    page.click(".m-user > summary")
    page.click("button[value=dark]")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#specimen summary")
    assert page.locator("#specimen table").is_visible()
    page.fill("#global-search", "zzzz")
    page.press("#global-search", "Enter")
    assert page.locator(".m-found-none").is_visible()


def test_installed_app_shows_its_page_offline(live_site: LiveSite, browser: Browser) -> None:
    context = live_site.context(browser, make_person())
    page = context.new_page()
    page.goto(f"{live_site.app}/platform/design/")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function("caches.match('/offline/').then(Boolean)")
    context.set_offline(True)
    page.goto(f"{live_site.app}/search/")
    assert page.locator("h1, h2").first.inner_text() == "No connection"
    context.close()
