"""The main job, from a people file and a real course package to a completed course, its record and a case.

Once with the mouse and once by keyboard alone; with the mouse axe looks at every page, in both themes and widths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e import golf, studio
from tests.e2e.installation import Installation
from tests.e2e.person import Visitor
from tests.factories.packages import real_package

pytestmark = pytest.mark.e2e

PEOPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "people.csv"
COSTS = (53_150, 666_715, 636_772, 647_783)
BENEFITS = (0, 1_606_511, 3_061_331, 4_229_760)


@dataclass
class Journey:
    """What the steps share."""

    browser: Browser
    installation: Installation
    keyboard: bool

    @property
    def course(self) -> str:
        return "Golf by keyboard" if self.keyboard else "Golf by mouse"

    @property
    def case_path(self) -> str:
        return "/case/keyboard-case/" if self.keyboard else "/case/mouse-case/"

    def visitor(self, name: str) -> Visitor:
        return Visitor(self.browser, self.installation.url, f"{name}@demo.example", keyboard=self.keyboard)


@pytest.fixture(params=[False, True], ids=["mouse", "keyboard"])
def journey(request: pytest.FixtureRequest, browser: Browser, installation: Installation) -> Journey:
    return Journey(browser, installation, request.param)


def test_journey_from_people_file_to_presented_case(journey: Journey, tmp_path: Path) -> None:
    package = real_package("golf-scorm12.zip")
    import_people(journey, tmp_path)
    publish_course(journey, package)
    take_course(journey)
    see_completion(journey)
    read_records(journey)
    build_case(journey)
    be_refused(journey)
    complete_case(journey)
    present(journey, tmp_path)


def import_people(journey: Journey, folder: Path) -> None:
    file = folder / "people.csv"
    rows = PEOPLE.read_text(encoding="utf-8")
    mark = "K" if journey.keyboard else "M"
    file.write_text(re.sub(r"\bP(\d{4})", rf"{mark}\1", rows).replace("@field.", f"@{mark.lower()}field."))
    talent = journey.visitor("talent")
    talent.open("/talent/")
    _upload(talent, file)
    talent.press("Apply to")
    talent.sees("The audit log has it")
    talent.look()
    _upload(talent, file)
    talent.sees("Nothing to change")
    talent.look()
    talent.open("/talent/?q=gerlach")
    talent.sees("Johanna Gerlach")
    talent.leave()


def _upload(talent: Visitor, file: Path) -> None:
    talent.open("/talent/import/")
    talent.page.locator("input[type=file]").set_input_files(file)
    talent.press("Check the file")
    expect(talent.page.locator("main")).to_contain_text(re.compile("Apply to|Nothing to change"), timeout=30_000)
    talent.look()


def publish_course(journey: Journey, package: Path) -> None:
    draft = studio.CourseDraft(title=journey.course, package=package)
    author = journey.visitor("author")
    studio.create_course(author.page, author.url, draft, keyboard=journey.keyboard)
    author.leave()
    curator = journey.visitor("curator")
    studio.approve_course(curator.page, curator.url, draft.title, keyboard=journey.keyboard)
    curator.leave()


def take_course(journey: Journey) -> None:
    learner = journey.visitor("learner")
    page = learner.open("/catalog/?q=Golf")
    learner.press(journey.course, role="link")
    learner.look()
    learner.press("Enrol and start")
    learner.sees("Why it matters")
    learner.look()
    page.get_by_label("Tomorrow").check()
    learner.press("Check")
    learner.sees("Yes: soon is best.")
    learner.press("Mark as done and go on")
    learner.look()
    learner.press("Open the player")
    golf.take_golf_half(page, keyboard=journey.keyboard)
    learner.look()
    golf.leave(page, keyboard=journey.keyboard)
    _resume_from_home(learner, journey)
    golf.finish_golf(page, keyboard=journey.keyboard)
    golf.leave(page, keyboard=journey.keyboard)
    learner.look()
    learner.leave()


def _resume_from_home(learner: Visitor, journey: Journey) -> None:
    learner.open("/learn/")
    learner.open("/")
    learner.use(learner.page.locator("main").get_by_role("link", name=journey.course).first)
    learner.page.wait_for_load_state()
    while not learner.page.get_by_role("button", name="Open the player").is_visible():
        learner.use(learner.page.locator("main").get_by_role("link", name=re.compile("Continue|Play it")).first)
        learner.page.wait_for_load_state()
    learner.press("Open the player")


def see_completion(journey: Journey) -> None:
    learner = journey.visitor("learner")
    learner.open("/")
    learner.sees("Behind you", journey.course)
    learner.leave()
    manager = journey.visitor("manager")
    manager.open("/talent/team/")
    row = manager.page.get_by_role("row").filter(has_text="Lena Okafor")
    expect(row).to_contain_text("today")
    manager.use(row.get_by_role("link").first)
    manager.sees(journey.course)
    manager.look()
    manager.leave()


def read_records(journey: Journey) -> None:
    administrator = journey.visitor("it")
    page = administrator.open("/platform/records/")
    administrator.use(page.locator("main table a").filter(has_text=re.compile("passed|completed")).first)
    administrator.sees("Lena Okafor", "As it is stored")
    administrator.look()
    administrator.open("/platform/")
    administrator.open("/platform/audit/")
    administrator.open("/platform/roles/")
    administrator.leave()


UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"


def build_case(journey: Journey) -> None:
    """Enter a published study's figures and an objective whose KPI is not complete yet."""
    finance = journey.visitor("finance")
    page = finance.open("/case/")
    finance.press("New case", role="link")
    finance.look()
    finance.press("Begin with an empty case", role="link")
    finance.look()
    page.locator("#id_name").fill("Keyboard case" if journey.keyboard else "Mouse case")
    page.locator("#id_start").fill("2026-01-01")
    page.locator("#id_currency").fill("USD")
    page.locator("#id_owner").fill("finance@demo.example")
    _submit(finance)
    for side, amounts in (("costs", COSTS), ("benefits", BENEFITS)):
        finance.open(f"{journey.case_path}{side}/new/")
        page.evaluate(UNFOLD)
        page.locator("#id_description").fill(f"All {side}")
        page.locator("input[name=basis][value=amounts]").check()
        page.locator("#id_source").fill("Published study")
        for year, amount in enumerate(amounts):
            page.locator(f"#id_amounts_{year}").fill(str(amount))
        if side == "benefits":
            page.locator("#id_isolation_method").select_option("direct")
            page.locator("#id_evidence_grade").select_option("comparison")
        _submit(finance)
    finance.open(f"{journey.case_path}objectives/new/")
    page.locator("#id_title").fill("Everybody plays politely")
    _submit(finance)
    finance.open(journey.case_path)
    assert _figures(page)["npv"].endswith("5,496,170")
    assert "329%" in _figures(page).values()
    finance.leave()


def be_refused(journey: Journey) -> None:
    executive = journey.visitor("executive")
    executive.open(journey.case_path)
    executive.press("Present the case")
    executive.sees("Nothing was changed", "Everybody plays politely")
    executive.look()
    executive.leave()


def complete_case(journey: Journey) -> None:
    finance = journey.visitor("finance")
    page = finance.open(f"{journey.case_path}terms/")
    page.locator("#id_rate_source").fill("Published study")
    _submit(finance)
    finance.open(journey.case_path)
    finance.press("Add a KPI", role="link")
    finance.look()
    page.locator("#id_name").fill("People who completed the course")
    page.locator("#id_unit").fill("people")
    page.locator("#id_baseline_value").fill("0")
    page.locator("#id_baseline_date").fill("2026-01-01")
    page.locator("#id_baseline_evidence").fill("The course did not exist")
    page.locator("#id_target_value").fill("100")
    page.locator("#id_target_date").fill("2030-12-31")
    page.locator("#id_owner").fill("talent@demo.example")
    page.locator("input[name=source_kind][value=platform]").check()
    page.locator("#id_metric_id").select_option("course_completions_by_date")
    page.locator("#id_metric_course").select_option(label=journey.course)
    _submit(finance)
    finance.open(journey.case_path)
    expect(page.locator("[data-actual]")).to_have_text("1 person")
    finance.leave()


def present(journey: Journey, folder: Path) -> None:
    executive = journey.visitor("executive")
    page = executive.open(journey.case_path)
    executive.press("Present the case")
    executive.look()
    page.goto(f"{executive.url}{journey.case_path}exports/")
    page.get_by_role("link", name="Brief for management").wait_for(timeout=60_000)
    page.goto(f"{executive.url}{journey.case_path}")
    with page.expect_download() as download:
        executive.press("Download the brief", role="link")
    brief = folder / "brief.pdf"
    download.value.save_as(brief)
    _check_brief(brief, _figures(page))
    executive.leave()


def _check_brief(brief: Path, figures: dict[str, str]) -> None:
    reader = pypdf.PdfReader(brief)
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    assert 1 <= len(reader.pages) <= 2
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert [name for name, value in figures.items() if value not in text] == []


def _submit(visitor: Visitor) -> None:
    before = visitor.page.url
    visitor.use(visitor.page.locator("main form .m-actions button[type=submit]").first)
    visitor.page.wait_for_url(lambda url: url != before)


def _figures(page: Page) -> dict[str, str]:
    items = page.locator("[data-figure]")
    return {
        items.nth(n).get_attribute("data-figure") or "": " ".join(
            items.nth(n).locator("[data-value]").inner_text().split()
        )
        for n in range(items.count())
    }
