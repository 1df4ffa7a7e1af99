"""Who gets in at `/xapi/`, from where, how often, and what is noted of it."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from django.db import Error, connection

from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, Role
from mycelia.records import api
from mycelia.records.actions import uses
from mycelia.records.models import Credential, CredentialUse
from mycelia.records.queries import credentials
from mycelia.records.types import Scope, Terms
from tests.factories.access import make_holder
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("tests")
LMS = "https://lms.example.com"
NOON = datetime(2026, 5, 1, 12, 0, 40, tzinfo=UTC)


def _with(lrs, secret):
    return {"Authorization": "Basic " + b64encode(f"{lrs.credential.key}:{secret}".encode()).decode()}


def _counted():
    api.write_counts()
    rows = CredentialUse.objects.values_list("credential_id", "outcome", "requests")
    return {(credential, outcome): requests for credential, outcome, requests in rows}


def test_new_secret_holds_at_once_and_the_old_one_ends():
    lrs = Lrs()
    assert lrs.get("about").status_code == lrs.get("activities", activityId="a:b").status_code == 200
    made = api.rotate_credential(actor=SYSTEM, credential_id=lrs.credential.credential_id)
    assert lrs.get("activities", activityId="a:b").status_code == 401
    assert lrs.get("activities", headers=_with(lrs, made.secret), activityId="a:b").status_code == 200


def test_old_secret_goes_on_for_the_overlap_and_no_longer():
    lrs = Lrs()
    with clock.frozen(NOON):
        api.rotate_credential(actor=SYSTEM, credential_id=lrs.credential.credential_id, overlap=timedelta(hours=1))
    for minutes, status in ((59, 200), (60, 401)):
        with clock.frozen(NOON + timedelta(minutes=minutes)):
            assert lrs.get("activities", activityId="a:b").status_code == status


def test_credential_revoked_is_refused_at_once():
    lrs = Lrs()
    assert lrs.post(a_statement()).status_code == 200
    api.revoke_credential(actor=SYSTEM, credential_id=lrs.credential.credential_id)
    assert lrs.post(a_statement()).status_code == 401


def test_credential_revoked_by_another_process_is_refused_within_seconds(monkeypatch):
    lrs = Lrs()
    lrs.get("activities", activityId="a:b")
    Credential.objects.update(withdrawn_at=clock.now())
    assert lrs.get("activities", activityId="a:b").status_code == 200
    later = credentials.monotonic() + credentials.REMEMBERED_SECONDS
    monkeypatch.setattr(credentials, "monotonic", lambda: later)
    assert lrs.get("activities", activityId="a:b").status_code == 401


def test_credential_ends_when_it_expires():
    lrs = Lrs(expires_at=clock.now() + timedelta(hours=1))
    assert lrs.get("activities", activityId="a:b").status_code == 200
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert lrs.get("activities", activityId="a:b").status_code == 401


def test_credential_is_read_once_for_many_requests(django_assert_num_queries):
    lrs = Lrs()
    lrs.get("about")
    with django_assert_num_queries(1):
        for _ in range(3):
            assert lrs.get("about").status_code == 200
        lrs.get("activities", activityId="a:b")


def test_terms_amended_hold_at_once():
    lrs = Lrs(Scope.STATE)
    assert lrs.post(a_statement()).status_code == 403
    terms = Terms(frozenset({Scope.STATEMENTS_WRITE}))
    api.amend_credential(actor=SYSTEM, credential_id=lrs.credential.credential_id, name="x", terms=terms)
    assert lrs.post(a_statement()).status_code == 200


def test_session_of_a_signed_in_administrator_opens_nothing(client):
    client.force_login(make_holder(Role.IT_ADMINISTRATOR))
    for path in ("statements", "activities?activityId=a:b", "agents?agent={}", "activities/state"):
        answer = client.get(f"/xapi/{path}", headers={"X-Experience-API-Version": "1.0.3"})
        assert (answer.status_code, "Set-Cookie" in answer) == (401, False)


def test_authority_is_stamped_and_cannot_be_forged():
    """xAPI 1.0.3 Part Two 2.4.9: the store vouches with what it knows, whatever the statement claims."""
    lrs = Lrs(name="Warehouse")
    forged = a_statement(authority={"mbox": "mailto:boss@example.com"})
    lrs.post(forged)
    account = lrs.get(statementId=forged["id"]).json()["authority"]["account"]
    assert account["name"] == lrs.credential.key


@pytest.mark.parametrize(
    ("scope", "reading", "writing"),
    [
        (Scope.STATEMENTS_WRITE, set(), {"statements"}),
        (Scope.STATEMENTS_READ, {"statements", "agents", "activities"}, set()),
        (Scope.STATEMENTS_READ_MINE, {"statements", "agents", "activities"}, set()),
        (Scope.STATE, {"activities/state", "agents", "activities"}, {"activities/state"}),
        (
            Scope.PROFILE,
            {"activities/profile", "agents/profile", "agents", "activities"},
            {"activities/profile", "agents/profile"},
        ),
        (Scope.DEFINE, {"agents", "activities"}, set()),
        (
            Scope.ALL_READ,
            {"statements", "activities/state", "activities/profile", "agents/profile", "agents", "activities"},
            set(),
        ),
        (
            Scope.ALL,
            {"statements", "activities/state", "activities/profile", "agents/profile", "agents", "activities"},
            {"statements", "activities/state", "activities/profile", "agents/profile"},
        ),
    ],
)
def test_each_scope_opens_its_resources_and_methods_and_no_others(scope, reading, writing):
    """xAPI 1.0.3 Part Three 4.2."""
    lrs = Lrs(scope)
    agent = '{"mbox":"mailto:ada@example.com"}'
    queries = {
        "statements": {},
        "activities": {"activityId": "a:b"},
        "activities/state": {"activityId": "a:b", "agent": agent},
        "activities/profile": {"activityId": "a:b"},
        "agents": {"agent": agent},
        "agents/profile": {"agent": agent},
    }
    names = {"activities/state": {"stateId": "x"}, "activities/profile": {"profileId": "x"}}
    names["agents/profile"] = names["activities/profile"]
    opened = {path for path, query in queries.items() if lrs.get(path, **query).status_code != 403}
    written = {
        path
        for path in ("statements", *names)
        if lrs.post(a_statement(), path, query=queries[path] | names.get(path, {})).status_code != 403
    }
    assert (opened, written) == (reading, writing)


def test_preflight_tells_a_known_origin_what_it_may_send():
    lrs = Lrs(origins=frozenset({LMS}))
    asked = {"Origin": LMS, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "authorization"}
    answer = lrs.send("OPTIONS", "activities/state", headers={**asked, "Authorization": None})
    assert answer.status_code == 204
    assert answer["Access-Control-Allow-Origin"] == LMS
    assert answer["Access-Control-Allow-Methods"] == "DELETE, GET, HEAD, POST, PUT"
    for needed in ("Authorization", "Content-Type", "If-Match", "If-None-Match", "X-Experience-API-Version"):
        assert needed in answer["Access-Control-Allow-Headers"].split(", ")
    assert "Access-Control-Allow-Credentials" not in answer


def test_preflight_of_a_stranger_is_told_nothing():
    lrs = Lrs(origins=frozenset({LMS}))
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "PUT", "Authorization": None}
    answer = lrs.send("OPTIONS", "statements", headers=asked)
    assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_browser_reads_answers_and_refusals_at_its_origin():
    lrs = Lrs(origins=frozenset({LMS}))
    for headers, status in (({}, 200), ({"Authorization": None}, 401), ({"X-Experience-API-Version": None}, 400)):
        answer = lrs.get("activities", headers={"Origin": LMS, **headers}, activityId="a:b")
        assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (status, LMS)
        assert "Origin" in answer["Vary"]
        for shown in ("ETag", "X-Experience-API-Version", "X-Experience-API-Consistent-Through", "Retry-After"):
            assert shown in answer["Access-Control-Expose-Headers"].split(", ")


@pytest.mark.parametrize(
    ("origins", "sent", "status"),
    [
        ((), None, 200),
        ((), LMS, 403),
        ((LMS,), LMS, 200),
        ((LMS,), None, 200),
        ((LMS,), "https://evil.example", 403),
        ((LMS,), "null", 403),
        (("*",), "https://anything.example", 200),
        (("*",), "null", 200),
    ],
)
def test_credential_is_for_its_origins_alone(origins, sent, status):
    Lrs(origins=frozenset({"https://evil.example"}))
    lrs = Lrs(origins=frozenset(origins))
    answer = lrs.get("activities", headers={} if sent is None else {"Origin": sent}, activityId="a:b")
    assert answer.status_code == status


def test_limit_of_requests_in_a_minute_answers_when_to_come_back():
    lrs = Lrs(requests_per_minute=3)
    with clock.frozen(NOON):
        answers = [lrs.get("activities", activityId="a:b") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
        assert (answers[-1]["Retry-After"], answers[-1].json()["limit"]) == ("20", 3)
        assert Lrs().get("activities", activityId="a:b").status_code == 200
    with clock.frozen(NOON + timedelta(seconds=20)):
        assert lrs.get("activities", activityId="a:b").status_code == 200


def test_limit_of_the_installation_holds_where_the_credential_has_none(settings):
    settings.MYCELIA_XAPI_REQUESTS_PER_MINUTE = 1
    lrs = Lrs()
    with clock.frozen(NOON):
        assert [lrs.get("activities", activityId="a:b").status_code for _ in range(2)] == [200, 429]


def test_limit_counts_what_other_processes_let_through():
    lrs = Lrs(requests_per_minute=10)
    start = NOON.replace(second=0)
    with clock.frozen(NOON):
        lrs.get("activities", activityId="a:b")
        CredentialUse.objects.create(
            credential_id=lrs.credential.credential_id, since=start, outcome=uses.ACCEPTED, requests=8
        )
        api.write_counts()
        statuses = [lrs.get("activities", activityId="a:b").status_code for _ in range(3)]
        assert statuses == [200, 429, 429]
        api.write_counts()
        assert lrs.get("activities", activityId="a:b").status_code == 429


def test_requests_are_counted_by_credential_and_outcome():
    lrs, narrow = Lrs(), Lrs(Scope.STATE)
    for _ in range(3):
        lrs.post(a_statement())
    lrs.post(a_statement(verb={"id": "nothing"}))
    narrow.post(a_statement())
    lrs.send("GET", "statements", headers=_with(lrs, "wrong"))
    lrs.send("GET", "statements", headers={"Authorization": None})
    lrs.send("GET", "statements", headers={"Authorization": "Basic " + b64encode(b"nobody:x").decode()})
    one, other = lrs.credential.credential_id, narrow.credential.credential_id
    counted = {
        (one, "accepted"): 3,
        (one, "invalid_statement"): 1,
        (other, "scope_missing"): 1,
        (one, "unauthenticated"): 1,
        (None, "unauthenticated"): 2,
    }
    assert _counted() == counted
    lrs.post(a_statement())
    assert _counted() == {**counted, (one, "accepted"): 4}


def test_last_use_is_noted():
    lrs, unused = Lrs(), Lrs()
    with clock.frozen(NOON):
        lrs.post(a_statement())
    api.write_counts()
    assert Credential.objects.get(pk=lrs.credential.credential_id).last_used_at == NOON
    with clock.frozen(NOON - timedelta(days=1)):
        lrs.post(a_statement())
    api.write_counts()
    assert Credential.objects.get(pk=lrs.credential.credential_id).last_used_at == NOON
    assert Credential.objects.get(pk=unused.credential.credential_id).last_used_at is None


def test_counts_that_cannot_be_written_are_kept(monkeypatch):
    lrs = Lrs()
    lrs.get("activities", activityId="a:b")

    def down(counts, used):
        raise Error("the database is down")

    with monkeypatch.context() as broken:
        broken.setattr(uses, "_write", down)
        api.write_counts()
    assert _counted() == {(lrs.credential.credential_id, "accepted"): 1}
    assert api.credential(lrs.credential.credential_id).last_used_at is not None


def test_counts_of_a_credential_that_is_gone_are_left_out():
    lrs = Lrs()
    lrs.get("activities", activityId="a:b")
    Credential.objects.all().delete()
    assert _counted() == {}


def test_counts_become_hours_after_a_week_and_go_after_four_hundred_days():
    number = Lrs().credential.credential_id
    old = clock.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=8)
    for since, requests in (
        *((old + timedelta(minutes=minute), 1) for minute in (0, 5, 59)),
        (old + timedelta(minutes=60), 10),
        (old + timedelta(days=6, minutes=7), 100),
        (old - timedelta(days=400), 1000),
    ):
        CredentialUse.objects.create(credential_id=number, since=since, outcome="accepted", requests=requests)
        CredentialUse.objects.create(credential=None, since=since, outcome="unauthenticated", requests=requests)
    for _ in range(2):
        api.fold_counts()
        rows = CredentialUse.objects.filter(credential_id=number).order_by("since")
        assert [(row.since, row.requests) for row in rows] == [
            (old, 3),
            (old + timedelta(minutes=60), 10),
            (old + timedelta(days=6, minutes=7), 100),
        ]
        assert CredentialUse.objects.filter(credential=None).count() == 3


@pytest.mark.django_db(transaction=True)
def test_counts_are_written_a_little_later_by_themselves(settings):
    settings.MYCELIA_XAPI_COUNT_SECONDS = 0.05
    lrs = Lrs()
    lrs.get("activities", activityId="a:b")
    (timer,) = uses._timers
    timer.join()
    with connection.cursor() as cursor:
        cursor.execute("SELECT requests FROM records_credentialuse")
        assert cursor.fetchall() == [(1,)]
    assert uses._timers == []


def test_secrets_reach_no_log(caplog):
    lrs = Lrs()
    encoded = lrs.authorization.partition(" ")[2]
    token = lrs.send(
        *("POST", "oauth/token", b"grant_type=client_credentials"), content_type="application/x-www-form-urlencoded"
    ).json()["access_token"]
    for authorization in (lrs.authorization, f"Bearer {token}", f"Bearer {token}x", f"Basic {encoded}="):
        lrs.send("GET", "statements", query={"unknown": "x"}, headers={"Authorization": authorization})
    heard = caplog.text
    assert "xapi_refused" in heard
    assert not [secret for secret in (lrs.credential.secret, encoded, token) if secret in heard]


def test_last_use_of_a_request_under_way_is_written():
    lrs = Lrs()
    uses.let_through(lrs.credential.credential_id, 10)
    api.write_counts()
    assert api.credential(lrs.credential.credential_id).last_used_at is not None
