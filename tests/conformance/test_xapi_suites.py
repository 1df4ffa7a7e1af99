"""Requests in the form in which the public conformance suites of xAPI 1.0.3 and 2.0 send them.

They write less tidily than most clients: slashes twice, parameters that are not encoded, bodies that nobody reads,
parts that begin with an empty line. Requirements are numbered as there (XAPI-00001 and so on); clauses are those of
xAPI 1.0.3 Part Two (Data) and Three (Communication), and IEEE 9274.1.1-2023.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from mycelia.kernel import clock
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
ACTIVITY = "http://www.example.com/activityId/hashset"
AGENT = {"objectType": "Agent", "account": {"homePage": "http://www.example.com/agentId/1", "name": "Rick James"}}
DOCUMENT = {"name": "one", "location": {"name": "two"}}
PARTS = {
    "choices": "choice",
    "scale": "likert",
    "source": "matching",
    "target": "matching",
    "steps": "performance",
}


@pytest.fixture(params=["1.0.3", "2.0.0"])
def lrs(request):
    return Lrs(version=request.param)


def _raw(agent=AGENT, **parameters):
    """Return a query as the suites write it: only objects are encoded."""
    plain = "&".join(f"{name}={value}" for name, value in parameters.items())
    return f"{plain}&{urlencode({'agent': json.dumps(agent)})}"


def _sub_statement(**changes):
    return {**a_statement(id=None, **changes), "objectType": "SubStatement"}


def _stored(lrs, statement_id):
    return lrs.get(statementId=statement_id).json()


@pytest.mark.parametrize(
    ("method", "resource", "query", "body", "status"),
    [
        ("GET", "about", "", b"", 200),
        ("GET", "statements", "limit=1", b"", 200),
        ("POST", "statements", "", a_statement(), 200),
        ("GET", "activities", f"activityId={ACTIVITY}", b"", 200),
        ("HEAD", "agents", _raw(), b"", 200),
        ("POST", "activities/state", _raw(activityId=ACTIVITY, stateId="one"), DOCUMENT, 204),
        ("POST", "activities/profile", f"activityId={ACTIVITY}&profileId=one", DOCUMENT, 204),
        ("DELETE", "agents/profile", _raw(profileId="one"), b"", 204),
    ],
)
def test_endpoint_may_end_with_the_slash_that_a_resource_begins_with(lrs, method, resource, query, body, status):
    """Part Three 2.1 to 2.8 (base IRI + "/statements" and so on): an endpoint is written with and without the slash."""
    assert lrs.send(method, f"/{resource}", body, query=query).status_code == status


@pytest.mark.parametrize("path", ["//about", "activities//state", "about/"])
def test_slash_elsewhere_leads_nowhere(lrs, path):
    """Part Three 2.1 to 2.8: resources have the addresses of the specification and no others."""
    assert lrs.send("GET", path).status_code == 404


def test_get_and_head_that_bring_a_body_are_answered_as_without(lrs):
    """XAPI-00322, Part Three 3.1: the ETag of a document is read by a GET that carries the document once more."""
    query = _raw(activityId=ACTIVITY, stateId="one")
    assert lrs.post(DOCUMENT, "activities/state", query=query).status_code == 204
    for method, content in (("GET", json.dumps(DOCUMENT)), ("HEAD", "")):
        answer = lrs.send(method, "activities/state", {"other": 1}, query=query)
        assert (answer.status_code, json.loads(answer.content or "0")) == (200, json.loads(content or "0"))
        assert answer["ETag"][0] + answer["ETag"][41] == '""'


@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "DELETE"])
@pytest.mark.parametrize("agent", [True, 1, "undefined", "not JSON"])
def test_agent_that_is_no_object_is_refused_however_it_is_written(lrs, method, agent):
    """XAPI-00196 to 00199, 00255 to 00258, Part Three 2.3 and 2.6: 400."""
    for resource, name in (("activities/state", "stateId"), ("agents/profile", "profileId")):
        where = f"activityId={ACTIVITY}&" if name == "stateId" else ""
        query = f"{where}{name}=one&agent={str(agent).lower().replace(' ', '%20')}"
        assert lrs.send(method, resource, DOCUMENT, query=query, headers={"If-None-Match": "*"}).status_code == 400


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_moment_of_storing_that_is_sent_is_replaced(lrs, method):
    """XAPI-00097, Part Two 2.4.8: the store assigns `stored`, also where PUT names the statement in the query alone."""
    statement = a_statement(id=None, stored="2011-07-15T00:00:00.000Z")
    statement_id = str(uuid4())
    if method == "PUT":
        assert lrs.put(statement, statementId=statement_id).status_code == 204
    else:
        (statement_id,) = lrs.post(statement).json()
    assert _stored(lrs, statement_id)["stored"] != statement["stored"]


def test_moments_of_a_whole_second_are_written_with_their_fraction(lrs):
    """XAPI-00023 and 00122, Part Two 2.4.8 and 4.5: precise to milliseconds, though all of them are zero."""
    statement = a_statement()
    with clock.frozen(datetime(2026, 3, 1, 12, tzinfo=UTC)):
        lrs.post(statement)
    found = _stored(lrs, statement["id"])
    assert found["stored"] == found["timestamp"] == "2026-03-01T12:00:00.000000Z"


def test_parts_are_taken_and_given_as_the_suites_make_and_read_them(lrs):
    """XAPI-00115 to 00117 and 00167, Part Three 1.5.2 and RFC 2046 5.1: white space around parts means nothing."""
    text, boundary = b"here is a simple attachment", "-------------4005123123"
    attachment = {"usageType": "http://example.com/attachment-usage/test", "display": {"en-US": "Text"}}
    attachment |= {"contentType": "text/plain", "length": len(text), "sha2": sha256(text).hexdigest()}
    statement = a_statement(attachments=[attachment])
    lines = [b"", f"--{boundary}".encode(), b"Content-Type:application/json", b"", json.dumps(statement).encode()]
    lines += [f"--{boundary}".encode(), b"Content-Type:text/plain", b"Content-Transfer-Encoding:binary"]
    lines += [f"X-Experience-API-Hash:{attachment['sha2']}".encode(), b"", text, f"--{boundary}--".encode()]
    answer = lrs.post(b"\r\n".join(lines), content_type=f"multipart/mixed; boundary={boundary}")
    assert (answer.status_code, answer.json()) == (200, [statement["id"]])
    given = lrs.get(statementId=statement["id"], attachments="true")
    # They take the boundary as it stands behind "boundary=", and count how often the answer names a hash.
    named = given["Content-Type"].split(";")[1].replace(" boundary=", "").encode()
    assert given.content.startswith(b"--" + named + b"\r\n")
    assert given.content.count(attachment["sha2"].encode()) == 2


@pytest.mark.parametrize(("part", "kind"), PARTS.items())
@pytest.mark.parametrize("wrap", [lambda activity: activity, lambda activity: _sub_statement(object=activity)])
def test_parts_of_an_interaction_need_its_type(lrs, part, kind, wrap):
    """XAPI-00064, Part Two 2.4.4.1: components without `interactionType` are refused, with it they are taken."""
    parts = {part: [{"id": "one", "description": {"sr-Latn-RS": "U redu je"}}]}
    for definition, status in (({"interactionType": kind, **parts}, 200), (parts, 400)):
        activity = {"objectType": "Activity", "id": ACTIVITY, "definition": definition}
        assert lrs.post(a_statement(object=wrap(activity))).status_code == status


@pytest.mark.parametrize(("name", "of"), [("contextAgents", "agent"), ("contextGroups", "group")])
def test_context_agents_and_groups_of_sub_statements_are_of_2_0_alone(lrs, name, of):
    """IEEE 9274.1.1-2023 4.2.4.2, context agents and context groups, which hold in sub-statements as well."""
    one = {"objectType": of.title(), "mbox": "mailto:team-1@example.com"}
    whole = {"objectType": f"context{of.title()}", of: one, "relevantTypes": ["https://example.com/xapi/team/a"]}
    is_known = lrs.version == "2.0.0"
    wrong = ({"objectType": "Should fail"}, {of: {"key": "Should fail"}}, {"relevantTypes": []})
    for changes, status in (({}, 200 if is_known else 400), *((change, 400) for change in wrong)):
        context = {name: [{**whole, **changes}]}
        assert lrs.post(a_statement(context=context)).status_code == status
        assert lrs.post(a_statement(object=_sub_statement(context=context))).status_code == status


def test_form_says_everything_where_headers_say_nothing():
    """XAPI-00336, Part Three 1.3: version and credential stand in the form; a body that is no form is refused."""
    lrs, statement_id = Lrs(), str(uuid4())
    fields = {"statementId": statement_id, "content": json.dumps(a_statement(id=None))}
    fields |= {"X-Experience-API-Version": "1.0.3", "Authorization": lrs.authorization}
    bare = {"X-Experience-API-Version": None, "Authorization": None}

    def sent(body):
        return lrs.post(body, query="method=PUT", content_type=FORM, headers=bare).status_code

    assert sent(json.dumps(fields)) == 400
    assert sent(urlencode(fields | {"X-Experience-API-Version": "0.8"})) == 400
    assert lrs.get(statementId=statement_id).status_code == 404
    assert sent(urlencode(fields)) == 204
    assert lrs.get(statementId=statement_id).status_code == 200


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
@pytest.mark.parametrize("content_type", ["application/json", FORM])
def test_2_0_has_no_alternate_syntax_whatever_the_body(method, content_type):
    """IEEE 9274.1.1-2023: the alternate request syntax of 1.0.3 is gone, and `method` an unknown parameter."""
    lrs = Lrs(version="2.0.0")
    form = urlencode({"statementId": str(uuid4()), "content": json.dumps(a_statement(id=None))})
    for body in ("", form, json.dumps({"content": a_statement()})):
        assert lrs.post(body, query=f"method={method}", content_type=content_type).status_code == 400
    assert lrs.get().json()["statements"] == []
