"""Credentials in a real browser: their pages, and content on another web origin that speaks to the store."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from mycelia.kernel.policy import Actor, Role
from mycelia.records import api
from mycelia.records.models import Credential
from mycelia.records.types import NewCredential, Scope, Terms
from tests.browser import axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.live import LiveSite

pytestmark = pytest.mark.e2e
PUT_AND_READ = """async ([store, authorization]) => {
  const address = store + '/xapi/activities/state?stateId=bookmark&activityId=http%3A%2F%2Fa.example%2F1&agent='
    + encodeURIComponent(JSON.stringify({mbox: 'mailto:ada@example.com'}));
  const headers = {'Authorization': authorization, 'X-Experience-API-Version': '2.0.0'};
  const put = await fetch(address, {method: 'PUT', headers: {...headers, 'Content-Type': 'application/json'},
    body: '{"page": 7}'});
  const read = await fetch(address, {headers});
  return [put.status, read.status, await read.json(), read.headers.get('ETag') !== null];
}"""


@pytest.fixture
def page(live_site: LiveSite, browser: Browser) -> Iterator[Page]:
    context = live_site.context(browser, make_holder(Role.IT_ADMINISTRATOR, given_name="Ira", family_name="Tech"))
    yield context.new_page()
    context.close()


def test_credential_is_given_out_renewed_and_revoked_by_people(page: Page, live_site: LiveSite) -> None:
    page.goto(f"{live_site.app}/platform/records/credentials/")
    found = axe_in_both_themes_and_widths(page)
    page.get_by_role("link", name="Give out a credential").click()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_label("Name of the system").fill("Course player")
    page.get_by_label("Store statements").check()
    page.get_by_role("button", name="Give it out").click()
    first = page.get_by_label("Secret (password)").input_value()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_role("link", name="It is copied").click()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_role("link", name="New secret").click()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_role("button", name="Make a new secret").click()
    assert page.get_by_label("Secret (password)").input_value() not in {"", first}
    page.get_by_role("link", name="It is copied").click()
    page.get_by_role("link", name="Revoke").click()
    found += axe_in_both_themes_and_widths(page)
    page.get_by_role("button", name="Revoke the credential").click()
    page.get_by_text("can no longer write or read").wait_for()
    found += axe_in_both_themes_and_widths(page)
    assert found == []
    assert Credential.objects.get().withdrawn_at is not None


class _ContentPage(BaseHTTPRequestHandler):
    """An empty page, as content elsewhere would be."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<title>Content</title>")

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """A web origin that is none of the installation's."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _ContentPage) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def _speak(page: Page, site: LiveSite, origin: str, made: NewCredential) -> Any:
    page.goto(f"{origin}/index.html")
    pair = b64encode(f"{made.key}:{made.secret}".encode()).decode()
    return page.evaluate(PUT_AND_READ, [site.app, f"Basic {pair}"])


def _made(*origins: str) -> NewCredential:
    terms = Terms(frozenset({Scope.STATE}), frozenset(origins))
    return api.create_credential(actor=Actor.system("tests"), name="Content", terms=terms)


def test_content_on_its_origin_keeps_its_state(page: Page, live_site: LiveSite, elsewhere: str) -> None:
    assert _speak(page, live_site, elsewhere, _made(elsewhere)) == [204, 200, {"page": 7}, True]


def test_content_on_another_origin_cannot(page: Page, live_site: LiveSite, elsewhere: str) -> None:
    with pytest.raises(Exception, match="Failed to fetch"):
        _speak(page, live_site, elsewhere, _made("https://lms.example.com"))
