"""Writing and approving a course in the studio, in a real browser; shared by the studio's tests and the journey.

Each function expects a page that is signed in with the role it needs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


@dataclass(frozen=True)
class CourseDraft:
    """What an author types; `package` is a zip file to upload into the last lesson."""

    title: str
    summary: str = "A short course made by a test, long enough to be worth a summary of its own."
    objectives: str = "Explain what the course is about.\nApply it on the next day."
    sources: str = "Own experience"
    review_date: str = "2030-01-31"
    lesson_title: str = "Why it matters"
    text: str = "People learn what they use."
    key_point: str = "Use it tomorrow."
    question: str = "When is the best time to use it?"
    package: Path | None = None
    package_lesson_title: str = "Play it"


def create_course(
    page: Page, base_url: str, draft: CourseDraft, *, submit: bool = True, keyboard: bool = False
) -> None:
    """Write a course with rich blocks and, where one is given, a package; send it to review."""
    page.goto(f"{base_url}/studio/")
    _press(page.get_by_role("link", name="New course"), keyboard)
    _fill_course(page, draft)
    _add_text_lesson(page, draft, keyboard)
    if draft.package is not None:
        _add_package_lesson(page, draft, keyboard)
    _fill_responsibility(page, draft)
    if submit:
        submit_for_review(page, keyboard=keyboard)


def submit_for_review(page: Page, *, keyboard: bool = False) -> None:
    """Send the course that is open to review and wait until the studio says so."""
    press_submit(page, keyboard=keyboard)
    expect(page.locator(".messages")).to_contain_text("submitted for moderation")


def press_submit(page: Page, *, keyboard: bool = False) -> None:
    """Choose to send the course that is open to review."""
    page.wait_for_load_state("networkidle")
    _press(page.get_by_role("button", name="More actions"), keyboard)
    _press(page.get_by_role("button", name=re.compile("Submit to Course review")), keyboard)


def approve_course(page: Page, base_url: str, title: str, *, keyboard: bool = False) -> None:
    """Open a course from the curators' queue and approve it."""
    open_from_queue(page, base_url, title, keyboard=keyboard)
    page.wait_for_load_state("networkidle")
    _press(page.get_by_role("button", name="More actions"), keyboard)
    _press(page.get_by_role("button", name="Approve", exact=True), keyboard)
    expect(page.locator(".messages")).to_contain_text(re.compile("approved|published|updated"))


def open_from_queue(page: Page, base_url: str, title: str, *, keyboard: bool = False) -> None:
    """Open a course that waits for review from the studio's first page."""
    page.goto(f"{base_url}/studio/")
    queue = page.locator("#awaiting-review-panel, section").filter(has_text="Awaiting your review").first
    _press(queue.get_by_role("link", name=title).first, keyboard)
    expect(page.get_by_role("textbox", name=re.compile("title", re.IGNORECASE)).first).to_have_value(title)


def _fill_course(page: Page, draft: CourseDraft) -> None:
    page.locator("#id_title").fill(draft.title)
    page.locator("#id_summary").fill(draft.summary)
    page.locator("#id_objectives").fill(draft.objectives)


def _fill_responsibility(page: Page, draft: CourseDraft) -> None:
    page.locator("#id_review_date").fill(draft.review_date)
    page.keyboard.press("Escape")
    page.locator("#id_sources").fill(draft.sources)


def _add_text_lesson(page: Page, draft: CourseDraft, keyboard: bool) -> None:
    lesson = _add_lesson(page, 0, draft.lesson_title, keyboard)
    _add_block(page, lesson, "Text", keyboard)
    editor = lesson.locator("[data-streamfield-child] .public-DraftEditor-content").last
    editor.click()
    page.keyboard.type(draft.text)
    _add_block(page, lesson, "Key point", keyboard)
    lesson.locator("textarea[id$='-value-text']").last.fill(draft.key_point)
    _add_block(page, lesson, "Knowledge check", keyboard)
    lesson.locator("input[id$='-value-prompt']").fill(draft.question)
    answers = lesson.locator("[data-contentpath='options']")
    for number, (text, feedback) in enumerate((("Tomorrow", "Yes: soon is best."), ("Never", "Then why learn it?"))):
        answers.locator("input[id$='-value-text']").nth(number).fill(text)
        answers.locator("input[id$='-value-feedback']").nth(number).fill(feedback)
    answers.locator("input[id$='-value-correct']").first.check()


def _add_package_lesson(page: Page, draft: CourseDraft, keyboard: bool) -> None:
    lesson = _add_lesson(page, 1, draft.package_lesson_title, keyboard)
    choose_package(page, lesson, draft.package, keyboard=keyboard)


def choose_package(page: Page, lesson: Locator, package: Path | None, *, keyboard: bool = False) -> None:
    """Upload a zip in the package chooser of a lesson and wait until it is chosen."""
    _press(lesson.get_by_role("button", name="Choose or upload a package"), keyboard)
    dialog = page.locator(".modal-dialog")
    _press(dialog.get_by_role("tab", name="Upload"), keyboard)
    dialog.locator("input[type=file]").set_input_files(str(package))
    _press(dialog.get_by_role("button", name="Upload"), keyboard)
    expect(lesson.locator("input[name$='-package']")).not_to_have_value("", timeout=60_000)
    expect(dialog).to_be_hidden()


def _add_lesson(page: Page, number: int, title: str, keyboard: bool) -> Locator:
    _press(page.get_by_role("button", name="Add lesson"), keyboard)
    lesson = page.locator(f"#inline_child_lessons-{number}")
    lesson.locator(f"#id_lessons-{number}-title").fill(title)
    return lesson


def _add_block(page: Page, lesson: Locator, kind: str, keyboard: bool) -> None:
    _press(lesson.locator(".c-sf-add-button").last, keyboard)
    search = page.locator(".w-combobox input")
    search.fill(kind)
    page.locator(".w-combobox__option").filter(has_text=re.compile(rf"^\s*{kind}\s*$")).first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(search).to_be_hidden()


def _press(control: Locator, keyboard: bool) -> None:
    if keyboard:
        control.focus()
        control.press("Enter")
    else:
        control.click()
