from __future__ import annotations

import re
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, Role
from mycelia.records import api
from mycelia.records.models import Credential, CredentialUse
from mycelia.records.types import Scope, Terms
from tests.factories.access import make_holder
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
URL = "/platform/records/credentials/"
GOOD = {"name": "Course player", "scopes": ["state", "statements/write"]}


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR)
    client.force_login(person)
    return person


def _made(name="Course player", **terms):
    covered = Terms(frozenset({Scope.STATE}), **terms)
    return api.create_credential(actor=Actor.system("tests"), name=name, terms=covered)


def _value(answer, name):
    return re.search(rf'id="{name}"[^>]*value="([^"]*)"', answer.content.decode())[1]


def test_credential_made_on_the_page_works_and_its_secret_is_shown_once(client, administrator):
    answer = client.post(f"{URL}new/", GOOD)
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (201, True)
    entry = AuditEntry.objects.get(action="records.credential.create")
    assert entry.actor_id == administrator.pk
    lrs = Lrs()
    pair = b64encode(f"{_value(answer, 'key')}:{_value(answer, 'secret')}".encode()).decode()
    assert lrs.post(a_statement(), headers={"Authorization": f"Basic {pair}"}).status_code == 200
    number = Credential.objects.get(name="Course player").pk
    for path in (URL, f"{URL}{number}/"):
        assert _value(answer, "secret") not in client.get(path).content.decode()


def test_credential_is_given_the_terms_entered(client, administrator):
    day = clock.today() + timedelta(days=1)
    terms = {"origins": "https://LMS.example.com/\n\nhttp://localhost:3000", "last_day": day, "requests_per_minute": 9}
    client.post(f"{URL}new/", {**GOOD, **terms})
    made = Credential.objects.get()
    assert made.scopes == ["statements/write", "state"]
    assert made.origins == ["http://localhost:3000", "https://lms.example.com"]
    assert made.expires_at == datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(days=1)
    assert made.requests_per_minute == 9


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "required"),
        ({"name": "x" * 201}, "at most 200"),
        ({"name": "a\x07b"}, "can be printed"),
        ({"scopes": []}, "required"),
        ({"scopes": ["everything"]}, "not one of the available choices"),
        ({"origins": "nowhere"}, "no web origin"),
        ({"origins": "\n".join(f"https://{n}.example" for n in range(51))}, "at most 50"),
        ({"last_day": "2020-01-01"}, "past"),
        ({"last_day": "9999-12-31"}, "past"),
        ({"requests_per_minute": "0"}, "greater than or equal to 1"),
        ({"requests_per_minute": "10000001"}, "less than or equal to"),
    ],
)
def test_form_with_a_mistake_says_it_and_makes_nothing(client, administrator, change, words):
    answer = client.post(f"{URL}new/", {**GOOD, **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Credential.objects.exists()


def test_list_says_who_uses_what_and_how_much_is_refused(client, administrator):
    made, idle = _made("Busy"), _made("<b>Idle</b>")
    for outcome, requests, hours in (("accepted", 1200, 1), ("scope_missing", 7, 2), ("accepted", 9000, 25)):
        CredentialUse.objects.create(
            credential_id=made.credential_id,
            since=clock.now() - timedelta(hours=hours),
            outcome=outcome,
            requests=requests,
        )
    text = client.get(URL).content.decode()
    assert "1,200" in text
    assert ">7<" in text
    assert "9,000" not in text
    assert escape(idle.name) in text
    assert idle.name not in text
    detail = client.get(f"{URL}{made.credential_id}/").content.decode()
    assert "Refused: scope missing" in detail


def test_list_without_any_says_what_to_do(client, administrator):
    assert "No credentials yet" in client.get(URL).content.decode()


def test_list_needs_as_many_queries_for_many_as_for_one(client, administrator, django_assert_max_num_queries):
    for number in range(60):
        _made(f"System {number}")
    client.get(URL)
    with django_assert_max_num_queries(12):
        text = client.get(URL).content.decode()
    assert text.count("System ") == 50
    assert "System 0<" in client.get(f"{URL}?page=2").content.decode()


def test_states_are_told_apart(client, administrator):
    made = [_made(name, expires_at=clock.now() + timedelta(hours=1)) for name in ("A", "B", "C")]
    Credential.objects.filter(pk=made[1].credential_id).update(expires_at=clock.now())
    api.revoke_credential(actor=Actor.system("tests"), credential_id=made[2].credential_id)
    text = client.get(URL).content.decode()
    places = [text.index(f">{word}<") for word in ("Expired", "Valid", "Revoked")]
    assert places == sorted(places)
    withdrawn = client.get(f"{URL}{made[2].credential_id}/").content.decode()
    assert "What it is good for" not in withdrawn


def test_terms_are_shown_and_changed(client, administrator):
    made = _made(origins=frozenset({"https://a.example"}), expires_at=datetime(2099, 5, 2, tzinfo=UTC))
    path = f"{URL}{made.credential_id}/"
    text = client.get(path).content.decode()
    assert "https://a.example" in text
    assert 'value="2099-05-01"' in text
    answer = client.post(path, {"name": "Renamed", "scopes": ["all"]})
    assert (answer.status_code, answer["Location"]) == (302, path)
    changed = Credential.objects.get()
    assert (changed.name, changed.scopes, changed.origins, changed.expires_at) == ("Renamed", ["all"], [], None)
    assert client.post(path, {"name": "", "scopes": ["all"]}).status_code == 422


def test_new_secret_is_shown_and_the_present_one_goes_on_as_chosen(client, administrator):
    made = _made()
    path = f"{URL}{made.credential_id}/rotation/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"overlap": "17"}).status_code == 422
    answer = client.post(path, {"overlap": "24"})
    assert _value(answer, "secret") != made.secret
    assert "no-store" in answer["Cache-Control"]
    assert abs(Credential.objects.get().previous_until - clock.now() - timedelta(hours=24)) < timedelta(minutes=1)


def test_revocation_asks_first(client, administrator):
    made = _made()
    path = f"{URL}{made.credential_id}/revocation/"
    assert client.get(path).status_code == 200
    assert Credential.objects.get().withdrawn_at is None
    assert client.post(path)["Location"] == URL
    assert Credential.objects.get().withdrawn_at is not None
    assert client.post(f"{URL}{made.credential_id}/rotation/", {"overlap": "0"}).status_code == 404


@pytest.mark.parametrize("path", ["", "rotation/", "revocation/"])
def test_credential_that_does_not_exist_is_not_found(client, administrator, path):
    assert client.get(f"{URL}2000000001/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "new/", "{}/", "{}/rotation/", "{}/revocation/"])
def test_credentials_are_closed_to_everybody_else(client, path):
    made = _made()
    everybody_else = [role for role in Role if role is not Role.IT_ADMINISTRATOR]
    client.force_login(make_holder(*(role for role in everybody_else if role not in {Role.LEARNER, Role.MANAGER})))
    for method in (client.get, client.post):
        assert method(URL + path.format(made.credential_id)).status_code in {403, 405}
    assert Credential.objects.get().withdrawn_at is None


def test_pages_ask_for_the_token_of_the_form(administrator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    assert strict.post(f"{URL}new/", GOOD).status_code == 403
    assert not Credential.objects.exists()
