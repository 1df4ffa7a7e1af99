from __future__ import annotations

import json
from base64 import b64encode
from datetime import timedelta
from io import BytesIO
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError

from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.errors import PermissionDenied
from mycelia.kernel.policy import ANONYMOUS
from mycelia.records import api
from mycelia.records.models import Credential
from mycelia.records.queries import credentials
from mycelia.records.types import Scope, Terms
from mycelia.records.xapi import admission, oauth, statements
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
NOT_BASIC = ["Basic", "Basic:", "Basic !!!", "Basic " + b64encode(b"nocolon").decode(), "Bearer x", "Basic //79"]


@pytest.mark.parametrize(("sent", "spoken"), [("1.0", "1.0.3"), ("1.0.0", "1.0.3"), ("2.0.0", "2.0.0")])
def test_version_served_is_named_in_the_answer(sent, spoken):
    answer = Lrs(version=sent).post(a_statement())
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (200, spoken)


@pytest.mark.parametrize("sent", ["0.95", "1.1.0", "3.0.0", "1.0.3 ", "1.0.x", "２.0.0"])
def test_version_not_served_is_refused_with_the_newest(sent):
    answer = Lrs().send("GET", "statements", headers={"X-Experience-API-Version": sent})
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (400, "2.0.0")


def test_no_credential_is_asked_for_one():
    answer = Lrs().send("GET", "statements", headers={"Authorization": None})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize("authorization", NOT_BASIC)
def test_authorization_malformed_is_refused(authorization):
    assert Lrs().send("GET", "statements", headers={"Authorization": authorization}).status_code == 401


def test_secret_of_another_credential_is_refused():
    one, other = Lrs(), Lrs()
    mixed = b64encode(f"{one.credential.key}:{other.credential.secret}".encode()).decode()
    assert one.send("GET", "statements", headers={"Authorization": f"Basic {mixed}"}).status_code == 401


@pytest.mark.parametrize("column", ["expires_at", "withdrawn_at"])
def test_credential_past_its_end_is_refused(column):
    lrs = Lrs()
    Credential.objects.update(**{column: clock.now() - timedelta(seconds=1)})
    assert lrs.post(a_statement()).status_code == 401


def test_scope_that_does_not_cover_is_refused_by_name():
    answer = Lrs(Scope.STATEMENTS_READ).post(a_statement())
    assert (answer.status_code, answer.json()["scopes"]) == (403, ["all", "statements/write"])


def test_scope_all_read_reads_and_does_not_write():
    writer, reader = Lrs(Scope.STATEMENTS_WRITE), Lrs(Scope.ALL_READ)
    statement = a_statement()
    assert writer.post(statement).status_code == 200
    assert reader.get(statementId=statement["id"]).status_code == 200
    assert reader.post(a_statement()).status_code == 403


def test_method_unknown_names_those_there_are():
    answer = Lrs().send("DELETE", "statements", headers={"Authorization": None})
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST, PUT")


def test_resource_unknown_is_not_found_as_json():
    """IEEE 9274.1.1-2023 4.1.1: every response names the version."""
    answer = Lrs().get("statement")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer["X-Experience-API-Version"] == "2.0.0"


def test_head_has_the_headers_of_get_and_no_body():
    lrs = Lrs()
    statement = a_statement()
    lrs.post(statement)
    got = lrs.get(statementId=statement["id"])
    head = lrs.send("HEAD", "statements", query={"statementId": statement["id"]})
    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Length"] == str(len(got.content))
    assert head["Content-Type"] == got["Content-Type"]


@pytest.mark.parametrize(
    "query", ["statementId=1&statementId=2", "a=%ff", "a=%00", "&".join(f"p{n}=" for n in range(65))]
)
def test_query_malformed_is_refused(query):
    assert Lrs().send("GET", "statements", query=query).status_code == 400


def test_body_over_the_limit_is_refused_unread():
    answer = Lrs().send("POST", "statements", b"[]", headers={"Content-Length": str(2**40)})
    assert answer.status_code == 413
    assert answer.json()["limit_bytes"] > 0


def test_body_of_an_unknown_coding_is_refused():
    assert Lrs().send("POST", "statements", b"", headers={"Transfer-Encoding": "gzip"}).status_code == 411


@pytest.mark.parametrize(("spaces", "status"), [(0, 200), (70_000_000, 413)])
def test_body_in_chunks_is_taken_up_to_the_limit(spaces, status):
    lrs, body = Lrs(), json.dumps([a_statement()]) + " " * spaces
    environment = {"wsgi.input": BytesIO(body.encode()), "CONTENT_TYPE": "application/json"}
    answer = lrs.send("POST", "statements", headers={"Transfer-Encoding": "chunked"}, **environment)
    assert answer.status_code == status


def test_every_answer_but_an_empty_one_says_how_long_it_is():
    lrs, statement = Lrs(), a_statement()
    assert "Content-Length" not in lrs.put(statement, statementId=statement["id"])
    for answer in (lrs.get(), lrs.get(foo="bar")):
        assert answer["Content-Length"] == str(len(answer.content))


def test_alternate_syntax_stands_for_the_request_in_the_form():
    lrs, statement = Lrs(), a_statement()
    form = {
        "statementId": statement["id"],
        "content": json.dumps(statement),
        "Authorization": lrs.authorization,
        "X-Experience-API-Version": "1.0.3",
    }
    bare = {"Authorization": None, "X-Experience-API-Version": None}
    sent = lrs.send("POST", "statements", urlencode(form), query="method=PUT", content_type=FORM, headers=bare)
    assert sent.status_code == 204
    asked = {key: form[key] for key in ("statementId", "Authorization", "X-Experience-API-Version")}
    got = lrs.send("POST", "statements", urlencode(asked), query="method=GET", content_type=FORM, headers=bare)
    assert got.json()["id"] == statement["id"]


FORM = "application/x-www-form-urlencoded"


def test_alternate_syntax_takes_the_forms_version_over_the_headers():
    form = {"X-Experience-API-Version": "0.8", "limit": "1"}
    answer = Lrs().send("POST", "statements", urlencode(form), query="method=GET", content_type=FORM)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("query", "form", "content_type"),
    [
        ("method=PUT&statementId=x", {"content": "{}"}, FORM),
        ("method=PUT", {"statementId": str(uuid4())}, FORM),
        ("method=PATCH", {"content": "{}"}, FORM),
        ("method=PUT", {"content": "{}"}, "application/json"),
    ],
)
def test_alternate_syntax_malformed_is_refused(query, form, content_type):
    answer = Lrs().send("POST", "statements", urlencode(form), query=query, content_type=content_type)
    assert answer.status_code == 400


def test_alternate_syntax_gives_no_method_the_resource_lacks():
    assert Lrs().send("POST", "statements", "x=1", query="method=DELETE", content_type=FORM).status_code == 405


def test_pages_cookies_play_no_part(client):
    answer = client.get("/xapi/statements", headers={"X-Experience-API-Version": "2.0.0"})
    assert (answer.status_code, answer.cookies) == (401, {})


def test_command_prints_a_credential_that_works(capsys):
    call_command("records_credential", "create", "--name", "LMS", "--scope", "statements/write", "--scope", "state")
    printed = json.loads(capsys.readouterr().out)
    assert printed["scopes"] == ["statements/write", "state"]
    lrs = Lrs()
    lrs.authorization = "Basic " + b64encode(f"{printed['key']}:{printed['secret']}".encode()).decode()
    assert lrs.post(a_statement()).status_code == 200


def test_credential_is_made_by_those_who_may_and_is_audited_without_its_secret():
    with pytest.raises(PermissionDenied):
        api.create_credential(actor=ANONYMOUS, name="x", terms=Terms(frozenset({Scope.ALL})))
    lrs = Lrs(name="Warehouse")
    entry = AuditEntry.objects.get(action="records.credential.create")
    assert entry.details["key"] == lrs.credential.key
    assert (entry.details["name"], entry.details["scopes"]) == ("Warehouse", ["all"])
    assert lrs.credential.secret not in repr(lrs.credential) + str(entry.details)


def test_read_under_the_alternate_syntax_says_until_when_the_store_can_be_read():
    form = {"limit": "1", "X-Experience-API-Version": "1.0.3"}
    answer = Lrs().send("POST", "statements", urlencode(form), query="method=GET", content_type=FORM)
    assert answer.status_code == 200
    assert "X-Experience-API-Consistent-Through" in answer


@pytest.mark.parametrize("path", ["statements", "oauth/token"])
def test_browser_reads_that_the_database_is_down(path, monkeypatch):
    lrs = Lrs(origins=frozenset({"https://a.example"}))
    credentials.forget(lrs.credential.key)  # and with it the origins that other tests have left
    later = credentials.monotonic() + 1000

    def down(*_given, **_named):
        raise OperationalError("down")

    assert "https://a.example" in credentials.allowed_origins()
    monkeypatch.setattr(credentials, "monotonic", lambda: later)
    for owner, name in ((credentials, "_read_origins"), (statements, "consistent_through"), (oauth, "client_of")):
        monkeypatch.setattr(owner, name, down)
    monkeypatch.setattr(admission, "authenticate", down)
    form = urlencode({"grant_type": "client_credentials", "client_id": "a", "client_secret": "b"})
    asked = {"oauth/token": ("POST", form, {"Authorization": None})}.get(path, ("GET", "", {}))
    method, body, headers = asked
    answer = lrs.send(method, path, body, content_type=FORM, headers={"Origin": "https://a.example", **headers})
    assert answer.status_code == 503
    assert answer["Access-Control-Allow-Origin"] == "https://a.example"


def test_body_that_is_compressed_is_refused():
    answer = Lrs().send("POST", "statements", b"\x1f\x8b", headers={"Content-Encoding": "gzip"})
    assert (answer.status_code, answer["Accept-Encoding"]) == (415, "identity")
    assert Lrs().post(a_statement(), headers={"Content-Encoding": "identity"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "length"),
    [
        ({"Authorization": "Basic eDp5"}, 2 * 1024 * 1024),
        ({"X-Experience-API-Version": None}, 2 * 1024 * 1024),
        ({}, 65 * 1024 * 1024),
    ],
)
def test_body_that_is_refused_is_read_all_the_same(headers, length):
    """Else the connection is reset, and the sender never gets to see why."""
    body = Counted(length)
    answer = Lrs().send("POST", "statements", headers=headers, **{"CONTENT_LENGTH": str(length), "wsgi.input": body})
    assert answer.status_code in {400, 401, 413}
    assert body.left == 0


class Counted:
    """A body of that many bytes, of which nobody keeps any."""

    def __init__(self, length):
        self.left = length

    readline = None

    def read(self, size):
        piece = min(size, self.left)
        self.left -= piece
        return b"x" * piece


@pytest.mark.parametrize("path", ["oauth/token", "nowhere"])
def test_body_that_is_refused_elsewhere_is_read_all_the_same(path):
    body = Counted(1024 * 1024)
    environment = {"CONTENT_LENGTH": str(body.left), "CONTENT_TYPE": FORM, "wsgi.input": body}
    answer = Lrs().send("POST", path, headers={"Authorization": None}, **environment)
    assert answer.status_code in {400, 404}
    assert body.left == 0


@pytest.mark.parametrize("shape", [{}, {"result": {"extensions": {"http://example.com/x": [{"a": None}]}}}])
def test_identifier_in_capitals_is_answered_as_sent_and_found_in_any_case(shape):
    """RFC 9562 4: capitals are taken, and compare equal."""
    lrs, small = Lrs(), str(uuid4())
    capitals = f"A{str(uuid4())[1:]}".upper()
    assert lrs.post([a_statement(id=capitals, **shape), a_statement(id=small)]).json() == [capitals, small]
    for asked in (capitals, capitals.lower()):
        assert lrs.get(statementId=asked).json()["id"] == capitals
    again = lrs.post([a_statement(id=capitals.lower(), **shape), a_statement(id=None)])
    assert again.json()[0] == capitals.lower()


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json; charset=latin-1", 415),
        ('application/json; charset="utf-16"', 415),
        ("application/json; charset=UTF-8", 200),
        ("application/json; charset=us-ascii", 200),
    ],
)
def test_json_in_another_charset_is_refused(content_type, status):
    """RFC 8259 8.1: JSON is UTF-8."""
    assert Lrs().post(a_statement(), content_type=content_type).status_code == status


@pytest.mark.parametrize(("version", "clause"), [("1.0.3", "xAPI 1.0.3 Part"), ("2.0.0", "IEEE 9274.1.1-2023")])
def test_refusal_cites_the_version_it_is_held_to(version, clause):
    problem = Lrs(version=version).post(a_statement(verb={"id": "no IRI"})).json()
    assert problem["clause"].startswith(clause)
    assert problem["clause"] in problem["title"]
