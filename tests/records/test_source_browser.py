"""The page of sources in a real browser: charts are drawn, and it is accessible."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, Role
from mycelia.records import api
from mycelia.records.models import CredentialUse
from mycelia.records.types import Scope, Terms
from tests.browser import axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.live import LiveSite

pytestmark = pytest.mark.e2e


@pytest.fixture
def page(live_site: LiveSite, browser: Browser) -> Iterator[Page]:
    context = live_site.context(browser, make_holder(Role.IT_ADMINISTRATOR, given_name="Ira", family_name="Tech"))
    yield context.new_page()
    context.close()


def test_sources_are_charted_and_chosen(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/platform/records/sources/")
    found = axe_in_both_themes_and_widths(page)
    made = api.create_credential(
        actor=Actor.system("tests"), name="Course player", terms=Terms(frozenset({Scope.STATEMENTS_WRITE}))
    )
    for hours in range(24):
        for outcome, requests in (("accepted", 90 + 11 * hours % 50), ("invalid_statement", hours % 5)):
            CredentialUse.objects.create(
                credential_id=made.credential_id,
                since=clock.now() - timedelta(hours=hours),
                outcome=outcome,
                requests=requests,
            )
    page.reload()
    expect(page.locator("#throughput svg")).to_be_visible()
    expect(page.locator("#refusals svg")).to_be_visible()
    page.get_by_role("combobox", name="Source").select_option("Course player")
    page.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("It has sent no statements yet.")).to_be_visible()
    expect(page.locator("#throughput svg")).to_be_visible()
    found += axe_in_both_themes_and_widths(page)
    assert found == []
