"""Bearer tokens: RFC 6749 (client credentials grant) and RFC 6750."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.core import signing

from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.actions.attempts import forget_attempts
from mycelia.records.queries.tokens import LIFETIME_SECONDS
from mycelia.records.types import Scope, Terms
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")
FORM = "application/x-www-form-urlencoded"
GRANT = {"grant_type": "client_credentials"}


def _ask(lrs, fields=GRANT, headers=None, content_type=FORM):
    return lrs.send("POST", "oauth/token", urlencode(fields), content_type=content_type, headers=headers)


def _bearer(token):
    return {"Authorization": f"Bearer {token}"}


def _read(lrs, token):
    return lrs.get("activities", headers=_bearer(token), activityId="a:b")


def test_token_is_given_for_key_and_secret_and_opens_what_they_open():
    """RFC 6749 4.4 and 5.1."""
    lrs = Lrs(Scope.STATEMENTS_WRITE, Scope.STATE)
    answer = _ask(lrs)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    given = answer.json()
    assert (given["token_type"], given["expires_in"], given["scope"]) == ("Bearer", 3600, "statements/write state")
    assert lrs.post(a_statement(), headers=_bearer(given["access_token"])).status_code == 200


def test_authority_of_a_token_is_that_of_its_credential():
    lrs, statement = Lrs(), a_statement()
    lrs.post(statement, headers=_bearer(_ask(lrs).json()["access_token"]))
    assert lrs.get(statementId=statement["id"]).json()["authority"]["account"]["name"] == lrs.credential.key


def test_key_and_secret_may_stand_in_the_form():
    """RFC 6749 2.3.1."""
    lrs = Lrs()
    fields = {**GRANT, "client_id": lrs.credential.key, "client_secret": lrs.credential.secret}
    assert _ask(lrs, fields, {"Authorization": None}).status_code == 200
    twice = _ask(lrs, fields)
    assert (twice.status_code, twice.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        ({"headers": {"Authorization": None}}, 401, "invalid_client"),
        ({"headers": {"Authorization": "Basic !!"}}, 401, "invalid_client"),
        ({"headers": {"Authorization": "Basic bm9ib2R5Ong="}}, 401, "invalid_client"),
        ({"headers": {"Authorization": "Bearer x"}}, 400, "invalid_request"),
        ({"fields": {"scope": "state"}}, 400, "invalid_request"),
        ({"fields": {"grant_type": "password"}}, 400, "unsupported_grant_type"),
        ({"fields": {**GRANT, "scope": "everything"}}, 400, "invalid_scope"),
        ({"fields": {**GRANT, "scope": "state profile"}}, 400, "invalid_scope"),
        ({"content_type": "application/json"}, 400, "invalid_request"),
    ],
)
def test_token_that_cannot_be_given_says_why(change, status, error):
    """RFC 6749 5.2."""
    answer = _ask(Lrs(Scope.STATE), **change)
    assert (answer.status_code, answer.json()["error"]) == (status, error)
    assert answer.json()["error_description"]
    assert ("WWW-Authenticate" in answer) is (status == 401)
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("body", [b"\xff", b"grant_type=%ff", b"a=1&a=2", b"x" * 20_000])
def test_form_malformed_is_an_invalid_request(body):
    answer = Lrs().send("POST", "oauth/token", body, content_type=FORM)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("held", "asked"),
    [(Scope.ALL, "state"), (Scope.ALL_READ, "statements/read"), (Scope.STATEMENTS_READ, "statements/read/mine")],
)
def test_token_may_cover_less_than_its_credential(held, asked):
    """RFC 6749 3.3."""
    lrs = Lrs(held)
    given = _ask(lrs, {**GRANT, "scope": asked}).json()
    assert given["scope"] == asked
    refused = lrs.get("activities/profile", headers=_bearer(given["access_token"]), activityId="a:b")
    assert refused.status_code == 403
    assert refused["WWW-Authenticate"].startswith('Bearer realm="xAPI", error="insufficient_scope", scope="')


def test_token_ends_after_an_hour():
    """RFC 6750 3.1: an expired token answers 401 with invalid_token."""
    lrs = Lrs()
    token = _ask(lrs).json()["access_token"]
    assert _read(lrs, token).status_code == 200
    with clock.frozen(clock.now() + timedelta(seconds=LIFETIME_SECONDS)):
        answer = _read(lrs, token)
    assert (answer.status_code, 'error="invalid_token"' in answer["WWW-Authenticate"]) == (401, True)


def test_token_ends_with_its_credential_and_its_secret():
    for end in (
        lambda number: api.revoke_credential(actor=SYSTEM, credential_id=number),
        lambda number: api.rotate_credential(actor=SYSTEM, credential_id=number),
    ):
        lrs = Lrs()
        token = _ask(lrs).json()["access_token"]
        assert _read(lrs, token).status_code == 200
        end(lrs.credential.credential_id)
        assert _read(lrs, token).status_code == 401


def test_token_goes_on_as_long_as_the_secret_it_was_made_with():
    lrs = Lrs()
    token = _ask(lrs).json()["access_token"]
    number = lrs.credential.credential_id
    api.rotate_credential(actor=SYSTEM, credential_id=number, overlap=timedelta(minutes=10))
    assert _read(lrs, token).status_code == 200
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert _read(lrs, token).status_code == 401


def test_token_loses_what_its_credential_loses():
    lrs = Lrs()
    token = _ask(lrs).json()["access_token"]
    terms = Terms(frozenset({Scope.STATE}))
    api.amend_credential(actor=SYSTEM, credential_id=lrs.credential.credential_id, name="x", terms=terms)
    assert lrs.post(a_statement(), headers=_bearer(token)).status_code == 403


def test_token_that_was_not_made_here_is_refused():
    lrs = Lrs()
    token = _ask(lrs).json()["access_token"]
    body, _, signature = token.partition(":")
    forged = signing.dumps(["x", "", ["all"], 2**40], key="another", salt="mycelia.records.token")
    for wrong in ("", "x", token[:-1], token.swapcase(), f"{body}A:{signature}", forged, "x" * 5000, "ü"):
        assert _read(lrs, wrong).status_code == 401, wrong


def test_token_of_another_purpose_is_refused(settings):
    other = signing.dumps([Lrs().credential.key, "", ["all"], 2**40], salt="something else")
    assert _read(Lrs(), other).status_code == 401


def test_browser_gets_a_token_at_its_origin_alone():
    lrs = Lrs(origins=frozenset({"https://lms.example.com"}))
    allowed = _ask(lrs, headers={"Origin": "https://lms.example.com"})
    assert (allowed.status_code, allowed["Access-Control-Allow-Origin"]) == (200, "https://lms.example.com")
    refused = _ask(lrs, headers={"Origin": "https://evil.example"})
    assert (refused.status_code, refused.json()["error"]) == (400, "unauthorized_client")


def test_other_methods_are_an_invalid_request():
    assert Lrs().get("oauth/token").json()["error"] == "invalid_request"


def test_token_is_given_as_often_as_the_credential_may_ask():
    """RFC 6585 4: 429 with Retry-After; the window is that of all its requests."""
    lrs = Lrs(requests_per_minute=2)
    with clock.frozen(datetime(2026, 1, 1, 12, 0, 15, tzinfo=UTC)):
        assert [_ask(lrs).status_code for _ in range(2)] == [200, 200]
        refused = _ask(lrs)
        assert (refused.status_code, refused["Retry-After"], refused["Cache-Control"]) == (429, "45", "no-store")
        assert lrs.get().status_code == 429
    with clock.frozen(datetime(2026, 1, 1, 12, 1, tzinfo=UTC)):
        assert _ask(lrs).status_code == 200


def test_wrong_secret_is_tried_only_so_often_and_locks_nobody_out(monkeypatch):
    monkeypatch.setattr("mycelia.records.actions.attempts.FAILURES_PER_MINUTE", 2)
    forget_attempts()
    lrs, other = Lrs(), Lrs(name="Other")
    wrong = {**GRANT, "client_id": lrs.credential.key, "client_secret": "wrong"}
    unknown = {**GRANT, "client_id": "nobody", "client_secret": "wrong"}
    with clock.frozen(datetime(2026, 1, 1, 12, 0, 50, tzinfo=UTC)):
        for fields in (wrong, unknown):
            answers = [_ask(lrs, fields, {"Authorization": None}) for _ in range(3)]
            assert [answer.status_code for answer in answers] == [401, 401, 429]
            assert answers[-1]["Retry-After"] == "10"
        assert [_ask(lrs).status_code, _ask(other).status_code] == [200, 200]
    with clock.frozen(datetime(2026, 1, 1, 12, 1, tzinfo=UTC)):
        assert _ask(lrs, wrong, {"Authorization": None}).status_code == 401
