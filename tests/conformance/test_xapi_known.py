"""The resources about activities, agents and the store itself, under both versions."""

from __future__ import annotations

import json
from hashlib import sha1

import pytest

from mycelia.records import api
from mycelia.records.types import Scope
from tests.factories.people import make_person
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
IRI = "http://www.example.com/meetings/7"
ADA = {"objectType": "Agent", "name": "Ada", "mbox": "mailto:ada@example.com"}


@pytest.fixture(params=["1.0.3", "2.0.0"])
def lrs(request):
    return Lrs(version=request.param)


def _person(lrs, agent=ADA):
    return lrs.get("agents", agent=json.dumps(agent))


def _activity(definition):
    return {"objectType": "Activity", "id": IRI, "definition": definition}


def test_activity_is_returned_whole(lrs):
    """Part Three 2.5: GET of an activity returns the complete Activity Object."""
    activity = _activity(
        {"name": {"en-US": "example meeting"}, "type": "http://a.b/c", "extensions": {"http://e.f": {}}}
    )
    lrs.post([a_statement(object=activity)])
    answer = lrs.get("activities", activityId=IRI)
    assert (answer.status_code, answer.json()) == (200, activity)


def test_activity_has_every_language_it_was_named_in(lrs):
    """Part Three 2.5: the Activity Object holds all available information from every statement about it."""
    lrs.post(
        [a_statement(object=_activity({"name": {name: text}})) for name, text in (("en", "meeting"), ("fr", "réunion"))]
    )
    assert lrs.get("activities", activityId=IRI).json()["definition"] == {"name": {"en": "meeting", "fr": "réunion"}}


def test_activity_never_heard_of_is_returned_with_its_id(lrs):
    """IEEE 4.1.6.4: without a canonical definition the store still returns an Activity Object."""
    answer = lrs.get("activities", activityId="http://www.example.com/never")
    assert answer.json() == {"objectType": "Activity", "id": "http://www.example.com/never"}


def test_definition_of_somebody_without_the_scope_is_kept_in_the_statement_alone():
    """Part Three 4.2: without `define` the statement is stored and the store's idea of the activity stays."""
    writer, reader = Lrs(Scope.STATEMENTS_WRITE), Lrs(Scope.ALL_READ)
    statement = a_statement(object=_activity({"name": {"en": "Mine"}}))
    assert writer.post(statement).status_code == 200
    assert "definition" not in reader.get("activities", activityId=IRI).json()
    assert reader.get(statementId=statement["id"]).json()["object"]["definition"] == {"name": {"en": "Mine"}}
    definer = Lrs(Scope.STATEMENTS_WRITE, Scope.DEFINE)
    assert definer.post(a_statement(object=statement["object"])).status_code == 200
    assert reader.get("activities", activityId=IRI).json() == statement["object"]


def test_person_gathers_names_and_identifiers_in_arrays(lrs):
    """Part Three 2.4: a Person has arrays; its names are those the agent was recorded under."""
    for name in ("Ada", "Ada Lovelace"):
        lrs.post(a_statement(actor={**ADA, "name": name}))
    group = {
        "objectType": "Group",
        "member": [{**ADA, "name": "A. L."}, {"mbox": "mailto:bob@example.com", "name": "Bob"}],
    }
    lrs.post(a_statement(actor=group))
    answer = _person(lrs, {"mbox": ADA["mbox"]})
    assert (answer.status_code, answer.json()) == (
        200,
        {"objectType": "Person", "name": ["A. L.", "Ada Lovelace", "Ada"], "mbox": [ADA["mbox"]]},
    )


@pytest.mark.parametrize(
    ("agent", "property_name", "values"),
    [
        ({"mbox": "mailto:ada@example.com"}, "mbox", ["mailto:ada@example.com"]),
        ({"mbox_sha1sum": "a" * 40}, "mbox_sha1sum", ["a" * 40]),
        ({"openid": "http://ada.example.com/"}, "openid", ["http://ada.example.com/"]),
        ({"account": {"homePage": "http://a.b/", "name": "7"}}, "account", [{"homePage": "http://a.b/", "name": "7"}]),
    ],
)
def test_person_never_heard_of_has_what_was_asked_for(lrs, agent, property_name, values):
    """Part Three 2.4: without more information the Person has that of the agent asked for."""
    assert _person(lrs, {**agent, "name": "N"}).json() == {"objectType": "Person", "name": ["N"], property_name: values}


def test_person_of_a_mailbox_has_its_hash_where_that_was_recorded(lrs):
    """Part Three 2.4: a Person may have several identifiers of one agent."""
    hashed = sha1(b"mailto:ada@example.com").hexdigest()
    assert "mbox_sha1sum" not in _person(lrs).json()
    lrs.post(a_statement(actor={"mbox_sha1sum": hashed, "name": "Hashed"}))
    assert _person(lrs).json() == {
        "objectType": "Person",
        "name": ["Ada", "Hashed"],
        "mbox": [ADA["mbox"]],
        "mbox_sha1sum": [hashed],
    }


def test_person_behind_an_account_of_this_installation_stays_unnamed(lrs):
    """An opaque account leads to nobody, here as everywhere."""
    agent = api.agent_for(make_person("ada@example.com", given_name="Ada", family_name="Byron").pk)
    api.store([a_statement(actor=agent)])
    answer = _person(lrs, agent)
    assert answer.json() == {"objectType": "Person", "account": [agent["account"]]}
    assert list(_person(lrs).json()) == ["objectType", "name", "mbox"]


def test_person_tells_those_who_may_not_read_all_no_more_than_they_asked():
    """Part Three 4.2: names come from statements, which not every scope may read."""
    Lrs().post(a_statement(actor=ADA))
    for scope in (Scope.STATEMENTS_READ_MINE, Scope.STATE, Scope.PROFILE, Scope.DEFINE):
        assert _person(Lrs(scope), {"mbox": ADA["mbox"]}).json() == {"objectType": "Person", "mbox": [ADA["mbox"]]}
    assert _person(Lrs(Scope.STATEMENTS_WRITE)).status_code == 403


@pytest.mark.parametrize("path", ["agents", "activities"])
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_resources_that_are_only_read_refuse_other_methods(lrs, path, method):
    """Part Three 3.2: 405, whoever asks."""
    for authorization in ({}, {"Authorization": None}):
        assert lrs.send(method, path, query={"activityId": IRI}, headers=authorization).status_code == 405


@pytest.mark.parametrize(
    "query",
    [
        "activities?",
        "activities?activityId=1",
        "activities?activityId=true",
        "activities?ActivityId=http://a.b",
        "activities?activityId=http://a.b&x=1",
        "agents?",
        "agents?agent=1",
        "agents?agent=%7B%7D",
        "agents?agent=nothing",
        'agents?agent={"mbox":"mailto:a@b.c","openid":"http://a.b"}',
        "about?x=1",
    ],
)
def test_parameter_missing_malformed_or_unknown_is_refused(lrs, query):
    """Part Three 2.4, 2.5 and 3.2."""
    path, _, encoded = query.partition("?")
    assert lrs.send("GET", path, query=encoded).status_code == 400


@pytest.mark.parametrize("path", ["about", "activities", "agents"])
def test_head_has_no_body(lrs, path):
    """Part Three 1.1."""
    query = {"about": {}, "activities": {"activityId": IRI}, "agents": {"agent": json.dumps(ADA)}}[path]
    answer = lrs.send("HEAD", path, query=query)
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize(
    ("version", "served"),
    [
        ("1.0.3", ["1.0.0", "1.0.1", "1.0.2", "1.0.3"]),
        ("2.0.0", ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"]),
        (None, ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "2.0.0"]),
    ],
)
def test_about_names_the_versions_and_asks_for_neither_version_nor_credential(version, served):
    """Part Three 2.8, IEEE 4.1.6.7: `version` is an array of the versions served; open to everybody."""
    headers = {"Authorization": None, "X-Experience-API-Version": version}
    answer = Lrs().send("GET", "about", headers=headers)
    assert (answer.status_code, answer.json()["version"]) == (200, served)


@pytest.mark.parametrize(("method", "sent"), [("GET", None), ("GET", ""), ("HEAD", None)])
@pytest.mark.parametrize(
    "resource", ["statements", "activities", "activities/profile", "activities/state", "agents", "agents/profile"]
)
def test_bare_look_without_version_is_refused_in_version_1_0(resource, method, sent):
    """1.0.3 Part Three 2.8.s4.table1.row2 and 3.3.s4.b1 (XAPI-00321): 400, answered as a store of 1.0.x."""
    answer = Lrs().send(method, resource, headers={"X-Experience-API-Version": sent})
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (400, "1.0.3")


@pytest.mark.parametrize("method", ["GET", "PUT", "POST"])
def test_statement_asked_for_or_sent_without_version_is_refused_in_version_2_0(method):
    """IEEE 9274.1.1-2023, versioning (XAPI-00331): 400, and the answer names 2.0.0."""
    query = {} if method == "POST" else {"statementId": "6690e6c9-3ef0-4ed3-8b37-7f3964730bee"}
    body = b"" if method == "GET" else a_statement()
    answer = Lrs().send(method, "statements", body, query=query, headers={"X-Experience-API-Version": None})
    assert (answer.status_code, answer["X-Experience-API-Version"]) == (400, "2.0.0")


def test_about_tells_limits_and_addresses_in_its_extensions(settings):
    """Part Three 2.8, IEEE 4.1.6.7: `extensions` is a map of other properties, each named by an IRI."""
    settings.MYCELIA_XAPI_REQUESTS_PER_MINUTE = 77
    here = f"{settings.MYCELIA_PUBLIC_URL}/xapi"
    extensions = Lrs().send("GET", "about").json()["extensions"]
    assert all(name.startswith(f"{here}/extensions/") for name in extensions)
    assert extensions[f"{here}/extensions/limits"]["statements"] == 10_000
    assert extensions[f"{here}/extensions/limits"]["named_by_a_statement"] == 10_000
    assert extensions[f"{here}/extensions/limits"]["requests_per_minute"] == 77
    assert extensions[f"{here}/extensions/profile"] == f"{here}/profile"
