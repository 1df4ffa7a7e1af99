"""Forwarding in a real browser: set up with the keyboard, tried, watched, and a dead letter sent again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from mycelia.kernel.tasks import run_pending
from mycelia.records import api
from mycelia.records.models import DeadLetter, Destination
from mycelia.records.types import BROKEN_AFTER
from tests.browser import DESKTOP, PHONE, axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.live import LiveSite
from tests.factories.records import make_statement
from tests.factories.stores import OtherStore, make_destination, other_store

pytestmark = pytest.mark.e2e
SHOTS = os.environ.get("MYCELIA_SHOTS")


@pytest.fixture
def page(live_site: LiveSite, browser: Browser) -> Iterator[Page]:
    person = make_holder(Role.IT_ADMINISTRATOR, given_name="Ira", family_name="Tech")
    context = live_site.context(browser, person, viewport=DESKTOP)
    yield context.new_page()
    context.close()


@pytest.fixture
def store() -> Iterator[OtherStore]:
    with other_store() as store:
        yield store


def _looked_at(page: Page, name: str) -> list[str]:
    """Return what axe finds; pictures of the page are kept where `MYCELIA_SHOTS` says."""
    if SHOTS:
        for size in (DESKTOP, PHONE):
            for theme in ("light", "dark"):
                page.set_viewport_size(size)
                page.emulate_media(color_scheme=theme)
                page.screenshot(path=Path(SHOTS) / f"{name}-{size['width']}-{theme}.png", full_page=True)
        page.set_viewport_size(DESKTOP)
    return axe_in_both_themes_and_widths(page)


def test_destination_is_set_up_tried_watched_and_its_dead_letter_sent_again(
    page: Page, live_site: LiveSite, store: OtherStore
) -> None:
    with clock.frozen(clock.now() - timedelta(seconds=2)):
        ids = [str(one) for one in api.store([make_statement() for _ in range(5)])]
    store.refuses = {ids[2]}
    page.goto(f"{live_site.app}/platform/records/forwarding/")
    found = _looked_at(page, "empty")
    page.get_by_role("link", name="Forward to another store").click()
    found += _looked_at(page, "form")
    page.get_by_label("Name of the store").fill("Group LRS")
    page.get_by_label("Endpoint").fill(store.url)
    page.get_by_label("Key (user name)").fill("mycelia")
    page.get_by_label("Secret (password)").fill("s3cret-word")
    page.get_by_role("button", name="Test the connection").click()
    expect(page.get_by_text("It knows the credential.")).to_be_visible()
    found += _looked_at(page, "tried")
    page.get_by_role("button", name="Start forwarding").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Forwarding has begun.")).to_be_visible()
    run_pending()
    page.reload()
    expect(page.get_by_text("Up to date")).to_be_visible()
    expect(page.get_by_role("link", name=ids[2])).to_be_visible()
    found += _looked_at(page, "detail")
    page.goto(f"{live_site.app}/platform/records/forwarding/")
    found += _looked_at(page, "list")
    page.get_by_role("link", name="Group LRS").click()
    page.get_by_role("link", name=ids[2]).click()
    found += _looked_at(page, "letter")
    store.refuses = set()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_text("The statement is sent again with the next run.")).to_be_visible()
    run_pending()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Nothing more is sent.")).to_be_visible()
    page.get_by_role("link", name="Change").click()
    found += _looked_at(page, "settings")
    page.go_back()
    page.get_by_role("link", name="Remove").click()
    found += _looked_at(page, "removal")
    page.get_by_role("button", name="Remove the destination").click()
    expect(page.get_by_text("Nothing is forwarded to Group LRS any more.")).to_be_visible()
    assert found == []
    assert sorted(store.statements) == sorted(ids)
    assert not DeadLetter.objects.exists()


def _tab_to(page: Page, role: str, name: str) -> None:
    """Move the focus with the keyboard alone until it is on something."""
    target = page.get_by_role(role, name=name)  # type: ignore[arg-type]
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach the {role} {name!r}")


def test_statement_that_holds_up_the_others_is_set_aside_with_the_keyboard_on_a_phone(
    page: Page, live_site: LiveSite, store: OtherStore
) -> None:
    with clock.frozen(clock.now() - timedelta(seconds=2)):
        ids = [str(one) for one in api.store([make_statement() for _ in range(2)])]
    number = make_destination(store.url)
    store.breaks_over = {ids[0]}
    api.run_forwarding(number)
    Destination.objects.update(consecutive_failures=BROKEN_AFTER)
    page.set_viewport_size(PHONE)
    page.goto(f"{live_site.app}/platform/records/forwarding/{number}/")
    _tab_to(page, "link", "Set the next statement aside")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The statement becomes a dead letter of Group LRS")).to_be_visible()
    expect(page.locator("pre")).to_contain_text(ids[0])
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = _looked_at(page, "aside")
    page.set_viewport_size(PHONE)
    _tab_to(page, "link", "Cancel")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Set the next statement aside")).to_be_visible()
    assert not DeadLetter.objects.exists()
    page.get_by_role("link", name="Set the next statement aside").press("Enter")
    _tab_to(page, "button", "Set this statement aside")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=ids[0])).to_be_visible()
    run_pending()
    assert found == []
    assert store.order == [ids[1]]
    assert [str(one.statement_id) for one in DeadLetter.objects.all()] == [ids[0]]
