"""Every page of a case in a real browser: no fault of accessibility, no sideways scrolling, done by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from mycelia.business_case import api
from mycelia.business_case.models import Case, Comment, Export, Kpi, LedgerEntry, ShareLink, StartDraft
from mycelia.business_case.types import Correlation, Estimate, Phase, Reading, SourceKind, Stakeholder, Timing
from mycelia.kernel.policy import Role
from mycelia.kernel.tasks import run_pending
from tests.browser import DESKTOP, PHONE, axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_complete_case, make_kpi_terms, make_objective
from tests.factories.business_case_models import a_cost, an_item
from tests.factories.live import LiveSite

pytestmark = pytest.mark.e2e
LEDGER = b"date,amount,reference,category,kind,item\n2026-01-10,99.50,R-1,licences,cost,\n"


@pytest.fixture
def case(live_site: LiveSite) -> Case:
    """A case with something on each of its pages, named at length so that it has to wrap."""
    case = make_complete_case("full", name="Onboarding-und-Weiterbildungsplattform for everybody in every depot")
    kpi = make_kpi_terms(name="Days until the first job", source_kind=SourceKind.SERIES, manual_value=None)
    api.add_kpi(actor=SYSTEM, objective=make_objective(case, "Sooner"), terms=replace(kpi, manual_value_date=None))
    read = Reading(date(2026, 2, 1), Decimal(50), "Report of the month")
    api.record_readings(actor=SYSTEM, kpi=Kpi.objects.get(name=kpi.name), readings=[read])
    for value in (
        Phase("p", "Build"),
        an_item("a", Estimate.pert(10, 15, 30), phase="p"),
        an_item("b", Estimate.pert(5, 8, 20), "a", is_milestone=False),
        a_cost("c", price=Estimate.pert(80, 100, 170)),
        a_cost("d", price=Estimate.pert(8, 10, 17)),
        Correlation("cost/c/price", "cost/d/price", Decimal("0.5"), "together"),
    ):
        api.add_item(actor=SYSTEM, case=case, value=value)
    api.import_ledger(actor=SYSTEM, case=case, content=LEDGER, file_name="bookings.csv")
    api.close_month(actor=SYSTEM, case=case)
    api.share_version(actor=SYSTEM, version=api.freeze_case(actor=SYSTEM, case=case, title="First"), days=3)
    api.run_simulation(run_id=api.ask_simulation(actor=SYSTEM, case=case, queue=lambda _run: None, draws=200).pk)
    api.add_comment(actor=SYSTEM, case=case, item="c", text="Is this the newest price?")
    return case


@pytest.fixture
def page(live_site: LiveSite, browser: Browser, case: Case) -> Iterator[Page]:
    context = live_site.context(browser, make_holder(Role.FINANCE_ANALYST))
    yield context.new_page()
    context.close()


def faults(page: Page, address: str) -> list[str]:
    """Open a page; return what axe finds in both themes and widths, and how far it scrolls sideways on a phone."""
    page.goto(address)
    for drawing in page.locator("[data-chart]").all():
        expect(drawing.locator("svg")).to_be_visible()
    page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true; })")
    found = axe_in_both_themes_and_widths(page)
    page.set_viewport_size(PHONE)
    width = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size(DESKTOP)
    return [*found, *([f"{address} is {width} px wide on a phone"] if width > PHONE["width"] else [])]


def test_what_a_committee_will_ask_about_is_told_without_a_fault(page: Page, live_site: LiveSite, case: Case) -> None:
    """A work item that ends after the case, one that was finished before what it waits for, and a line that waits."""
    for value in (
        an_item("late", Estimate.fixed(900)),
        an_item("early", Estimate.fixed(5), "late", finished_on=date(2026, 2, 2)),
        a_cost("e", timing=Timing(1, None, "late")),
    ):
        api.add_item(actor=SYSTEM, case=case, value=value)
    line = case.cost_lines.get(key="e")
    found: list[str] = []
    for place in ("", "presentation/", "roadmap/", f"costs/{line.pk}/", "work-items/early/"):
        found += faults(page, f"{live_site.app}/case/full/{place}")
        expect(
            page.get_by_text("after the case ends").or_(page.get_by_text("Its own day counts")).first
        ).to_be_visible()
    assert found == []


def test_pages_that_are_read_have_no_fault(page: Page, live_site: LiveSite, case: Case) -> None:
    kpi, line = Kpi.objects.get(name="Days until the first job"), case.cost_lines.get(key="c")
    places = (
        "",
        "roadmap/",
        "risk/",
        "actuals/",
        "actuals/ledger/",
        f"kpis/{kpi.pk}/readings/",
        "versions/?before=1&after=0",
        "versions/1/",
        "comments/",
        "exports/",
        f"costs/{line.pk}/derivation/",
        f"options/{case.options.get(is_preferred=True).key}/derivation/",
        "presentation/",
    )
    found = [fault for place in places for fault in faults(page, f"{live_site.app}/case/full/{place}")]
    assert not found, "\n".join(found)


def test_briefs_of_what_was_presented_have_no_fault(browser: Browser, live_site: LiveSite, case: Case) -> None:
    api.present_case(actor=SYSTEM, case=make_complete_case("told", name=case.name, is_synthetic=True))
    context = live_site.context(browser, make_holder(Role.EXECUTIVE))
    page = context.new_page()
    briefs = [f"{live_site.app}/briefs/told/{reader}/" for reader in Stakeholder]
    found = [fault for address in (f"{live_site.app}/briefs/", *briefs) for fault in faults(page, address)]
    context.close()
    assert found == []


def test_pages_that_are_filled_in_have_no_fault(page: Page, live_site: LiveSite, case: Case) -> None:
    line = case.cost_lines.get(key="c")
    places = (
        f"costs/{line.pk}/",
        f"costs/{line.pk}/removal/",
        "work-items/a/",
        "work-items/",
        "correlations/together/",
        "options/",
        "calendar/",
    )
    found = [fault for place in places for fault in faults(page, f"{live_site.app}/case/full/{place}")]
    for place in ("", "new/", "new/onboarding/", "new/empty/", "new/restoration/"):
        found += faults(page, f"{live_site.app}/case/{place}")
    assert not found, "\n".join(found)


def test_case_is_discussed_frozen_shared_and_booked_by_keyboard(
    page: Page, live_site: LiveSite, browser: Browser, case: Case
) -> None:
    page.goto(f"{live_site.app}/case/full/comments/")
    _type(page, page.get_by_role("textbox", name="Comment"), "Who pays the rooms?")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_text("Who pays the rooms?").wait_for()
    resolve = page.get_by_role("button", name="Resolve").first
    resolve.press("Enter")
    page.get_by_text("resolved by").wait_for()
    assert Comment.objects.filter(resolved_at__isnull=False).count() == 1
    page.goto(f"{live_site.app}/case/full/versions/")
    _type(page, page.get_by_label("Title"), "For the committee")
    page.keyboard.press("Enter")
    page.get_by_role("cell", name="For the committee").or_(page.get_by_text("For the committee").first).first.wait_for()
    page.get_by_role("button", name="Make a link").press("Enter")
    link = page.locator(".bc-link").inner_text()
    assert ShareLink.objects.count() == 2
    stranger = browser.new_context().new_page()
    assert faults(stranger, link) == []
    expect(stranger.get_by_role("heading", level=1)).to_contain_text("Onboarding")
    stranger.context.close()
    page.goto(f"{live_site.app}/case/full/actuals/ledger/")
    again = {"name": "more.csv", "mimeType": "text/csv", "buffer": LEDGER.replace(b"R-1", b"R-2")}
    page.locator("input[type=file]").set_input_files(again)  # type: ignore[arg-type]
    page.get_by_role("button", name="Book the file").press("Enter")
    page.get_by_role("cell", name="R-2").wait_for()
    assert LedgerEntry.objects.count() == 2


def test_document_is_asked_for_awaited_and_downloaded_by_keyboard(
    page: Page, live_site: LiveSite, browser: Browser, case: Case
) -> None:
    address = f"{live_site.app}/case/full/exports/"
    page.goto(address)
    page.get_by_role("button", name="Make Ten slides").press("Enter")
    page.get_by_text("Waiting for its turn").wait_for()
    again = page.get_by_role("link", name="Look again")
    again.focus()
    Export.objects.update(state="running", progress=0.42)
    page.get_by_role("progressbar", name="Making: Ten slides").wait_for()
    expect(again).to_be_focused()
    assert faults(page, address) == []
    with browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state()) as plain:
        reader = plain.new_page()
        reader.goto(address)
        run_pending()
        reader.get_by_role("link", name="Look again").click()
        reader.get_by_role("link", name="Ten slides").wait_for()
    link = page.get_by_role("link", name="Ten slides")
    link.wait_for()
    expect(page.locator("#exports-status")).to_have_text("Nothing is being made.")
    with page.expect_download() as download:
        link.press("Enter")
    assert download.value.suggested_filename == "full-slides.pptx"
    Export.objects.update(state="failed", failure="The brief could not be set.")
    assert faults(page, address) == []
    expect(page.get_by_role("button", name="Try again Ten slides")).to_be_visible()


def test_guided_start_is_left_gone_on_with_and_begun_by_keyboard(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/case/new/")
    page.get_by_role("link", name="Onboard").first.press("Enter")
    _type(page, page.get_by_label("Name", exact=True), "Sooner on their own")
    page.keyboard.press("Tab")
    expect(page.locator("#start-saving")).to_contain_text("Kept")
    assert StartDraft.objects.get().typed["name"] == "Sooner on their own"
    page.goto(f"{live_site.app}/case/new/")
    page.get_by_role("link", name="Sooner on their own").press("Enter")
    expect(page.get_by_label("Name", exact=True)).to_have_value("Sooner on their own")
    assert axe_in_both_themes_and_widths(page) == []
    page.get_by_role("button", name="Begin the case").press("Enter")
    page.get_by_text("The case is begun").wait_for()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sooner on their own")
    expect(page.locator("#outlook")).to_contain_text("not known yet")
    assert not StartDraft.objects.exists()


def _type(page: Page, field: Locator, words: str) -> None:
    """Go into a field and write as somebody at a keyboard does."""
    field.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type(words)
