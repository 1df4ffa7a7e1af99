"""The pages about keeping and erasing records in a real browser: by keyboard, and accessible."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from mycelia.records import api
from tests.browser import axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.live import LiveSite
from tests.factories.people import make_person
from tests.factories.records import make_statement

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(live_site: LiveSite, browser: Browser) -> Iterator[Page]:
    context = live_site.context(browser, make_holder(Role.IT_ADMINISTRATOR, given_name="Ira", family_name="Tech"))
    yield context.new_page()
    context.close()


def test_months_are_ruled_over_and_removed_by_keyboard(page: Page, live_site: LiveSite) -> None:
    with clock.frozen(datetime(2020, 1, 1, tzinfo=UTC)):
        api.store([make_statement() for _ in range(3)])
    page.goto(f"{live_site.app}/platform/records/retention/")
    found = axe_in_both_themes_and_widths(page)
    page.get_by_label("Keep statements for this many months").focus()
    page.keyboard.type("12")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 month with 3 statements goes")).to_be_visible()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_role("button", name="Make this the rule").press("Enter")
    expect(page.get_by_text("Statements are kept for 12 months.").first).to_be_visible()
    page.get_by_role("link", name="Remove now").press("Enter")
    expect(page.get_by_role("rowheader", name="January 2020")).to_be_visible()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_role("button", name="Remove these months").press("Enter")
    expect(page.get_by_text("1 month was removed, with 3 statements.")).to_be_visible()
    expect(page.get_by_text("2020-01 removed: 3 statements")).to_be_visible()
    assert found == []


def test_person_is_looked_for_and_taken_out_by_keyboard(page: Page, live_site: LiveSite) -> None:
    ada = make_person("ada.byron@example.com", employee_number="E-770077", given_name="Ada", family_name="Byron")
    api.store([make_statement(actor=api.agent_for(ada.pk)) for _ in range(2)])
    page.goto(f"{live_site.app}/platform/records/erasure/")
    page.get_by_label("Name, e-mail or employee number").focus()
    page.keyboard.type("byron")
    page.keyboard.press("Enter")
    found = axe_in_both_themes_and_widths(page)
    page.get_by_role("link", name="Ada Byron").press("Enter")
    expect(page.get_by_text("Statements that name one")).to_be_visible()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_label("Type their e-mail or employee number to confirm").fill("E-770078")
    page.get_by_role("button", name="Take them out of the records").press("Enter")
    expect(page.get_by_text("Nothing was changed.").first).to_be_visible()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_label("Type their e-mail or employee number to confirm").fill("e-770077")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing leads to this person")).to_be_visible()
    page.get_by_role("link", name="Search the text of every statement").press("Enter")
    expect(page.get_by_text("neither their e-mail nor an account name")).to_be_visible()
    found += axe_in_both_themes_and_widths(page)
    assert found == []
