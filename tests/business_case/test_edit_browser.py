"""Lines and work items edited in a real browser: what they add while typing, saving itself, undo, keyboard, axe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Browser, Locator, Page, Route, expect

from mycelia.business_case import api
from mycelia.business_case.models import Case, Change, CostLine
from mycelia.business_case.types import Estimate, ItemKind
from mycelia.kernel.policy import Role
from tests.browser import DESKTOP, PHONE, axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_case
from tests.factories.business_case_models import a_cost, an_item
from tests.factories.live import LiveSite

pytestmark = pytest.mark.e2e


@pytest.fixture
def case(live_site: LiveSite) -> Case:
    case = make_case("growth", name="Growth")
    api.add_item(actor=SYSTEM, case=case, value=a_cost("c", price=100))
    api.add_item(actor=SYSTEM, case=case, value=an_item("a", Estimate.pert(10, 15, 30)))
    return case


@pytest.fixture
def page(live_site: LiveSite, browser: Browser, case: Case) -> Iterator[Page]:
    # A page's requests pass by its routes once a service worker has taken it over.
    context = live_site.context(browser, make_holder(Role.FINANCE_ANALYST), service_workers="block")
    yield context.new_page()
    context.close()


def shoot(page: Page, name: str) -> None:
    """Keep pictures of a page for whoever wants to look at it: set MYCELIA_SHOTS to a folder."""
    folder = os.environ.get("MYCELIA_SHOTS")
    for size in (DESKTOP, PHONE) if folder else ():
        page.set_viewport_size(size)
        page.screenshot(path=Path(str(folder)) / f"{name}-{size['width']}.png", full_page=True)
    page.set_viewport_size(DESKTOP)


def test_line_tells_what_it_adds_and_saves_itself(page: Page, live_site: LiveSite, case: Case) -> None:
    line = CostLine.objects.get()
    page.goto(f"{live_site.app}/case/growth/costs/{line.pk}/")
    price = page.get_by_role("group", name="Price of one")
    expect(price.get_by_label("Low")).to_be_hidden()
    price.get_by_label("Shape").select_option("pert")
    price.get_by_label("Low").fill("80")
    price.get_by_label("High").fill("70")
    price.get_by_label("Likely").fill("200")
    page.get_by_role("status").get_by_text("Not saved yet").wait_for()
    price.get_by_label("High").fill("320")
    page.get_by_label("Source").focus()
    expect(page.locator("#item-effect")).to_contain_text("Costs USD")
    expect(page.locator("#item-saving")).to_contain_text("Saved")
    line.refresh_from_db()
    assert line.price == Estimate.pert(80, 200, 320)
    shoot(page, "line")
    assert axe_in_both_themes_and_widths(page) == []
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Undone.").wait_for()
    line.refresh_from_db()
    assert line.price == Estimate.fixed(100)
    page.get_by_role("textbox", name="Comment").fill("Is this the offer of May?")
    page.get_by_role("button", name="Comment").press("Enter")
    expect(page.get_by_role("region", name="Comments")).to_contain_text("Is this the offer of May?")
    assert axe_in_both_themes_and_widths(page) == []


def test_benefit_asks_for_the_inputs_of_the_category_that_is_chosen(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/case/growth/benefits/new/")
    page.get_by_label("Description").fill("Fewer trips")
    page.get_by_label("Category").select_option("travel_avoided")
    trips = page.get_by_role("group", name="Trips or classroom days a year")
    trips.get_by_label("Likely").fill("40")
    page.get_by_role("group", name="Cost of one").get_by_label("Likely").fill("900")
    page.get_by_role("group", name="Share avoided").get_by_label("Likely").fill("50")
    expect(page.locator("#item-effect")).to_contain_text("Brings USD")
    expect(page.get_by_label("Description")).to_have_value("Fewer trips")
    for fold in page.locator("summary").all():
        fold.click()
    shoot(page, "benefit")
    assert axe_in_both_themes_and_widths(page) == []
    page.get_by_role("button", name="Save").click()
    page.get_by_text("every figure follows").wait_for()
    assert api.items_of(Case.objects.get(), ItemKind.BENEFIT)[0].value.description == "Fewer trips"


def test_conflict_shows_both_and_the_person_takes_theirs_or_mine(page: Page, live_site: LiveSite, case: Case) -> None:
    line = CostLine.objects.get()
    page.goto(f"{live_site.app}/case/growth/costs/{line.pk}/")
    state = api.item_of(case, ItemKind.COST, "c")
    api.change_item(actor=SYSTEM, case=case, value=a_cost("c", price=777), seen_revision=state.revision)
    page.get_by_role("group", name="Price of one").get_by_label("Likely").fill("555")
    page.get_by_label("Source").focus()
    page.get_by_text("Somebody else changed this").wait_for()
    expect(page.get_by_role("row", name="Price of one")).to_contain_text("777")
    expect(page.get_by_role("row", name="Price of one")).to_contain_text("555")
    shoot(page, "conflict")
    assert axe_in_both_themes_and_widths(page) == []
    page.get_by_role("button", name="Save mine").click()
    page.get_by_text("every figure follows").wait_for()
    line.refresh_from_db()
    assert line.price == Estimate.fixed(555)


def test_work_item_is_added_by_keyboard_alone(page: Page, live_site: LiveSite, case: Case) -> None:
    page.goto(f"{live_site.app}/case/growth/work-items/new/")
    found = axe_in_both_themes_and_widths(page)
    page.get_by_label("Title").focus()
    page.keyboard.type("Roll out")
    _tab_to(page, "duration_shape")
    page.keyboard.type("PERT")
    for number in ("5", "8", "20"):
        page.keyboard.press("Tab")
        page.keyboard.type(number)
    shoot(page, "work-item")
    page.keyboard.press("Enter")
    page.get_by_text("every figure follows").wait_for()
    assert api.items_of(case, ItemKind.WORK_ITEM)[-1].value.duration_days == Estimate.pert(5, 8, 20)
    shoot(page, "roadmap")
    page.get_by_role("link", name="Work items").click()
    page.get_by_role("button", name="Move Roll out earlier").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Move Roll out later").wait_for()
    shoot(page, "work-items")
    found += axe_in_both_themes_and_widths(page)
    page.goto(f"{live_site.app}/case/growth/drivers/")
    page.locator("#id_adoption_kind").select_option("bass")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("every figure follows").wait_for()
    curve = page.locator("#item-chart h2")
    before = curve.inner_text()
    page.get_by_role("group", name="In the end").get_by_label("Likely").fill("40")
    page.keyboard.press("Tab")
    expect(curve).not_to_have_text(before)
    expect(page.locator("#item-chart svg")).to_be_visible()
    shoot(page, "drivers")
    found += axe_in_both_themes_and_widths(page)
    page.goto(f"{live_site.app}/case/growth/terms/")
    shoot(page, "terms")
    assert found + axe_in_both_themes_and_widths(page) == []


def test_nothing_is_lost_by_who_goes_on_before_it_is_saved(page: Page, live_site: LiveSite, case: Case) -> None:
    line = CostLine.objects.get()
    held: list[tuple[Route, APIResponse]] = []
    address = f"{live_site.app}/case/growth/costs/{line.pk}/"
    price = page.get_by_role("group", name="Price of one").get_by_label("Likely")

    def hold(route: Route) -> None:
        is_by_itself = route.request.method == "POST" and "hx-request" in route.request.headers
        if is_by_itself:
            held.append((route, route.fetch()))
        else:
            route.fallback()

    page.goto(address)
    _type(price, "200")
    expect(page.locator("#item-saving")).to_contain_text("Saved")
    _type(price, "300")
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Undone.").wait_for()
    assert _prices() == (200, ["done", "undone"])
    _type(price, "400")
    page.get_by_role("link", name="Cancel").click()
    page.wait_for_url("**/case/growth/#costs")
    assert _prices() == (400, ["done", "discarded", "done"])
    page.goto(address)
    _type(price, "500")
    page.reload()
    _until(page, lambda: _prices()[0] == 500)
    expect(price).to_have_value("500")
    expect(page.locator("#item-saving")).to_contain_text("Saved")
    page.goto(address)
    page.route(address, hold)
    _type(price, "600")
    _until(page, lambda: bool(held))
    page.get_by_label("Description").fill("Typed while it was saved")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Description")).to_have_value("Typed while it was saved")
    held[0][0].fulfill(response=held[0][1])
    page.get_by_text("every figure follows").wait_for()
    line.refresh_from_db()
    assert (line.price, line.description) == (Estimate.fixed(600), "Typed while it was saved")


def test_what_is_typed_while_the_page_still_loads_is_saved_before_its_reader_goes_on(
    page: Page, live_site: LiveSite, case: Case
) -> None:
    held: list[Route] = []
    page.route("**/htmx.min*.js", lambda route: held.append(route), times=1)
    page.goto(f"{live_site.app}/case/growth/costs/{CostLine.objects.get().pk}/", wait_until="commit")
    _type(page.get_by_role("group", name="Price of one").get_by_label("Likely"), "400")
    page.get_by_role("link", name="Cancel").click(no_wait_after=True)
    _until(page, lambda: bool(held))
    held[0].continue_()
    page.wait_for_url("**/case/growth/#costs")
    assert _prices() == (400, ["done"])


def test_what_could_not_be_saved_is_still_typed_after_the_page_is_loaded_again(
    page: Page, live_site: LiveSite, case: Case
) -> None:
    address = f"{live_site.app}/case/growth/costs/{CostLine.objects.get().pk}/"
    price = page.get_by_role("group", name="Price of one").get_by_label("Likely")
    page.goto(address)
    _type(price, "-5")
    page.reload()
    expect(price).to_have_value("-5")
    page.get_by_role("status").get_by_text("Not saved yet").wait_for()
    state = api.item_of(case, ItemKind.COST, "c")
    page.goto(address)
    expect(price).to_have_value("100")
    api.change_item(actor=SYSTEM, case=case, value=a_cost("c", price=777), seen_revision=state.revision)
    _type(price, "300")
    page.reload()
    page.get_by_text("Somebody else changed this").wait_for()
    expect(price).to_have_value("300")
    assert _prices()[0] == 777


def _type(field: Locator, text: str) -> None:
    """Type into a field and leave it."""
    field.fill(text)
    field.press("Tab")


def _until(page: Page, condition: Callable[[], bool]) -> None:
    """Wait for what no element of the page shows."""
    for _turn in range(1000):
        if condition():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it does not come about")


def _prices() -> tuple[Decimal, list[str]]:
    """Return the price that is stored, and what became of each change."""
    states = list(Change.objects.filter(person__isnull=False).order_by("pk").values_list("state", flat=True))
    return CostLine.objects.get().price.likely, states


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the control of that name has the focus."""
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"Tab does not reach {name}")
