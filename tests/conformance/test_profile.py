"""The published profile against the xAPI Profiles Specification 1.0, and the product against its profile."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from mycelia.access.api import actor_for
from mycelia.content import api as content
from mycelia.content.types import LessonText
from mycelia.delivery.api import launch_item
from mycelia.learning import api as learning
from mycelia.records import api as records
from mycelia.records.models import Statement
from mycelia.records.profile import VERSIONS, profile
from mycelia.records.profile.concepts import members
from tests.delivery.test_commits import launch, message, send
from tests.factories.content import make_course
from tests.factories.delivery import learner_actor, make_attempt, make_package
from tests.factories.learning import complete, enrol
from tests.factories.packages import Blueprint, Part
from tests.factories.people import make_person
from tests.learning.test_views import QUESTION
from tests.xapi import Lrs

pytestmark = pytest.mark.django_db
SOURCE = Path(__file__).parents[2] / "src" / "mycelia"
VOCABULARIES = re.compile(
    r"https?://(?:adlnet\.gov/expapi|id\.tincanapi\.com|w3id\.org/xapi/(?!profiles))[^\s\"'`)]*[a-z]"
)
# What is spoken of without being written: name spaces, and what signatures of other systems are recognised by.
NOT_WRITTEN = {
    *("http://adlnet.gov/expapi/verbs", "http://adlnet.gov/expapi/activities", "https://w3id.org/xapi/adl/verbs"),
    *("http://id.tincanapi.com/verb", "http://adlnet.gov/expapi/attachments/signature"),
}
CONCEPT_KINDS = {"Verb", "ActivityType", "ContextExtension", "ResultExtension", "ActivityExtension"}
RULES = {"presence", "any", "all", "none"}
EXPRESSIONS = {"alternates", "optional", "oneOrMore", "sequence", "zeroOrMore"}


@pytest.fixture
def served() -> dict[str, Any]:
    answer = Lrs().send("GET", "profile", headers={"Authorization": None, "X-Experience-API-Version": None})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/ld+json"
    return json.loads(answer.content)


def _ids(document: dict[str, Any]) -> list[str]:
    return [part["id"] for name in ("concepts", "templates", "patterns") for part in document[name]]


def test_profile_is_served_to_everybody_at_its_own_address_and_that_of_its_version(served, settings):
    """Part Three 1.0: profiles are found at their IRIs."""
    assert served["id"] == f"{settings.MYCELIA_PUBLIC_URL}/xapi/profile"
    newest = served["versions"][0]["id"]
    path = newest.removeprefix(f"{settings.MYCELIA_PUBLIC_URL}/xapi/")
    assert json.loads(Lrs().send("GET", path).content) == served
    assert Lrs().send("GET", "profile", query={"x": "1"}).status_code == 400
    assert Lrs().send("POST", "profile", b"{}").status_code == 405


def test_profile_has_its_required_properties(served):
    """Part Two 6.0."""
    assert served["@context"] == "https://w3id.org/xapi/profiles/context"
    assert served["type"] == "Profile"
    assert served["conformsTo"] == "https://w3id.org/xapi/profiles#1.0"
    assert served["author"]["type"] in {"Organization", "Person"}
    assert served["author"]["name"]
    assert all("en" in served[name] for name in ("prefLabel", "definition"))
    assert [version["id"].rpartition("/")[2] for version in served["versions"]] == [name for name, _made in VERSIONS]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", v["generatedAtTime"]) for v in served["versions"])
    assert served["id"] not in {version["id"] for version in served["versions"]}


def test_every_part_has_an_iri_of_its_own_and_stands_in_the_version(served):
    """Part Two 4.0 and 7.0 to 9.0: `id`, `type` and `inScheme`."""
    ids = _ids(served)
    assert len(set(ids)) == len(ids)
    assert all(re.match("https?://", one) for one in ids)
    newest = served["versions"][0]["id"]
    parts = [part for name in ("concepts", "templates", "patterns") for part in served[name]]
    assert {part["inScheme"] for part in parts} == {newest}


def test_concepts_have_their_required_properties(served):
    """Part Two 7.1 and 7.2: label and definition; at most one schema, inline as a string of JSON."""
    for concept in served["concepts"]:
        assert concept["type"] in CONCEPT_KINDS
        assert concept["prefLabel"]["en"]
        assert concept["definition"]["en"]
        assert "type" in json.loads(concept.get("inlineSchema", '{"type": ""}'))


def test_templates_have_their_required_properties_and_legal_rules(served):
    """Part Two 8.0 and 8.1: determining properties are concepts; a rule asks for something, by plain JSONPath."""
    concepts = {concept["id"]: concept["type"] for concept in served["concepts"]}
    for template in served["templates"]:
        assert template["type"] == "StatementTemplate"
        assert template["prefLabel"]["en"]
        assert template["definition"]["en"]
        assert concepts[template["verb"]] == "Verb"
        assert concepts[template["objectActivityType"]] == "ActivityType"
        for rule in template["rules"]:
            assert RULES & rule.keys()
            assert rule["location"].startswith("$.")
            assert "?" not in rule["location"]


def test_patterns_have_one_expression_each_of_what_the_profile_has(served):
    """Part Two 9.0: one kind of expression; primary patterns have label and definition; none is in itself."""
    known = {part["id"] for name in ("templates", "patterns") for part in served[name]}
    inside = {}
    for pattern in served["patterns"]:
        (kind,) = EXPRESSIONS & pattern.keys()
        named = pattern[kind] if isinstance(pattern[kind], list) else [pattern[kind]]
        assert len(named) >= 2 or kind in {"optional", "oneOrMore", "zeroOrMore"}
        assert set(named) <= known
        assert not pattern["primary"] or (pattern["prefLabel"]["en"] and pattern["definition"]["en"])
        inside[pattern["id"]] = set(named)
    for start in inside:
        reached, more = set(), set(inside[start])
        while more:
            reached |= more
            more = {two for one in more for two in inside.get(one, ())} - reached
        assert start not in reached


def test_whole_vocabulary_is_in_the_profile(served):
    concepts = {concept["id"] for concept in served["concepts"]}
    assert {verb["id"] for _name, verb in members(records.verbs)} <= concepts
    assert {iri for _name, iri in members(records.activity_types)} <= concepts
    assert {records.extension(iri) for _name, iri in members(records.extensions)} <= concepts


def test_every_published_term_in_the_source_is_in_the_profile():
    """Whoever writes a statement with another verb, type or extension has to add it to the vocabulary."""
    concepts = {concept["id"] for concept in profile()["concepts"]}
    found = {
        term
        for file in SOURCE.rglob("*.py")
        if "migrations" not in file.parts
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "\n" not in node.value
        for term in VOCABULARIES.findall(node.value)
    }
    assert len(found) > 5
    assert {term.rstrip("/") for term in found} - concepts - NOT_WRITTEN == set()


def _values(statement: Any, location: str) -> list[Any]:
    """Evaluate the plain JSONPath of a rule: names after dots, names in brackets, and every item of a list."""
    if "[*]" in location:
        before, after = location.split("[*]", 1)
        return [one for found in _values(statement, before) for item in found for one in _values(item, f"${after}")]
    for dotted, quoted in re.findall(r"\.(\w+)|\['([^']+)'\]", location):
        name = dotted or quoted
        if not isinstance(statement, dict) or name not in statement:
            return []
        statement = statement[name]
    return [statement]


def _types(statement: dict[str, Any], place: str) -> list[str]:
    activities = statement.get("context", {}).get("contextActivities", {}).get(place, [])
    return [one["definition"]["type"] for one in activities]


def _fits(statement: dict[str, Any], template: dict[str, Any]) -> bool:
    """Return whether a statement has the determining properties of a template."""
    return (
        statement["verb"]["id"] == template["verb"]
        and statement["object"]["definition"]["type"] == template["objectActivityType"]
        and _types(statement, "parent") == template.get("contextParentActivityType", [])
        and _types(statement, "grouping") == template.get("contextGroupingActivityType", [])
        and _types(statement, "category") == template["contextCategoryActivityType"]
    )


def _broken(statement: dict[str, Any], template: dict[str, Any]) -> list[str]:
    return [
        f"{template['id']}: {rule}"
        for rule in template["rules"]
        if not (values := _values(statement, rule["location"]))
        or any(value not in rule.get("all", [value]) for value in values)
        or not set(map(str, values)) & set(map(str, rule.get("any", values)))
    ]


def _told() -> list[dict[str, Any]]:
    return [json.loads(bytes(one.payload)) for one in Statement.objects.order_by("stored", "sequence")]


def _take_courses(client: Client) -> None:
    """Take a course up and to its end; answer a question of another one, and give it up."""
    person = make_person()
    complete(person, make_course())
    course = make_course(lessons=(LessonText("Ask", 2, (QUESTION,)),))
    enrolment = enrol(person, course)
    key = course.lessons.first().key
    block = content.lesson_blocks(course.pk, key)[0]
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post(f"/learn/{course.slug}/{key}/answers/{block.id}/", {"option": "0"}).status_code < 400
    learning.withdraw(actor=actor_for(person), enrolment=enrolment)


def _play_packages() -> None:
    """Play a package of two parts with a break, one that is failed and one that is passed."""
    parts = tuple(Part(name, f"{name}.html", scorm_type="asset") for name in "ab")
    several = make_attempt(make_package(Blueprint(parts=parts, files={"a.html": "a", "b.html": "b"})))
    for name in "ab":
        session = launch_item(learner_actor(several.learner), attempt_id=several.pk, item=name).session
        send(several, message(session, 1, "viewed"), message(session, 2, "closed"), message(session, 20_000, "left"))
    for status, score in (("failed", "20"), ("passed", "85")):
        attempt = make_attempt()
        session = launch(attempt)
        judged = {"cmi__core__lesson_status": status, "cmi__core__score__raw": score}
        send(attempt, message(session, 1, "initialized"), message(session, 2, "finished", **judged))
        send(attempt, message(session, 3, "closed"), message(session, 20_000, "left"))


def test_what_the_product_writes_follows_its_templates_and_every_template_is_written(client, served):
    """Part Two 8.0: a statement with the determining properties of a template keeps its rules."""
    _take_courses(client)
    _play_packages()
    used = set()
    for statement in _told():
        (template,) = [one for one in served["templates"] if _fits(statement, one)]
        assert _broken(statement, template) == []
        used.add(template["id"])
    assert {template["id"] for template in served["templates"]} - used == set()


def test_runs_begin_as_their_pattern_says(client, served):
    """Part Two 9.0: what stands under one registration follows one primary pattern."""
    _take_courses(client)
    _play_packages()
    patterns = {pattern["id"]: pattern for pattern in served["patterns"]}
    primary = [pattern for pattern in served["patterns"] if pattern["primary"]]
    runs: dict[str, list[str]] = {}
    for statement in _told():
        (template,) = [one for one in served["templates"] if _fits(statement, one)]
        runs.setdefault(statement["context"]["registration"], []).append(template["id"])
    assert len(runs) == 5
    for first, *later in runs.values():
        (pattern,) = [one for one in primary if one["sequence"][0] == first]
        any_of = patterns[patterns[pattern["sequence"][1]]["zeroOrMore"]]["alternates"]
        assert set(later) <= set(any_of)
