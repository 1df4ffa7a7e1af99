"""One person at the keyboard: signed in, with an eye on accessibility and on the browser's console."""

from __future__ import annotations

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.browser import DESKTOP, axe_in_both_themes_and_widths
from tests.e2e.installation import DEMO_PASSWORD

EXPECTED = ("status of 409", "status of 403", "status of 422")


class Visitor:
    """A signed-in person in a browser of their own; with `keyboard` they never touch the mouse.

    Only whoever uses the mouse looks as axe does: both come by the same pages, and axe sees no pointer and no focus.
    """

    def __init__(self, browser: Browser, url: str, email: str, *, keyboard: bool) -> None:
        self.url, self.keyboard = url, keyboard
        self.context: BrowserContext = browser.new_context(
            viewport=DESKTOP, color_scheme="light", reduced_motion="reduce", accept_downloads=True
        )
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self._sign_in(email)

    def open(self, path: str) -> Page:
        """Go to an address and look at the page as axe does."""
        self.page.goto(f"{self.url}{path}")
        self.look()
        return self.page

    def look(self) -> None:
        """Note what axe finds here, in both themes and widths."""
        if not self.keyboard:
            self.complaints += axe_in_both_themes_and_widths(self.page)

    def press(self, name: str, *, role: str = "button", exact: bool = False) -> None:
        """Use the first button or link of that name."""
        self.use(self.page.get_by_role(role, name=name, exact=exact).first)  # type: ignore[arg-type]

    def use(self, control: Locator) -> None:
        """Click, or focus and press Enter."""
        expect(control).to_be_visible()
        if self.keyboard:
            control.focus()
            control.press("Enter")
        else:
            control.click()

    def sees(self, *texts: str) -> None:
        """Check that the main part of the page says all of this."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def leave(self) -> None:
        """Close the browser; nothing may have been wrong."""
        self.context.close()
        assert self.complaints == []

    def _sign_in(self, email: str) -> None:
        self.page.goto(f"{self.url}/accounts/login/")
        self.page.locator("#id_login").fill(email)
        self.page.locator("#id_password").fill(DEMO_PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(f"{self.url}/")

    def _note(self, message: ConsoleMessage) -> None:
        ours = self.url in (message.location or {}).get("url", "")
        if ours and message.type == "error" and not any(part in message.text for part in EXPECTED):
            self.complaints.append(f"{self.page.url}: {message.text}")
