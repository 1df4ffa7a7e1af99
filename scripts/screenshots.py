"""Photograph pages at two widths in both themes.

`python scripts/screenshots.py --out DIR --email E --password P / /learn/`

Needs a running server. Reports what the browser complains about (scripts, policy violations) and, with `--axe`, what
axe finds; exit status 1 when there is anything.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

WIDTHS = (1280, 390)
THEMES = ("light", "dark")
AXE = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = "/usr/bin/chromium"


def main() -> int:
    """Take the pictures and return the exit status."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        state = _sign_in(browser, options) if options.email else None
        for width in options.width or WIDTHS:
            for theme in options.theme or THEMES:
                complaints += _photograph_all(browser, options, state, width, theme)
        browser.close()
    print("\n".join(complaints) or "nothing to complain about")
    return 1 if complaints else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--base", default="http://localhost:8000")
    parser.add_argument("--out", type=Path, default=Path("build/screenshots"))
    parser.add_argument("--email")
    parser.add_argument("--password")
    parser.add_argument("--axe", action="store_true")
    parser.add_argument("--fold", action="store_true", help="only the first screen")
    parser.add_argument("--width", type=int, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    return parser.parse_args()


def _sign_in(browser: Browser, options: argparse.Namespace) -> Any:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{options.base}/accounts/login/")
    page.fill("input[name=login]", options.email)
    page.fill("input[name=password]", options.password)
    page.click(".m-form button[data-variant=primary]")
    page.wait_for_url(lambda url: "/login" not in url)
    return context.storage_state()


def _photograph_all(browser: Browser, options: argparse.Namespace, state: Any, width: int, theme: str) -> list[str]:
    complaints: list[str] = []
    height = 860 if width > 600 else 844
    context = browser.new_context(
        storage_state=state, color_scheme=theme, viewport={"width": width, "height": height}, service_workers="block"
    )
    page = context.new_page()
    for path in options.paths:
        here = f"{path} at {width} {theme}"
        listen = lambda message, here=here, heard=complaints: _hear(message, here, heard)  # noqa: E731
        page.on("console", listen)
        page.goto(f"{options.base}{path}", wait_until="networkidle")
        page.remove_listener("console", listen)
        complaints += _axe(page, here) if options.axe else []
        complaints += _overflow(page, here)
        _photograph(page, options, path, width, theme)
    context.close()
    return complaints


def _hear(message: Any, here: str, complaints: list[str]) -> None:
    if message.type == "error":
        complaints.append(f"{here}: console: {message.text}")


def _photograph(page: Page, options: argparse.Namespace, path: str, width: int, theme: str) -> None:
    name = path.strip("/").replace("/", "-").replace("?", "-") or "home"
    page.screenshot(path=options.out / f"{name}-{width}-{theme}.png", full_page=not options.fold)


def _overflow(page: Page, here: str) -> list[str]:
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{here}: {wider} px wider than the screen"] if wider > 0 else []


def _axe(page: Page, here: str) -> list[str]:
    # The policy of the page forbids injected tags; evaluating is the browser's own doing and is allowed.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return [
        f"{here}: axe {rule['id']} ({rule['impact']}): {node['target']} {node['failureSummary'][:300]}"
        for rule in found["violations"]
        for node in rule["nodes"][:4]
    ]


if __name__ == "__main__":
    sys.exit(main())
