"""The statements resource as the specification has it, over HTTP.

References:
    xAPI 1.0.3 Part Three 2.1; IEEE 9274.1.1-2023 4.1.6.1.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import uuid4

import pytest

from mycelia.records.types import Scope
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
VERSIONS = ["1.0.3", "2.0.0"]
AGENT = json.dumps({"mbox": "mailto:ada@example.com"})
VERB = "http://adlnet.gov/expapi/verbs/attended"
ACTIVITY = "http://www.example.com/meetings/1"
REGISTRATION = "EC531277-b57b-4c15-8d91-d292c5b2b8f7"
THROUGH = "X-Experience-API-Consistent-Through"
FILTERS = {
    "agent": AGENT,
    "verb": VERB,
    "activity": ACTIVITY,
    "registration": REGISTRATION,
    "related_activities": "true",
    "related_agents": "true",
    "since": "2012-06-01T19:09:13.245Z",
    "until": "2012-06-01T19:09:13.245Z",
    "limit": "1",
    "ascending": "true",
}


@pytest.fixture(params=VERSIONS)
def lrs(request: pytest.FixtureRequest) -> Lrs:
    return Lrs(version=request.param)


def void(lrs: Lrs, statement_id: str) -> dict[str, object]:
    voiding = a_statement(
        verb={"id": "http://adlnet.gov/expapi/verbs/voided"}, object={"objectType": "StatementRef", "id": statement_id}
    )
    assert lrs.post(voiding).status_code == 200
    return voiding


def found(answer) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [statement["id"] for statement in answer.json()["statements"]]


def test_put_stores_and_answers_no_content(lrs):
    """1.0.3 Part Three 2.1.1: 204 No Content."""
    statement = a_statement()
    answer = lrs.put(statement, statementId=statement["id"])
    assert (answer.status_code, answer.content) == (204, b"")
    assert lrs.get(statementId=statement["id"]).json()["verb"] == statement["verb"]


@pytest.mark.parametrize(
    "query", [{}, {"statementId": ""}, {"statementId": "true"}, {"statementId": str(uuid4()), "x": 1}]
)
def test_put_without_one_statement_id_is_refused(lrs, query):
    """1.0.3 Part Three 2.1.1: `statementId` is required."""
    assert lrs.put(a_statement(), **query).status_code == 400


def test_put_of_a_statement_with_another_id_is_refused(lrs):
    """1.0.3 Part Three 2.1.1: the id in the query is that of the statement."""
    assert lrs.put(a_statement(), statementId=uuid4()).status_code == 400


def test_put_with_ids_in_another_case_is_the_same(lrs):
    """1.0.3 Part Two 2.4.1: UUIDs have no case."""
    statement = a_statement()
    answer = lrs.put({**statement, "id": statement["id"].upper()}, statementId=statement["id"])
    assert answer.status_code == 204
    assert lrs.get(statementId=statement["id"].upper()).status_code == 200


def test_put_of_a_batch_is_refused(lrs):
    """1.0.3 Part Three 2.1.1: PUT stores a single statement."""
    statement = a_statement()
    assert lrs.put([statement], statementId=statement["id"]).status_code == 400


def test_post_answers_the_ids_in_order(lrs):
    """1.0.3 Part Three 2.1.2: 200 OK and the array of ids, in the order sent."""
    batch = [a_statement(), a_statement(id=None), a_statement()]
    answer = lrs.post(batch)
    assert answer.status_code == 200
    ids = answer.json()
    assert (len(ids), ids[0], ids[2]) == (3, batch[0]["id"], batch[2]["id"])
    assert lrs.get(statementId=ids[1]).status_code == 200


def test_post_with_a_parameter_is_refused(lrs):
    """1.0.3 Part Three 3.2: an unrecognised parameter answers 400."""
    assert lrs.post(a_statement(), query={"statementId": str(uuid4())}).status_code == 400


def test_batch_with_one_wrong_statement_stores_none(lrs):
    """1.0.3 Part Three 3.2: a batch is stored wholly or not at all."""
    right = a_statement()
    answer = lrs.post([right, a_statement(verb={"id": "should fail"})])
    assert answer.status_code == 400
    assert answer.json()["path"] == "$[1].verb.id"
    assert lrs.get(statementId=right["id"]).status_code == 404


def test_batch_with_an_id_twice_is_refused(lrs):
    """IEEE 9274.1.1-2023 4.1.6.1: no two statements of a batch have the same id."""
    statement = a_statement()
    assert lrs.post([statement, statement]).status_code == 400


@pytest.mark.parametrize("first", ["put", "post"])
@pytest.mark.parametrize("second", ["put", "post"])
def test_statement_sent_again_changes_nothing_and_says_so(lrs, first, second):
    """1.0.3 Part Three 2.1.1 and 2.1.2: 204 No Content for what is stored already and equal."""
    statement = a_statement()
    send = {
        "put": lambda: lrs.put(statement, statementId=statement["id"]),
        "post": lambda: lrs.post(statement),
    }
    assert send[first]().status_code in {200, 204}
    assert send[second]().status_code == 204


def test_batch_that_holds_something_new_answers_every_id(lrs):
    """1.0.3 Part Three 2.1.2."""
    old, new = a_statement(), a_statement()
    lrs.post(old)
    assert lrs.post([old, new]).json() == [old["id"], new["id"]]


@pytest.mark.parametrize("method", ["put", "post"])
def test_other_statement_with_a_stored_id_conflicts_and_changes_nothing(lrs, method):
    """1.0.3 Part Three 2.1.1: 409 Conflict; nothing is modified."""
    statement = a_statement()
    lrs.post(statement)
    other = {**statement, "verb": {"id": "http://example.com/other"}}
    answer = lrs.put(other, statementId=statement["id"]) if method == "put" else lrs.post(other)
    assert answer.status_code == 409
    assert lrs.get(statementId=statement["id"]).json()["verb"]["id"] == VERB


def test_get_by_id_returns_the_statement_completed(lrs):
    """1.0.3 Part Two 2.4: id, timestamp, stored, authority and version are set."""
    statement = a_statement(id=None)
    (statement_id,) = lrs.post(statement).json()
    stored = lrs.get(statementId=statement_id).json()
    assert stored["id"] == statement_id
    assert stored["timestamp"] == stored["stored"]
    assert stored["authority"]["account"]["name"] == lrs.credential.key
    assert stored["version"] == {"1.0.3": "1.0.0", "2.0.0": "2.0.0"}[lrs.version]


def test_get_by_id_says_when_it_was_stored(lrs):
    """IEEE 9274.1.1-2023 4.1.6.1: Last-Modified is the `stored` of the statement."""
    statement = a_statement()
    lrs.post(statement)
    answer = lrs.get(statementId=statement["id"])
    stored = datetime.fromisoformat(answer.json()["stored"])
    assert parsedate_to_datetime(answer["Last-Modified"]) == stored.replace(microsecond=0)


def test_get_of_an_unknown_id_is_not_found(lrs):
    """1.0.3 Part Three 2.1.3: 404."""
    assert lrs.get(statementId=uuid4()).status_code == 404
    assert lrs.get(voidedStatementId=uuid4()).status_code == 404


def test_voided_statement_is_found_by_its_own_parameter_alone(lrs):
    """1.0.3 Part Two 2.3.2 and Part Three 2.1.3: `voidedStatementId`."""
    statement = a_statement()
    lrs.post(statement)
    voiding = void(lrs, statement["id"])
    assert lrs.get(statementId=statement["id"]).status_code == 404
    assert lrs.get(voidedStatementId=statement["id"]).json()["id"] == statement["id"]
    assert lrs.get(voidedStatementId=voiding["id"]).status_code == 404
    assert found(lrs.get()) == [voiding["id"]]


def test_voiding_statement_cannot_be_voided(lrs):
    """1.0.3 Part Two 2.3.2: a voiding statement is never voided."""
    statement = a_statement()
    lrs.post(statement)
    voiding = void(lrs, statement["id"])
    again = void(lrs, voiding["id"])
    assert lrs.get(statementId=voiding["id"]).status_code == 200
    assert lrs.get(voidedStatementId=statement["id"]).status_code == 200
    assert found(lrs.get(ascending="true")) == [voiding["id"], again["id"]]


def test_voiding_may_come_before_what_it_voids(lrs):
    """1.0.3 Part Two 2.3.2: the order of arrival does not matter."""
    statement = a_statement()
    void(lrs, statement["id"])
    lrs.post(statement)
    assert lrs.get(voidedStatementId=statement["id"]).status_code == 200


def test_voided_statement_still_brings_those_that_refer_to_it(lrs):
    """1.0.3 Part Three 2.1.4: filters follow references, also from a voided statement."""
    statement = a_statement(verb={"id": "http://example.com/rare"})
    lrs.post(statement)
    voiding = void(lrs, statement["id"])
    assert found(lrs.get(verb="http://example.com/rare")) == [voiding["id"]]


@pytest.mark.parametrize("one", ["statementId", "voidedStatementId"])
@pytest.mark.parametrize("other", FILTERS)
def test_one_statement_and_a_filter_do_not_go_together(lrs, one, other):
    """1.0.3 Part Three 2.1.3: only `attachments` and `format` go with `statementId` and `voidedStatementId`."""
    assert lrs.get(**{one: str(uuid4()), other: FILTERS[other]}).status_code == 400


def test_both_kinds_of_id_do_not_go_together(lrs):
    """1.0.3 Part Three 2.1.3."""
    assert lrs.get(statementId=uuid4(), voidedStatementId=uuid4()).status_code == 400


@pytest.mark.parametrize("name", [*FILTERS, "statementId", "voidedStatementId", "format", "attachments"])
def test_parameter_in_another_case_is_refused(lrs, name):
    """1.0.3 Part Three 3.2: parameter names are case-sensitive."""
    value = FILTERS.get(name, "true")
    assert lrs.get(**{name.title(): value}).status_code == 400
    assert lrs.get(foo="bar").status_code == 400


@pytest.mark.parametrize("name", [*FILTERS, "statementId", "voidedStatementId", "format", "attachments", "more"])
@pytest.mark.parametrize("value", ["", "nonsense", "{", "-1", "null", "[]"])
def test_parameter_malformed_is_refused(lrs, name, value):
    """1.0.3 Part Three 2.1.3: types of the parameters."""
    assert lrs.get(**{name: value}).status_code == 400


@pytest.mark.parametrize(
    "agent",
    [
        {"objectType": "Group", "member": [{"mbox": "mailto:a@example.com"}]},
        {"mbox": "a@example.com"},
        {"mbox": "mailto:a@example.com", "openid": "http://example.com"},
        {"name": "Ada"},
        {"mbox": "mailto:a@example.com", "unknown": 1},
    ],
)
def test_agent_that_identifies_nobody_is_refused(lrs, agent):
    """1.0.3 Part Three 2.1.3: an agent or an identified group."""
    assert lrs.get(agent=json.dumps(agent)).status_code == 400


@pytest.mark.parametrize("name", FILTERS)
def test_filter_answers_a_statement_result(lrs, name):
    """1.0.3 Part Two 2.5: `statements` and `more`."""
    result = lrs.get(**{name: FILTERS[name]}).json()
    assert isinstance(result["statements"], list)
    assert isinstance(result["more"], str)


def test_filters_combine(lrs):
    """1.0.3 Part Three 2.1.3: a statement matches all filters."""
    whole = a_statement(context={"registration": REGISTRATION})
    other = a_statement(object={"id": "http://example.com/other"}, context={"registration": REGISTRATION})
    lrs.post([whole, other])
    asked = {"agent": AGENT, "verb": VERB, "activity": ACTIVITY, "registration": REGISTRATION.lower()}
    assert found(lrs.get(**asked, since="2012-06-01T19:09:13Z", limit=0)) == [whole["id"]]


def test_related_agents_are_found_only_when_asked_for(lrs):
    """1.0.3 Part Three 2.1.3: `related_agents`: authority, instructor, team and a sub-statement's."""
    instructor = {"objectType": "Agent", "mbox": "mailto:teacher@example.com"}
    inner = {name: value for name, value in a_statement(actor=instructor).items() if name != "id"}
    direct = a_statement(context={"instructor": instructor})
    within = a_statement(object={**inner, "objectType": "SubStatement"})
    lrs.post([direct, within])
    assert found(lrs.get(agent=json.dumps(instructor))) == []
    related = found(lrs.get(agent=json.dumps(instructor), related_agents="true", ascending="true"))
    assert related == [direct["id"], within["id"]]
    authority = lrs.get(statementId=direct["id"]).json()["authority"]
    assert len(found(lrs.get(agent=json.dumps(authority), related_agents="true"))) == 2


def test_related_activities_are_found_only_when_asked_for(lrs):
    """1.0.3 Part Three 2.1.3: `related_activities`."""
    parent = {"id": "http://example.com/course"}
    statement = a_statement(context={"contextActivities": {"parent": parent}})
    lrs.post(statement)
    assert found(lrs.get(activity=parent["id"])) == []
    assert found(lrs.get(activity=parent["id"], related_activities="true")) == [statement["id"]]


def test_since_excludes_and_until_includes_the_moment(lrs):
    """1.0.3 Part Three 2.1.3: stored since (after), until (at or before)."""
    statement = a_statement()
    lrs.post(statement)
    stored = lrs.get(statementId=statement["id"]).json()["stored"]
    assert found(lrs.get(since=stored)) == []
    assert found(lrs.get(until=stored)) == [statement["id"]]


def test_order_is_newest_first_unless_ascending(lrs):
    """1.0.3 Part Three 2.1.3: order of `stored`."""
    batch = [a_statement() for _ in range(3)]
    for statement in batch:
        lrs.post(statement)
    ids = [statement["id"] for statement in batch]
    assert found(lrs.get()) == ids[::-1]
    assert found(lrs.get(ascending="true")) == ids


@pytest.mark.parametrize("ascending", ["true", "false"])
def test_more_goes_on_without_skipping_or_repeating(lrs, ascending):
    """1.0.3 Part Two 2.5: `more` is relative; new statements do not disturb it; empty at the end."""
    batch = [a_statement() for _ in range(7)]
    lrs.post(batch)
    result = lrs.get(limit=3, ascending=ascending, verb=VERB).json()
    seen = [one["id"] for one in result["statements"]]
    while result["more"]:
        assert result["more"].startswith("/xapi/statements?")
        lrs.post(a_statement(verb={"id": "http://example.com/while"}))
        result = lrs.send("GET", result["more"].removeprefix("/xapi/")).json()
        seen += [one["id"] for one in result["statements"]]
    assert sorted(seen) == sorted(statement["id"] for statement in batch)
    assert len(seen) == len(set(seen))


def test_more_that_was_changed_is_refused(lrs):
    """A link is signed, so nobody can make one that asks for something else."""
    lrs.post([a_statement(), a_statement()])
    more = lrs.get(limit=1).json()["more"].removeprefix("/xapi/")
    assert lrs.send("GET", more).status_code == 200
    assert lrs.send("GET", f"{more}x").status_code == 400
    assert lrs.send("GET", f"{more}&limit=2").status_code == 400


def test_nothing_found_is_no_error(lrs):
    """1.0.3 Part Three 2.1.3: an empty result answers 200."""
    assert lrs.get(verb="http://example.com/never").json() == {"statements": [], "more": ""}


@pytest.mark.parametrize(
    ("query", "headers", "status"),
    [
        ({}, {}, 200),
        ({"foo": "bar"}, {}, 400),
        ({"statementId": str(uuid4())}, {}, 404),
        ({}, {"X-Experience-API-Version": None}, 400),
        ({}, {"Authorization": None}, 401),
    ],
)
def test_consistent_through_is_told_whatever_the_status(lrs, query, headers, status):
    """1.0.3 Part Three 2.1.3: X-Experience-API-Consistent-Through, an ISO 8601 moment, regardless of the status."""
    before = datetime.now(UTC)
    answer = lrs.send("GET", "statements", query=query, headers=headers)
    assert answer.status_code == status
    assert before - timedelta(seconds=1) <= datetime.fromisoformat(answer[THROUGH]) <= datetime.now(UTC)


@pytest.mark.parametrize(
    "content_type", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", ""]
)
def test_other_content_type_is_refused(lrs, content_type):
    """1.0.3 Part Three 1.5: application/json or multipart/mixed."""
    assert lrs.post(a_statement(), content_type=content_type).status_code == 400


def test_json_with_a_charset_is_taken(lrs):
    """1.0.3 Part Three 1.4: UTF-8."""
    name = "Ада 学习 🎓"
    statement = a_statement(actor={"mbox": "mailto:a@example.com", "name": name})
    assert lrs.post(statement, content_type="application/json; charset=utf-8").status_code == 200
    assert lrs.get(statementId=statement["id"]).json()["actor"]["name"] == name


def test_format_ids_returns_only_what_identifies(lrs):
    """1.0.3 Part Three 2.1.3: `format=ids`."""
    member = {"objectType": "Agent", "name": "Member", "mbox": "mailto:m@example.com"}
    activity = {"objectType": "Activity", "id": "http://example.com/p", "definition": {"name": {"en": "P"}}}
    statement = a_statement(
        actor={"objectType": "Group", "name": "All", "member": [member]},
        context={
            "instructor": {"objectType": "Agent", "name": "T", "account": {"homePage": "http://e.com", "name": "t"}},
            "team": {"objectType": "Group", "name": "Team", "mbox": "mailto:t@example.com", "member": [member]},
            "contextActivities": {"parent": [activity]},
        },
    )
    lrs.post(statement)
    for answer in (
        lrs.get(format="ids").json()["statements"][0],
        lrs.get(statementId=statement["id"], format="ids").json(),
    ):
        assert answer["actor"] == {
            "objectType": "Group",
            "member": [{"objectType": "Agent", "mbox": "mailto:m@example.com"}],
        }
        assert answer["verb"] == {"id": VERB}
        assert answer["object"] == {"id": ACTIVITY}
        assert answer["context"]["instructor"].keys() == {"objectType", "account"}
        assert answer["context"]["team"] == {"objectType": "Group", "mbox": "mailto:t@example.com"}
        assert answer["context"]["contextActivities"] == {"parent": [{"id": "http://example.com/p"}]}
        assert "name" not in answer["authority"]


def test_format_exact_is_what_was_sent(lrs):
    """1.0.3 Part Three 2.1.3: `format=exact`, the default."""
    statement = a_statement(object={"id": ACTIVITY, "definition": {"name": {"en": "A", "de": "B"}}})
    lrs.post(statement)
    for query in ({}, {"format": "exact"}):
        (answer,) = lrs.get(**query).json()["statements"]
        assert {name: answer[name] for name in statement} == statement


def test_format_canonical_gives_one_language(lrs):
    """1.0.3 Part Three 2.1.3 and 1.2: `format=canonical` with Accept-Language."""
    definition = {
        "name": {"en-US": "color", "en-GB": "colour"},
        "description": {"en-US": "color", "en-GB": "colour"},
        "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
        "interactionType": "choice",
        "choices": [{"id": "a", "description": {"de": "a-de", "en-GB": "a-gb"}}],
    }
    statement = a_statement(
        verb={"id": VERB, "display": {"en-US": "attended", "en-GB": "was there"}},
        object={"id": ACTIVITY, "definition": definition},
    )
    lrs.post(statement)
    answer = lrs.get(
        statementId=statement["id"], format="canonical", headers={"Accept-Language": "en-GB, de;q=0.5"}
    ).json()
    assert answer["verb"]["display"] == {"en-GB": "was there"}
    assert answer["object"]["definition"]["name"] == {"en-GB": "colour"}
    assert answer["object"]["definition"]["description"] == {"en-GB": "colour"}
    assert answer["object"]["definition"]["choices"] == [{"id": "a", "description": {"en-GB": "a-gb"}}]
    refusing = {"Accept-Language": "en-US;q=0, *"}
    answer = lrs.get(statementId=statement["id"], format="canonical", headers=refusing).json()
    assert answer["verb"]["display"] == {"en-GB": "was there"}
    unasked = lrs.get(statementId=statement["id"], headers={"Accept-Language": "en-GB"}).json()
    assert unasked["verb"]["display"].keys() == {"en-US", "en-GB"}


def test_scope_mine_reads_only_what_came_under_the_same_credential():
    """1.0.3 Part Three 4.2: statements/read/mine."""
    own, other = Lrs(Scope.STATEMENTS_READ_MINE, Scope.STATEMENTS_WRITE), Lrs()
    mine, theirs = a_statement(), a_statement()
    own.post(mine)
    other.post(theirs)
    assert found(own.get()) == [mine["id"]]
    assert own.get(statementId=mine["id"]).status_code == 200
    assert own.get(statementId=theirs["id"]).status_code == 404
    assert len(found(other.get())) == 2


def test_scope_mine_learns_nothing_of_other_statements_by_referring_to_them():
    """1.0.3 Part Three 2.1.3 and 4.2: a reference matches for what it leads to, as far as the scope reads that."""
    own, other = Lrs(Scope.STATEMENTS_READ_MINE, Scope.STATEMENTS_WRITE), Lrs()

    def reference(to):
        return a_statement(verb={"id": "a:referred"}, object={"objectType": "StatementRef", "id": to["id"]})

    mine, theirs = a_statement(), a_statement()
    to_mine, to_theirs, between = reference(mine), reference(theirs), reference(mine)
    chained, through_theirs = reference(to_mine), reference(between)
    own.post([mine, to_mine, to_theirs, chained, through_theirs])
    other.post([theirs, between])
    expected = {mine["id"], to_mine["id"], chained["id"]}
    for asked in ({"verb": VERB}, {"agent": AGENT, "verb": VERB}, {"activity": ACTIVITY}):
        assert set(found(own.get(**asked))) == expected
        hidden = {one["id"] for one in (theirs, to_theirs, between, through_theirs)}
        assert set(found(other.get(**asked))) == expected | hidden


def test_authority_sent_is_replaced(lrs):
    """1.0.3 Part Two 2.4.9: the authority is the store's to set."""
    statement = a_statement(authority={"objectType": "Agent", "mbox": "mailto:forged@example.com"})
    lrs.post(statement)
    assert "mbox" not in lrs.get(statementId=statement["id"]).json()["authority"]


def test_duration_is_compared_to_hundredths_of_a_second(lrs):
    """IEEE 9274.1.1-2023 4.2.7: precision beyond 0.01 second is kept and not compared."""
    statement = a_statement(result={"duration": "P1DT12H36M0.1237S"})
    assert lrs.post(statement).status_code == 200
    assert lrs.post({**statement, "result": {"duration": "P1DT12H36M0.12S"}}).status_code == 204
    assert lrs.post({**statement, "result": {"duration": "P1DT12H36M0.13S"}}).status_code == 409
    assert lrs.get(statementId=statement["id"]).json()["result"]["duration"] == "P1DT12H36M0.1237S"


def test_format_canonical_uses_what_is_known_of_an_activity(lrs):
    """1.0.3 Part Three 2.1.3: the canonical definition, as the store determines it."""
    lrs.post(a_statement(object={"id": ACTIVITY, "definition": {"name": {"en": "Meeting"}}}))
    bare = a_statement()
    lrs.post(bare)
    assert "definition" not in lrs.get(statementId=bare["id"]).json()["object"]
    answer = lrs.get(statementId=bare["id"], format="canonical").json()
    assert answer["object"]["definition"] == {"name": {"en": "Meeting"}}
