"""The judge of accessibility sees what is wrong in one theme or at one width alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import axe_in_both_themes_and_widths

pytestmark = pytest.mark.e2e
FRAME = (
    "<!doctype html><html lang='en'><head><title>A page</title><style>"
    "body {{ background: white; color: black }} {style}"
    "</style></head><body><main><h1>A page</h1>{body}</main></body></html>"
)
PALE = "p { color: #ddd }"
DARK = "body { background: black; color: white } p { color: #222 }"
BUTTON = "<p>Words</p><button></button>"


@pytest.mark.parametrize(
    ("style", "body", "found"),
    [
        ("", "<p>Words</p>", []),
        (PALE, "<p>Words</p>", ["light 1280", "dark 1280", "light 390", "dark 390"]),
        (f"@media (prefers-color-scheme: dark) {{ {DARK} }}", "<p>Words</p>", ["dark 1280", "dark 390"]),
        (f"@media (prefers-color-scheme: light) {{ {PALE} }}", "<p>Words</p>", ["light 1280", "light 390"]),
        ("@media (min-width: 800px) { button { display: none } }", BUTTON, ["light 390"]),
        ("@media (max-width: 800px) { button { display: none } }", BUTTON, ["light 1280"]),
    ],
)
def test_fault_is_found_in_the_theme_and_at_the_width_that_have_it(
    browser: Browser, style: str, body: str, found: list[str]
) -> None:
    page = browser.new_page()
    page.set_content(FRAME.format(style=style, body=body))
    assert [line.split(":")[0] for line in axe_in_both_themes_and_widths(page)] == found
    page.set_content(FRAME.format(style="", body="<p>Words</p>"))
    assert axe_in_both_themes_and_widths(page) == []
    page.close()
