"""A statement's page tells what stands around it, and gives attachments out as files that do nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mycelia.kernel.policy import Role
from mycelia.records import api
from mycelia.records.actions.storing import platform_authority, store_sent
from tests.browser import axe_in_both_themes_and_widths
from tests.factories.access import make_holder
from tests.factories.live import LiveSite
from tests.factories.people import make_person
from tests.factories.records import make_statement

pytestmark = pytest.mark.django_db
URL = "/platform/records/"
EVIL = b"<!doctype html><script>alert(document.cookie)</script>"
SHA2 = hashlib.sha256(EVIL).hexdigest()
ELSEWHERE = "f" * 64


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR)
    client.force_login(person)
    return person


def _attachment(**changes):
    return {
        "usageType": "http://example.com/usage/essay",
        "display": {"en": "Essay <b>one</b>", "de": "Aufsatz"},
        "description": {"en": "About algebra"},
        "contentType": "text/html",
        "length": len(EVIL),
        "sha2": SHA2,
    } | changes


def _stored(version="2.0.0", attachments=(), **changes):
    statement = make_statement(**changes)
    if attachments:
        statement["attachments"] = list(attachments)
    sent = {SHA2: EVIL} if any(one["sha2"].lower() == SHA2 for one in attachments) else {}
    stored = store_sent([statement], authority=platform_authority(), version=version, attachments=sent)
    return stored.statement_ids[0]


def _text(client, statement_id):
    answer = client.get(f"{URL}{statement_id}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_people_around_a_statement_are_named_with_what_makes_them_relevant(client, administrator):
    teacher = make_person("teacher@example.com", given_name="Grace", family_name="Hopper")
    player = {"objectType": "Agent", "mbox": "mailto:player@example.com"}
    team = {"objectType": "Group", "name": "Blue team", "member": [player, {"name": "Bo", "mbox": "mailto:bo@e.com"}]}
    context = {
        "instructor": api.agent_for(teacher.pk),
        "contextAgents": [{"objectType": "contextAgent", "agent": player, "relevantTypes": ["https://e.com/t/keeper"]}],
        "contextGroups": [{"objectType": "contextGroup", "group": team}],
    }
    text = _text(client, _stored(context=context))
    assert "Grace Hopper" in text
    assert "player@example.com" in text
    assert "keeper" in text
    assert "Blue team" in text
    assert "player@example.com, Bo" in text


def test_extensions_activities_and_facts_are_told(client, administrator):
    activity = {"id": "a:x", "definition": {"extensions": {"http://e.com/ext/room": {"floor": 3}}}}
    context = {
        "extensions": {"http://e.com/ext/weather": "<i>sunny</i>"},
        "contextActivities": {"category": [{"id": "http://e.com/kinds/quiz"}], "parent": [{"id": "http://e.com/c"}]},
        "platform": "Simulator 9",
        "revision": "r7",
    }
    result = {"extensions": {"http://e.com/ext/tries": [1, 2]}, "score": {"raw": 17, "max": 20}}
    text = _text(client, _stored(object=activity, context=context, result=result))
    for expected in ("weather", "&lt;i&gt;sunny&lt;/i&gt;", "room", "&quot;floor&quot;: 3", "tries", "quiz"):
        assert expected in text
    for expected in ("Simulator 9", "r7", "17 / 20"):
        assert expected in text
    assert "<i>sunny" not in text


def test_sub_statement_tells_its_own_surroundings(client, administrator):
    inner = {
        "objectType": "SubStatement",
        "actor": {"mbox": "mailto:a@e.com"},
        "verb": {"id": "a:v"},
        "object": {"id": "a:x"},
        "context": {"team": {"objectType": "Group", "mbox": "mailto:squad@e.com"}},
        "attachments": [_attachment(sha2=ELSEWHERE, fileUrl="https://files.example.com/a.pdf")],
    }
    text = _text(client, _stored(object=inner))
    assert "squad@e.com" in text
    assert 'href="https://files.example.com/a.pdf"' in text


def test_attachment_is_downloaded_and_never_shown(client, administrator):
    statement = _stored(attachments=[_attachment(sha2=SHA2.upper())])
    text = _text(client, statement)
    assert "Essay &lt;b&gt;one&lt;/b&gt;" in text
    path = f"{URL}{statement}/attachments/{SHA2}/"
    assert f'href="{path}" download' in text
    answer = client.get(path)
    assert (answer.status_code, answer.getvalue()) == (200, EVIL)
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{SHA2[:16]}.bin"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_address_that_is_not_of_the_web_is_no_link(client, administrator, url):
    text = _text(client, _stored(attachments=[_attachment(sha2=ELSEWHERE, fileUrl=url)]))
    assert "not stored here" in text
    assert f'href="{url}' not in text


def test_attachment_is_given_only_with_a_statement_that_names_it(client, administrator):
    _stored(attachments=[_attachment()])
    other = _stored()
    assert client.get(f"{URL}{other}/attachments/{SHA2}/").status_code == 404
    gone = _stored(attachments=[_attachment(sha2=ELSEWHERE, fileUrl="https://e.com/x")])
    assert client.get(f"{URL}{gone}/attachments/{ELSEWHERE}/").status_code == 404
    assert client.get(f"{URL}{gone}/attachments/..%2f..%2fsecret/").status_code == 404


def test_attachments_are_for_those_who_may_see_the_statement(client):
    ada, bob = make_person("ada@example.com"), make_person("bob@example.com")
    statement = _stored(actor=api.agent_for(ada.pk), attachments=[_attachment()])
    path = f"{URL}{statement}/attachments/{SHA2}/"
    for person, status in ((ada, 200), (bob, 404), (make_holder(Role.TALENT_ADMINISTRATOR), 404)):
        client.force_login(person)
        assert client.get(path).status_code == status
    client.logout()
    assert client.get(path).status_code == 302


def test_plain_statement_has_no_empty_sections(client, administrator):
    text = _text(client, _stored())
    for title in ("People around it", "Activities around it", "Extensions", "Attachments"):
        assert f">{title}<" not in text


@pytest.fixture
def page(live_site: LiveSite, browser: Browser) -> Iterator[Page]:
    context = live_site.context(browser, make_holder(Role.IT_ADMINISTRATOR, given_name="Ira", family_name="Tech"))
    yield context.new_page()
    context.close()


@pytest.mark.e2e
def test_statement_with_everything_is_accessible_and_its_attachment_is_a_download(page, live_site):
    group = {"objectType": "Group", "name": "Blue team", "member": [{"mbox": "mailto:bo@example.com"}]}
    context = {
        "contextGroups": [{"objectType": "contextGroup", "group": group, "relevantTypes": ["https://e.com/t/crew"]}],
        "contextActivities": {"grouping": [{"id": "http://example.com/courses/1"}]},
        "extensions": {"http://example.com/ext/room": {"floor": 3, "window": True, "long": "x" * 400}},
        "platform": "Simulator 9",
    }
    unnamed = {"id": f"http://example.com/{'meetings' * 20}"}
    statement = _stored(context=context, object=unnamed, attachments=[_attachment()])
    page.goto(f"{live_site.app}{URL}{statement}/")
    expect(page.get_by_role("rowheader", name="Blue team")).to_be_visible()
    assert axe_in_both_themes_and_widths(page) == []
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390, "long text makes the page wider than a phone"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").press("Enter")
    assert Path(download.value.path()).read_bytes() == EVIL
    assert page.url.endswith(f"{statement}/")
