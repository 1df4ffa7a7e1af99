"""What is rewritten for a person who is erased, and that the rest of a statement is left as it is."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from mycelia.records.calc.erasures import Erasure
from mycelia.records.calc.pseudonyms import content_without_person, without_person
from mycelia.records.calc.validation import check_statement
from mycelia.records.types import AgentKey
from tests.factories.records import make_statement

EMAIL = "max.ann@example.com"
ACCOUNT = "6f0b8a52-6d6e-4c7e-9d0e-8a35c1f0a001"
PSEUDONYM = AgentKey("account", "erased-1", "https://here.example.com")
MAX = AgentKey("mbox", f"mailto:{EMAIL}")


def _erasure(*names, identifiers=(EMAIL, ACCOUNT)):
    return Erasure(frozenset({MAX}), frozenset(identifiers), frozenset(names), PSEUDONYM)


def _stored(**changes):
    added = {"id": str(uuid4()), "timestamp": "2026-01-01T00:00:00Z", "stored": "2026-01-01T00:00:00Z"}
    given = {"actor": {"mbox": MAX.value, "name": "Max"}, "authority": {"mbox": "mailto:lms@example.com"}}
    return make_statement(**{**added, **given, "version": "1.0.0", **changes})


def _after(statement, *names):
    return json.loads(without_person(json.dumps(statement).encode(), _erasure(*names)))


@pytest.mark.parametrize("name", ["Max", "Ann", "Li", "X Y", "planned", "score max"])
def test_structure_is_never_taken_for_a_name(name):
    verb = {"id": "http://activitystrea.ms/schema/1.0/planned", "display": {"en": "planned"}}
    before = _stored(
        verb=verb,
        object={"id": "https://x.example/ann/max", "objectType": "Activity", "definition": {"type": "a:Ann"}},
        result={"score": {"raw": 1, "min": 0, "max": 10}, "duration": "PT1H"},
        context={"language": "id", "extensions": {"https://x.example/max": {"Max": 1}}},
    )
    after = _after(before, name)
    expected = {**before, "actor": {"account": {"homePage": PSEUDONYM.home_page, "name": PSEUDONYM.value}}}
    if name == "planned":
        assert after["verb"]["display"] == verb["display"]
    assert after == expected


def test_names_go_where_they_are_whole_words():
    result = {
        "response": "Max  Ann, max ann's, Maxann, Max Anna, xMax Ann and Max",
        "extensions": {"a:b": {"Max Ann": "Max Ann"}},
    }
    after = _after(_stored(result=result), "Max Ann")["result"]
    assert after["response"] == "…, …'s, Maxann, Max Anna, xMax Ann and Max"
    assert after["extensions"] == {"a:b": {"…": "…"}}


def test_addresses_go_but_not_those_they_are_a_part_of():
    kept = f"x.{EMAIL} z{EMAIL} {EMAIL}.au {EMAIL}x"
    after = _after(_stored(result={"response": f"{EMAIL}, <{EMAIL.upper()}> {EMAIL}.pdf {kept}"}))
    assert after["result"]["response"] == f"…, <…> ….pdf {kept}"


def test_ids_of_activities_change_only_for_identifiers():
    escaped = "https://x.example/" + EMAIL.replace("@", "%40")
    verb = {"id": f"https://x.example/verbs/{EMAIL}"}
    parent = [
        {"id": f"mailto:{EMAIL}"},
        {"id": f"https://x.example/u_{ACCOUNT}"},
        {"id": "https://x.example/Max%20Ann"},
    ]
    statement = _stored(object={"id": escaped}, verb=verb, context={"contextActivities": {"parent": parent}})
    after = _after(statement, "Max Ann")
    assert after["object"]["id"] == "https://x.example/erased-1"
    assert after["verb"] == verb
    found = [one["id"] for one in after["context"]["contextActivities"]["parent"]]
    assert found == ["mailto:erased-1", "https://x.example/u_erased-1", "https://x.example/Max%20Ann"]


def test_other_people_keep_their_identifiers():
    others = {"objectType": "Group", "member": [{"mbox": f"mailto:x.{EMAIL}", "name": "Joe"}, {"mbox": MAX.value}]}
    after = _after(_stored(context={"team": others}), "Max Ann")
    assert after["context"]["team"]["member"][0] == others["member"][0]
    assert "mbox" not in after["context"]["team"]["member"][1]


def test_documents_lose_names_in_any_place_and_no_value():
    content = json.dumps({"Max Ann": 1, "…": 2, "max": "Maxann", "me": {"mbox": MAX.value}}).encode()
    after = json.loads(content_without_person(content, _erasure("Max Ann")))
    assert (after["…"], after["……"], after["max"]) == (1, 2, "Maxann")
    assert after["me"] == {"account": {"homePage": PSEUDONYM.home_page, "name": "erased-1"}}


WORDS = some.lists(
    some.sampled_from(
        ["Max", "Ann", "max ann", "Max Ann", EMAIL, ACCOUNT, EMAIL.replace("@", "%40"), "x", ".", "-", " "]
    ),
    min_size=1,
    max_size=6,
)
TEXTS = WORDS.map("".join)
IRIS = TEXTS.map(lambda text: "https://x.example/" + text.replace(" ", "+"))
MAPS = some.dictionaries(some.sampled_from(["en", "de-DE", "id"]), TEXTS, max_size=3)
JSON = some.recursive(
    TEXTS | some.none() | some.integers(), lambda one: some.lists(one) | some.dictionaries(TEXTS, one)
)
EXTENSIONS = some.dictionaries(IRIS, JSON, max_size=3)
AGENTS = some.sampled_from([{"mbox": MAX.value}, {"mbox": "mailto:b@example.com"}, {"openid": "https://b.example/"}])
CHOICES = some.lists(TEXTS, unique=True, max_size=4).map(lambda ids: [{"id": one} for one in ids])
DEFINITIONS = some.fixed_dictionaries(
    {"interactionType": some.just("choice")},
    optional={
        "name": MAPS,
        "description": MAPS,
        "moreInfo": IRIS,
        "extensions": EXTENSIONS,
        "choices": CHOICES,
        "type": IRIS,
    },
)
ACTIVITIES = some.fixed_dictionaries({"id": IRIS}, optional={"definition": DEFINITIONS})
BODY = {
    "actor": AGENTS,
    "verb": some.fixed_dictionaries({"id": IRIS}, optional={"display": MAPS}),
    "object": ACTIVITIES,
}
CONTEXT = some.fixed_dictionaries(
    {},
    optional={
        "instructor": AGENTS,
        "platform": TEXTS,
        "extensions": EXTENSIONS,
        "contextActivities": some.fixed_dictionaries({"parent": some.lists(ACTIVITIES, max_size=2)}),
    },
)
RESULT = some.fixed_dictionaries({"score": some.just({"raw": 1, "max": 9})}, optional={"response": TEXTS})
SUB = some.fixed_dictionaries({"objectType": some.just("SubStatement"), **BODY})
STATEMENTS = some.fixed_dictionaries({**BODY, "result": RESULT, "context": CONTEXT}) | some.fixed_dictionaries(
    {**BODY, "object": SUB}
)


@settings(max_examples=150, deadline=None)
@given(
    changes=STATEMENTS, names=some.lists(TEXTS, max_size=2), identifiers=some.sets(some.sampled_from([EMAIL, ACCOUNT]))
)
def test_rewritten_statement_is_valid_and_says_the_same_verb(changes, names, identifiers):
    before = _stored(**changes)
    check_statement(before, version="1.0.3")
    erasure = _erasure(*names, identifiers=identifiers)
    after = json.loads(without_person(json.dumps(before).encode(), erasure))
    check_statement(after, version="1.0.3")
    assert after["verb"]["id"] == before["verb"]["id"]
    assert after.get("result", {}).get("score") == before.get("result", {}).get("score")
    assert json.loads(without_person(json.dumps(after).encode(), erasure)) == after
