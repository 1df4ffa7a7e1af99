"""A real browser for tests: found on the machine, or the test skips and says so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from playwright.sync_api import Error as PlaywrightError

AXE = Path(__file__).resolve().parents[1] / "node_modules" / "axe-core" / "axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES_OF_COLOUR = ("color-contrast", "link-in-text-block")
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE_MS = 20_000
MOST_EXCHANGES = 5
FRAME_GONE = "Target page, context or browser has been closed"
_QUIET = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]
# A camera and a microphone that can be asked for; without them asking fails whatever a page allows.
_DEVICES = ["--use-fake-device-for-media-stream"]


def find_browser() -> str | None:
    """Return the path of a Chromium: `MYCELIA_BROWSER`, or the first one installed, or None."""
    named = os.environ.get("MYCELIA_BROWSER")
    return named or next((path for name in _NAMES if (path := shutil.which(name))), None)


def browser_path() -> str:
    """Return the path of a Chromium; skip the test where there is none."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium found: install one, or name it in MYCELIA_BROWSER")
    return path


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start a headless Chromium; skip the test where there is none."""
    path = browser_path()
    expect.set_options(timeout=PATIENCE_MS)
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIET, *_DEVICES, *sandbox])
        try:
            yield browser
        finally:
            browser.close()


def despite_new_frame(page: Page, check: Callable[[], object]) -> None:
    """Make a check in the player's content again when the frame it looked into was exchanged meanwhile.

    A frame of another origin has a connection of its own; when it goes, the browser's driver calls what waits in it
    closed, though the page and its new frame are there.
    """
    for _exchange in range(MOST_EXCHANGES):
        try:
            check()
        except (AssertionError, PlaywrightError) as error:
            if FRAME_GONE not in str(error) or page.is_closed():
                raise
        else:
            return
    raise AssertionError(f"the frame was exchanged {MOST_EXCHANGES} times")


def axe_violations(page: Page, *, only: Sequence[str] = ()) -> list[str]:
    """Return what axe finds on the page, one line a violation: rule, impact and the first elements.

    The content of other frames is not ours to judge and is left out. `only` names rules, in place of all.
    """
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text())
    rules = {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": STANDARDS}
    result = page.evaluate(
        "(rules) => axe.run(document, {iframes: false, resultTypes: ['violations'], runOnly: rules})", rules
    )
    return [
        f"{page.url} {found['id']} ({found['impact']}): " + "; ".join(n["html"][:200] for n in found["nodes"][:3])
        for found in result["violations"]
    ]


def axe_in_both_themes_and_widths(page: Page) -> list[str]:
    """Run axe in light and dark, at desk and phone width; the page stays as it was.

    A theme is colours alone, so that in the dark one only the rules about colours are asked again.
    """
    found: list[str] = []
    before = page.viewport_size
    for size in (DESKTOP, PHONE):
        page.set_viewport_size(size)
        for theme, only in (("light", ()), ("dark", RULES_OF_COLOUR)):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            page.wait_for_timeout(60)
            found += [f"{theme} {size['width']}: {line}" for line in axe_violations(page, only=only)]
    page.set_viewport_size(before or DESKTOP)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return found
