"""Taking the Golf package in a real browser, by mouse or by keyboard; shared by the player's tests and the journey.

The package has eighteen parts in four sections; the platform moves between them. Each function expects a page that
shows the player.
"""

from __future__ import annotations

from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser import despite_new_frame

PARTS = 18
HALF = 9
LAST_PART = "Having Fun Quiz"
HALF_PART = "Playing Politely"
MOST_TABS = 80
FOCUS_ARRIVES = """(frame) => new Promise((resolve, reject) => {
    const until = Date.now() + 20000;
    const look = () => {
        if (document.activeElement === frame) resolve();
        else if (Date.now() > until) reject(new Error("the focus did not arrive"));
        else setTimeout(look, 20);
    };
    look();
})"""
FOCUSED = "(control) => document.hasFocus() && document.activeElement === control"


def content(page: Page) -> FrameLocator:
    """Return the package's own page inside the player."""
    return page.frame_locator("[data-stage] iframe").frame_locator("#content")


def current_part(page: Page) -> Locator:
    """Return the entry of the table of contents that is open."""
    return page.locator("[data-part][aria-current=step]")


def take_golf_half(page: Page, *, keyboard: bool = False) -> None:
    """Go from the first part to the ninth, taking the quiz on the way."""
    expect_part(page, 1)
    _walk(page, first=1, last=HALF, keyboard=keyboard)


def expect_half(page: Page) -> None:
    """Check that the player stands where `take_golf_half` left."""
    expect_part(page, HALF)
    expect(current_part(page)).to_contain_text(HALF_PART)
    despite_new_frame(page, lambda: expect(content(page).locator("h1")).to_be_visible())


def finish_golf(page: Page, *, keyboard: bool = False) -> None:
    """Go from the ninth part to the end, taking the quizzes, until the player says it is completed."""
    expect_half(page)
    _walk(page, first=HALF, last=PARTS, keyboard=keyboard)
    expect(page.locator("[data-remaining]")).to_have_attribute("data-completed", "true")


def leave(page: Page, *, keyboard: bool = False) -> None:
    """Leave the player by its own way out and wait until that page is there."""
    way_out = page.locator(".m-player-leave")
    player = page.url
    _press(way_out, keyboard=keyboard)
    page.wait_for_url(lambda url: url != player)


def expect_part(page: Page, number: int) -> None:
    """Check that a part is open and its page is there."""
    expect(page.locator("[data-position]")).to_have_text(f"Part {number} of {PARTS}")
    despite_new_frame(page, lambda: expect(content(page).locator("h1").first).to_be_visible())


def _walk(page: Page, *, first: int, last: int, keyboard: bool) -> None:
    for number in range(first, last + 1):
        expect_part(page, number)
        if keyboard and number > first:
            _expect_focus_in_content(page)
        if "Quiz" in current_part(page).inner_text():
            _answer_quiz(page, keyboard=keyboard)
        if number < last:
            _press(page.locator("[data-step='1']"), keyboard=keyboard)


def _expect_focus_in_content(page: Page) -> None:
    """Wait until the part that was asked for has the focus; a key pressed before that would go astray."""
    stage = page.locator("[data-stage] iframe")
    inner = page.frame_locator("[data-stage] iframe").locator("#content")
    despite_new_frame(page, lambda: [frame.evaluate(FOCUS_ARRIVES) for frame in (stage, inner)])


def _answer_quiz(page: Page, *, keyboard: bool) -> None:
    quiz = content(page)
    for choice in quiz.locator(".correctAnswer input[type=radio]").all():
        _choose(page, choice) if keyboard else choice.check()
    for field in quiz.locator(".correctAnswer input[type=text]").all():
        right = field.locator("xpath=..").inner_text().strip(" ()\n")
        if keyboard:
            _tab_to(page, field)
            page.keyboard.type(right)
        else:
            field.fill(right)
    _press(quiz.locator("input[type=button]"), keyboard=keyboard)
    expect(quiz.locator("#test h3").first).to_have_text("Score: 100")


def _press(control: Locator, *, keyboard: bool) -> None:
    expect(control).not_to_have_attribute("aria-disabled", "true")
    if keyboard:
        _tab_to(control.page, control)
        control.page.keyboard.press("Enter")
    else:
        control.click()


def _tab_to(page: Page, control: Locator) -> None:
    """Walk to a control with the Tab key alone, through the package's frame and out of it again."""
    for _step in range(MOST_TABS):
        if control.evaluate(FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{control} cannot be reached with the Tab key")


def _choose(page: Page, choice: Locator) -> None:
    """Walk to a group of radio buttons and choose one with the arrow keys."""
    group = choice.get_attribute("name")
    for _step in range(MOST_TABS):
        if choice.evaluate("(one, name) => document.hasFocus() && document.activeElement?.name === name", group):
            break
        page.keyboard.press("Tab")
    for _step in range(10):
        if choice.evaluate(FOCUSED):
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(choice).to_be_checked()
