"""The blueprint in a real browser: accessible at both widths and in both themes, and usable by keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from mycelia.business_case import api
from mycelia.business_case.api import Element, ElementTerms, Moment, Part, Protocol, SystemPurpose
from mycelia.business_case.models import FindingDecision
from mycelia.business_case.pages.blueprint_frame import address
from mycelia.kernel.policy import Role
from tests.browser import axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.blueprint import SYSTEM, make_content_model, make_link, make_system
from tests.factories.business_case import make_case
from tests.factories.live import LiveSite, live_site, static_root

__all__ = ["live_site", "static_root"]
pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(live_site: LiveSite, browser: Browser) -> Page:
    return live_site.context(browser, make_holder(Role.FINANCE_ANALYST, email="filipa@example.com")).new_page()


def landscape() -> tuple[int, int, str]:
    """Register two systems with a link and a model; return their numbers and a finding about licences."""
    make_case("growth", currency="EUR", name="One place")
    old = make_system(name="Old platform")
    wiki = make_system(name="Wiki", purpose=SystemPurpose.KNOWLEDGE_BASE, users_active=390)
    make_link(old, wiki, Protocol.FILE)
    model = make_content_model("Media", (old, Moment.TODAY, Part.MASTER), (wiki, Moment.TODAY, Part.MASTER))
    terms = ElementTerms("By hand", "By rule", 1, 4, evidence="Survey")
    api.assess_element(actor=SYSTEM, element=Element.PROCESS, terms=terms)
    found = next(one.finding for one in api.readiness(SYSTEM) if one.finding.rule == "unused_licences")
    return old.pk, model.pk, found.key


def test_every_page_of_the_blueprint_is_accessible_and_reflows(page: Page, live_site: LiveSite) -> None:
    system, model, finding = landscape()
    paths = [
        *(address(name) for name in ("elements", "systems", "models", "readiness", "needs", "system_new", "model_new")),
        address("element", Element.CULTURE),
        address("system", system),
        address("model", model),
        address("link_new", system),
        address("finding", finding),
        f"{address('acceptance', finding)}?case=growth",
        address("dismissal", finding),
        address("deferral", finding),
    ]
    for path in paths:
        page.goto(f"{live_site.app}{path}", wait_until="networkidle")
        assert axe_in_both_themes_and_widths(page) == [], path
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_finding_is_accepted_by_keyboard_alone(page: Page, live_site: LiveSite) -> None:
    _system, _model, finding = landscape()
    page.goto(f"{live_site.app}{address('readiness')}?case=growth")
    page.locator(f"#{finding} .m-actions a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_amount")).to_have_value("4500.00")
    page.locator("#id_title").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".bp-decision")).to_contain_text("a benefit of “One place”")
    assert FindingDecision.objects.get().finding_key == finding
