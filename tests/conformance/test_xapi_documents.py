"""State, activity profile and agent profile documents over HTTP, under both versions.

Clauses are those of xAPI 1.0.3 Part Three (Communication) and IEEE 9274.1.1-2023 (4.1.x).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from hashlib import sha1
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from mycelia.kernel import clock
from mycelia.records.types import Scope
from tests.xapi import Lrs

pytestmark = pytest.mark.django_db
AGENT = {"objectType": "Agent", "account": {"homePage": "http://www.example.com/people", "name": "Rick"}}
ACTIVITY = "http://www.example.com/activity/1"
NEW = {"If-None-Match": "*"}
JSON_DOCUMENT = {"name": "one", "location": {"name": "two"}}
RESOURCES = {
    "activities/state": ("stateId", {"activityId": ACTIVITY, "agent": json.dumps(AGENT)}),
    "activities/profile": ("profileId", {"activityId": ACTIVITY}),
    "agents/profile": ("profileId", {"agent": json.dumps(AGENT)}),
}
PROFILES = ["activities/profile", "agents/profile"]


@pytest.fixture(params=["1.0.3", "2.0.0"])
def lrs(request):
    return Lrs(version=request.param)


@pytest.fixture(params=RESOURCES)
def path(request):
    return request.param


def _query(path, **changes):
    name, others = RESOURCES[path]
    query = {name: "document", **others, **changes}
    return {key: value for key, value in query.items() if value is not None}


def _store(lrs, path, document=JSON_DOCUMENT, **changes):
    answer = lrs.send("POST", path, document, query=_query(path, **changes))
    assert answer.status_code == 204, answer.content
    return answer


def _read(lrs, path, **changes):
    return lrs.get(path, **_query(path, **changes))


def test_document_is_put_and_read_back_byte_for_byte(lrs, path):
    """Part Three 2.3, 2.6, 2.7: PUT answers 204, GET 200 with the document and its content type."""
    content = b"\x00\xff not text at all \r\n"
    answer = lrs.send("PUT", path, content, query=_query(path), content_type="image/x-odd; a=b", headers=NEW)
    assert (answer.status_code, answer.content) == (204, b"")
    found = _read(lrs, path)
    assert (found.status_code, found.content, found["Content-Type"]) == (200, content, "image/x-odd; a=b")


def test_document_is_read_with_its_tag_and_the_moment_of_its_change(lrs, path):
    """Part Three 3.1: the ETag is the SHA-1 of the contents in quotes; IEEE 4.1.6.2: Last-Modified."""
    _store(lrs, path)
    found = _read(lrs, path)
    assert found["ETag"] == f'"{sha1(found.content).hexdigest()}"'
    assert abs(parsedate_to_datetime(found["Last-Modified"]) - datetime.now(UTC)) < timedelta(minutes=1)


def test_moment_of_change_follows_the_change(lrs, path):
    """IEEE 4.1.6.2: Last-Modified says when the document was last modified."""
    first = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for moment in (first, first + timedelta(seconds=2)):
        with clock.frozen(moment):
            _store(lrs, path)
        assert parsedate_to_datetime(_read(lrs, path)["Last-Modified"]) == moment


def test_head_is_get_without_body(lrs, path):
    """Part Three 1.1: HEAD answers as GET does, without the body."""
    _store(lrs, path)
    head, got = lrs.send("HEAD", path, query=_query(path)), _read(lrs, path)
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head[name] for name in ("ETag", "Last-Modified", "Content-Type")} == {
        name: got[name] for name in ("ETag", "Last-Modified", "Content-Type")
    }


def test_document_that_is_not_there_is_not_found(lrs, path):
    """Part Three 3.2: 404 for a document that is not found."""
    assert _read(lrs, path).status_code == 404


def test_document_is_deleted_and_deleting_again_is_no_error(lrs, path):
    """Part Three 2.3, 2.6, 2.7: DELETE answers 204."""
    _store(lrs, path)
    for _ in range(2):
        assert lrs.send("DELETE", path, query=_query(path)).status_code == 204
        assert _read(lrs, path).status_code == 404


def test_names_are_listed_without_a_name(lrs, path):
    """Part Three 2.3, 2.6, 2.7: GET without stateId or profileId answers an array of ids."""
    name = RESOURCES[path][0]
    assert lrs.get(path, **_query(path, **{name: None})).json() == []
    for one in ("a", "ü ber/?&"):
        _store(lrs, path, **{name: one})
    answer = lrs.get(path, **_query(path, **{name: None}))
    assert (answer.status_code, sorted(answer.json())) == (200, ["a", "ü ber/?&"])


def test_names_since_a_moment_are_those_stored_after_it(lrs, path):
    """Part Three 2.3, 2.6, 2.7: `since` keeps only documents stored since that timestamp, exclusive of it."""
    name = RESOURCES[path][0]
    first = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for minutes in range(3):
        with clock.frozen(first + timedelta(minutes=minutes)):
            _store(lrs, path, **{name: str(minutes)})
    answer = lrs.get(path, **_query(path, since="2026-03-01T14:00:00+02:00", **{name: None}))
    assert answer.json() == ["1", "2"]
    assert parsedate_to_datetime(answer["Last-Modified"]) == first + timedelta(minutes=2)
    assert _read(lrs, path, since="2026-03-01T12:00:00Z", **{name: "0"}).status_code == 200


@pytest.mark.parametrize("since", ["yesterday", "true", "1", "2026-03-01", "0001-01-01T00:00:00+14:00"])
def test_since_that_is_no_moment_is_refused(lrs, path, since):
    """Part Three 2.3, 2.6, 2.7: `since` is a timestamp."""
    assert lrs.get(path, **_query(path, since=since, **{RESOURCES[path][0]: None})).status_code == 400


@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("activityId", [None, "", "1", "true", '{"key":"value"}', "not an iri", "relative/path"]),
        ("agent", [None, "", "1", "true", "not JSON", "{}", "[]", '{"key":"value"}', '{"mbox":"ada"}', "[" * 90_000]),
        ("registration", ["", "1", "true", "not UUID", "urn:uuid:11111111-1111-4111-8111-111111111111"]),
        ("unknown", ["x"]),
        ("Agent", ["{}"]),
    ],
)
def test_parameter_missing_malformed_or_unknown_is_refused(lrs, path, method, name, values):
    """Part Three 2.3, 2.6, 2.7 (tables of parameters) and 3.2: 400 for a parameter missing, malformed or unknown."""
    if name in {"activityId", "agent", "registration"} and name not in RESOURCES[path][1] and name != "registration":
        values = [value for value in values if value is not None]
    for value in values:
        answer = lrs.send(method, path, JSON_DOCUMENT, query=_query(path, **{name: value}), headers=NEW)
        assert answer.status_code == 400, (value, answer.content)
        assert answer.json()["title"]


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_name_is_needed_to_write(lrs, path, method):
    """Part Three 2.3, 2.6, 2.7: stateId and profileId are required to PUT and POST."""
    query = _query(path, **{RESOURCES[path][0]: None})
    assert lrs.send(method, path, JSON_DOCUMENT, query=query, headers=NEW).status_code == 400


def test_profile_name_is_needed_to_delete_and_a_state_goes_with_all_others(lrs):
    """Part Three 2.6, 2.7: profileId is required to DELETE; 2.3: without stateId every state of the context goes."""
    for path in PROFILES:
        assert lrs.send("DELETE", path, query=_query(path, profileId=None)).status_code == 400
    path, registration = "activities/state", str(uuid4())
    for changes in ({"stateId": "a"}, {"stateId": "b"}, {"stateId": "a", "registration": registration}):
        _store(lrs, path, **changes)
    _store(lrs, path, activityId=f"{ACTIVITY}/other")
    narrow = _query(path, stateId=None, registration=registration)
    assert lrs.send("DELETE", path, query=narrow).status_code == 204
    assert sorted(lrs.get(path, **_query(path, stateId=None)).json()) == ["a", "b"]
    assert lrs.send("DELETE", path, query=_query(path, stateId=None)).status_code == 204
    assert lrs.get(path, **_query(path, stateId=None)).json() == []
    assert _read(lrs, path, activityId=f"{ACTIVITY}/other").status_code == 200


def test_state_belongs_to_its_registration(lrs):
    """Part Three 2.3: a state is found by activity, agent, registration and stateId together."""
    path, registration = "activities/state", str(uuid4())
    _store(lrs, path, {"of": "a run"}, registration=registration)
    assert _read(lrs, path).status_code == 404
    assert _read(lrs, path, registration=registration.upper()).json() == {"of": "a run"}
    assert _read(lrs, path, registration=str(uuid4())).status_code == 404
    assert lrs.get(path, **_query(path, stateId=None)).json() == ["document"]


def test_agent_is_the_same_however_it_is_written(lrs):
    """Part Two 2.4.2.3: an agent is identified by its identifier, not by its name or the order of its properties."""
    _store(lrs, "agents/profile")
    spelled = json.dumps({"name": "Rick", "account": {"name": "Rick", "homePage": "http://www.example.com/people"}})
    assert _read(lrs, "agents/profile", agent=spelled).status_code == 200


def test_identified_group_has_documents_and_an_anonymous_one_is_refused(lrs):
    """Part Three 2.3, IEEE 4.1.6.2: the agent may be an identified group."""
    group = {"objectType": "Group", "mbox": "mailto:team@example.com", "member": [AGENT]}
    _store(lrs, "activities/state", agent=json.dumps(group))
    anonymous = {"objectType": "Group", "member": [AGENT]}
    assert _read(lrs, "activities/state", agent=json.dumps(anonymous)).status_code == 400


def test_post_merges_the_members_of_two_objects_one_level_deep(lrs, path):
    """Part Three 2.2: the members sent replace those of the same name whole; the others stay."""
    _store(lrs, path, {"car": {"make": "Ford", "model": "Escape"}, "driver": "Dale"})
    _store(lrs, path, {"car": {"make": "Dodge"}, "series": 1})
    assert _read(lrs, path).json() == {"car": {"make": "Dodge"}, "driver": "Dale", "series": 1}


@pytest.mark.parametrize("body", [{}, "1", "true", "abc"])
def test_post_of_a_new_document_stores_it(lrs, path, body):
    """Part Three 2.2: POST of a document that is not there is a PUT, whatever its contents."""
    kind = "application/json" if body == {} else "application/x-www-form-urlencoded"
    assert lrs.send("POST", path, body, query=_query(path), content_type=kind).status_code == 204
    assert _read(lrs, path).content == (b"{}" if body == {} else body.encode())


@pytest.mark.parametrize(
    ("stored", "sent"),
    [
        (("application/json", b'{"a":1}'), ("application/octet-stream", b'{"b":1}')),
        (("application/octet-stream", b'{"a":1}'), ("application/json", b'{"b":1}')),
        (("application/json", b'{"a":1}'), ("not/json", b"abcdefg")),
        (("application/json", b'{"a":1}'), ("application/json", b'{"b":1}{')),
        (("application/json", b'{"a":1}'), ("application/json", b"[1]")),
        (("application/json", b"[1]"), ("application/json", b'{"b":1}')),
    ],
)
def test_post_that_cannot_be_merged_is_refused_and_leaves_the_document(lrs, path, stored, sent):
    """Part Three 2.2: 400 where either is not application/json or no JSON object; the document is not changed."""
    lrs.send("PUT", path, stored[1], query=_query(path), content_type=stored[0], headers=NEW)
    answer = lrs.send("POST", path, sent[1], query=_query(path), content_type=sent[0])
    assert answer.status_code == 400
    assert answer.json()["reason"]
    assert _read(lrs, path).content == stored[1]


def test_post_of_new_json_that_is_none_is_refused(lrs, path):
    """Part Three 2.6, 2.7: 400 for a POST of application/json that cannot be parsed."""
    assert lrs.send("POST", path, b'{"a": 1}[', query=_query(path)).status_code == 400
    assert _read(lrs, path).status_code == 404


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.parametrize("header", ['"1111111111111111111111111111111111111111"', "1234", '"1234", W/"5"'])
def test_if_match_of_another_document_fails(lrs, path, method, header):
    """Part Three 3.1, IEEE 4.1.4: 412 where If-Match names another, and the document is not changed."""
    _store(lrs, path)
    answer = lrs.send(method, path, {"other": 1}, query=_query(path), headers={"If-Match": header})
    assert (answer.status_code, answer.json()["etag"]) == (412, _read(lrs, path)["ETag"].strip('"'))
    assert _read(lrs, path).json() == JSON_DOCUMENT


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_if_match_of_the_document_is_let_through(lrs, path, method):
    """Part Three 3.1, IEEE 4.1.4: If-Match with the current ETag is processed."""
    _store(lrs, path)
    for_this = {"If-Match": f'"x", {_read(lrs, path)["ETag"]}'}
    assert lrs.send(method, path, {"other": 1}, query=_query(path), headers=for_this).status_code == 204
    assert _read(lrs, path).status_code == (404 if method == "DELETE" else 200)


def test_if_none_match_lets_only_a_new_document_through(lrs, path):
    """Part Three 3.1: `If-None-Match: *` succeeds where there is none, and answers 412 where there is one."""
    assert lrs.send("PUT", path, {"a": 1}, query=_query(path), headers=NEW).status_code == 204
    assert lrs.send("PUT", path, {"a": 2}, query=_query(path), headers=NEW).status_code == 412
    assert _read(lrs, path).json() == {"a": 1}


@pytest.mark.parametrize("profile", PROFILES)
def test_put_over_a_profile_without_precondition_is_a_conflict(lrs, profile):
    """Part Three 3.1, IEEE 4.1.4: PUT without either header over a document answers 409 and changes nothing.

    The body is a sentence and no JSON: clients that decode JSON wherever they can look for a text there.
    """
    _store(lrs, profile)
    answer = lrs.send("PUT", profile, {"other": 1}, query=_query(profile))
    assert (answer.status_code, answer["Content-Type"]) == (409, "text/plain; charset=utf-8")
    assert "If-Match" in answer.text
    with pytest.raises(ValueError, match="Expecting value"):
        json.loads(answer.text)
    assert _read(lrs, profile).json() == JSON_DOCUMENT


@pytest.mark.parametrize("profile", PROFILES)
def test_put_of_a_new_profile_without_precondition_is_refused(lrs, profile):
    """Part Three 3.1: a client putting a profile must send If-Match or If-None-Match."""
    answer = lrs.send("PUT", profile, {"other": 1}, query=_query(profile))
    assert (answer.status_code, "If-None-Match" in answer.json()["title"]) == (400, True)
    assert _read(lrs, profile).status_code == 404


def test_put_over_a_state_without_precondition_is_free_in_1_0_3_and_a_conflict_in_2_0():
    """Part Three 3.1: states may be written without concurrency headers; IEEE 4.1.4: 409 for states as well."""
    path = "activities/state"
    old, new = Lrs(version="1.0.3"), Lrs(version="2.0.0")
    for lrs in (old, new):
        assert lrs.send("PUT", path, {"n": 0}, query=_query(path, stateId=lrs.version)).status_code == 204
    assert old.send("PUT", path, {"n": 1}, query=_query(path, stateId="1.0.3")).status_code == 204
    refused = new.send("PUT", path, {"n": 1}, query=_query(path, stateId="2.0.0"))
    assert (refused.status_code, "If-Match" in refused.text) == (409, True)
    assert _read(old, path, stateId="1.0.3").json() == {"n": 1}
    assert _read(new, path, stateId="2.0.0").json() == {"n": 0}


def test_reading_what_one_has_already_is_not_modified(lrs, path):
    """RFC 9110 13.1.2: GET with If-None-Match of the current ETag answers 304 without the document."""
    _store(lrs, path)
    tag = _read(lrs, path)["ETag"]
    answer = lrs.get(path, headers={"If-None-Match": tag}, **_query(path))
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)


def test_document_in_a_browser_can_do_nothing(lrs, path):
    """Stored markup must not run in the name of the platform."""
    lrs.send("POST", path, b"<script>alert(1)</script>", query=_query(path), content_type="text/html")
    answer = _read(lrs, path)
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", RESOURCES)
def test_list_of_documents_is_not_sent_again(lrs, path):
    """RFC 9110 13.1.2: If-None-Match with the tag of the list, as it had with that of a document."""
    _store(lrs, path)
    query = {name: value for name, value in _query(path).items() if name not in {"stateId", "profileId"}}
    listed = lrs.send("GET", path, query=query)
    again = lrs.send("GET", path, query=query, headers={"If-None-Match": listed["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", listed["ETag"])
    assert lrs.send("GET", path, query=query, headers={"If-None-Match": '"other"'}).json() == listed.json()


def test_document_over_the_limit_is_refused_with_the_limit(lrs, path):
    """Part Three 3.2: 413 where a document is larger than the store allows."""
    answer = lrs.send("POST", path, b"x" * 8_388_609, query=_query(path), content_type="text/plain")
    assert (answer.status_code, answer.json()["limit_bytes"]) == (413, 8_388_608)
    assert _read(lrs, path).status_code == 404


@pytest.mark.parametrize(("method", "path"), [("PATCH", "activities/state"), ("OPTIONS", "agents/profile")])
def test_method_the_specification_does_not_have_is_refused(lrs, method, path):
    """Part Three 3.2: 405 for a method that the resource does not have."""
    assert lrs.send(method, path, query=_query(path), headers={"Authorization": None}).status_code == 405


def test_alternate_syntax_reaches_documents_in_1_0_3():
    """Part Three 1.3: every request may be a POST of a form; the form's fields are parameters and headers."""
    lrs, path = Lrs(), "activities/profile"
    form = {"content": '{"a":1}', "Content-Type": "application/json", "If-None-Match": "*", **_query(path)}

    def send(method, fields):
        kind = "application/x-www-form-urlencoded"
        return lrs.send("POST", path, urlencode(fields), query={"method": method}, content_type=kind)

    assert send("PUT", form).status_code == 204
    assert send("PUT", form).status_code == 412
    assert send("GET", _query(path)).json() == {"a": 1}
    assert send("DELETE", _query(path)).status_code == 204


@pytest.mark.parametrize(
    ("path", "scope", "other"),
    [
        ("activities/state", Scope.STATE, Scope.PROFILE),
        ("activities/profile", Scope.PROFILE, Scope.STATE),
        ("agents/profile", Scope.PROFILE, Scope.STATE),
    ],
)
def test_scopes_open_their_documents_and_no_others(path, scope, other):
    """Part Three 4.2: `state` reads and writes states, `profile` profiles, `all/read` reads both."""
    _store(Lrs(scope), path)
    for refused in (other, Scope.STATEMENTS_WRITE, Scope.STATEMENTS_READ, Scope.DEFINE):
        assert _read(Lrs(refused), path).status_code == 403
    reader = Lrs(Scope.ALL_READ)
    assert _read(reader, path).status_code == 200
    assert reader.send("DELETE", path, query=_query(path)).status_code == 403
