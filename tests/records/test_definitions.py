from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from mycelia.records import api
from mycelia.records.calc.definitions import definitions_in, merged_definition
from mycelia.records.models import ActivityDefinition
from tests.factories.records import make_statement

IRI = "https://example.com/courses/1"
TEXTS = st.dictionaries(st.sampled_from(["en", "de", "fr-FR"]), st.text(max_size=5), max_size=3)
DEFINITIONS = st.fixed_dictionaries(
    {},
    optional={
        "name": TEXTS,
        "description": TEXTS,
        "type": st.sampled_from(["a:b", "a:c"]),
        "moreInfo": st.just("a:more"),
        "extensions": st.dictionaries(st.sampled_from(["e:1", "e:2"]), st.integers(), max_size=2),
    },
)


def _defined(definition, iri=IRI, **changes):
    return make_statement(object={"id": iri, "definition": definition}, **changes)


def _known(iri=IRI):
    return api.canonical_activity(iri).get("definition")


@given(DEFINITIONS, DEFINITIONS)
def test_merged_definition_keeps_everything_and_the_newer_wins(known, sent):
    merged = merged_definition(known, sent)
    assert merged.keys() == known.keys() | sent.keys()
    for name in ("name", "description", "extensions"):
        if name in merged:
            assert merged[name] == known.get(name, {}) | sent.get(name, {})
    assert merged_definition(merged, sent) == merged


def test_merged_definition_joins_components_by_id_in_the_newer_order():
    known = {
        "interactionType": "choice",
        "correctResponsesPattern": ["a"],
        "choices": [{"id": "a", "description": {"en": "A"}}, {"id": "b"}, {"id": "old"}],
    }
    sent = {
        "interactionType": "choice",
        "correctResponsesPattern": ["b"],
        "choices": [{"id": "b", "description": {"de": "B"}}, {"id": "a", "description": {"de": "Ah"}}],
    }
    assert merged_definition(known, sent) == {
        "interactionType": "choice",
        "correctResponsesPattern": ["b"],
        "choices": [
            {"id": "b", "description": {"de": "B"}},
            {"id": "a", "description": {"en": "A", "de": "Ah"}},
            {"id": "old"},
        ],
    }


def test_merged_definition_of_another_interaction_replaces_the_old_one_whole():
    known = {"name": {"en": "Q"}, "interactionType": "choice", "choices": [{"id": "a"}]}
    sent = {"interactionType": "numeric", "correctResponsesPattern": ["4"]}
    assert merged_definition(known, sent) == {"name": {"en": "Q"}, **sent}


def test_merged_definition_that_says_nothing_of_the_interaction_leaves_it():
    known = {"interactionType": "choice", "choices": [{"id": "a"}]}
    assert merged_definition(known, {"type": "a:b"}) == {**known, "type": "a:b"}


def test_definitions_are_found_wherever_an_activity_stands():
    defined = {
        name: {"id": f"a:{name}", "definition": {"type": "t:t"}} for name in ("object", "parent", "inner", "other")
    }
    inner = {
        "objectType": "SubStatement",
        "actor": {"mbox": "mailto:a@example.com"},
        "verb": {"id": "v:v"},
        "object": defined["inner"],
        "context": {"contextActivities": {"other": [defined["other"], {"id": "a:bare"}]}},
    }
    context = {"contextActivities": {"parent": [defined["parent"]]}}
    assert {iri for iri, _ in definitions_in(make_statement(object=defined["object"], context=context))} == {
        "a:object",
        "a:parent",
    }
    assert {iri for iri, _ in definitions_in(make_statement(object=inner))} == {"a:inner", "a:other"}


@pytest.mark.django_db
def test_what_is_known_of_an_activity_grows_with_every_statement():
    api.store([_defined({"name": {"en": "Fire"}, "type": "a:course"})])
    api.store([_defined({"name": {"de": "Feuer"}}), _defined({"description": {"en": "What to do"}})])
    assert _known() == {
        "name": {"en": "Fire", "de": "Feuer"},
        "type": "a:course",
        "description": {"en": "What to do"},
    }


@pytest.mark.django_db
def test_activity_never_heard_of_is_known_by_its_id_alone():
    assert api.canonical_activity("a:unknown") == {"objectType": "Activity", "id": "a:unknown"}


@pytest.mark.django_db
def test_statement_of_somebody_who_may_not_define_leaves_what_is_known():
    api.store([_defined({"name": {"en": "Fire"}})])
    (statement_id,) = api.store([_defined({"name": {"en": "Forged"}})], defines=False)
    assert _known() == {"name": {"en": "Fire"}}
    assert b"Forged" in api.statement(statement_id).payload


@pytest.mark.django_db
def test_statement_sent_again_does_not_bring_back_an_older_definition():
    sent = _defined({"name": {"en": "Old"}}, id="0f9f3c1e-6a4b-4b7b-8c53-4a9f0e2f6d11")
    api.store([sent])
    api.store([_defined({"name": {"en": "New"}})])
    api.store([sent])
    assert _known() == {"name": {"en": "New"}}


@pytest.mark.django_db
def test_definitions_that_change_nothing_are_read_and_not_written():
    batch = [_defined({"name": {"en": f"Course {n}"}}, f"a:{n}") for n in range(50)]
    api.store(batch)
    with CaptureQueriesContext(connection) as queries:
        api.store(batch)
        api.store(batch[::-1])
    assert not any("records_activity " in q["sql"] and "SELECT" not in q["sql"][:6] for q in queries)
    assert ActivityDefinition.objects.count() == 50


@pytest.mark.django_db
def test_only_the_row_of_the_activity_that_changes_is_written():
    api.store([_defined({"name": {"en": str(n)}}, f"a:{n}") for n in range(3)])
    before = _places()
    api.store([_defined({"name": {"de": "x"} if n == 1 else {"en": str(n)}}, f"a:{n}") for n in range(3)])
    assert [_known(f"a:{n}")["name"] for n in range(3)] == [{"en": "0"}, {"en": "1", "de": "x"}, {"en": "2"}]
    assert [old == new for old, new in zip(before, _places(), strict=True)] == [True, False, True]


def _places():
    """Return where each row lies on disk: writing a row gives it another place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.ctid::text FROM records_activity d JOIN records_iri i ON i.id = d.activity_id ORDER BY i.iri"
        )
        return [place for (place,) in cursor.fetchall()]


@pytest.mark.django_db
def test_definition_that_would_grow_beyond_its_limit_is_replaced(monkeypatch):
    monkeypatch.setattr("mycelia.records.actions.definitions.MAXIMUM_BYTES", 100)
    api.store([_defined({"extensions": {"e:1": "x" * 60}})])
    api.store([_defined({"extensions": {"e:2": "y" * 60}})])
    assert _known() == {"extensions": {"e:2": "y" * 60}}


@pytest.mark.django_db
def test_definition_with_nul_and_unusual_characters_comes_back():
    api.store([_defined({"name": {"en": "a\x00\u2028\U0001f344"}})])
    assert _known() == {"name": {"en": "a\x00\u2028\U0001f344"}}


@pytest.mark.django_db(transaction=True)
def test_writers_of_one_definition_at_the_same_time_lose_nothing():
    start = threading.Barrier(4)
    failures: list[Exception] = []

    def write(number: int) -> None:
        try:
            start.wait()
            for turn in range(5):
                tag = f"{'abcd'[number]}{'efghi'[turn]}"
                activities = [{"id": f"a:{n}", "definition": {"name": {tag: "x"}}} for n in (1, 2)]
                api.store([make_statement(object=one) for one in (activities if number % 2 else activities[::-1])])
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(_known("a:1")["name"]) == len(_known("a:2")["name"]) == 20
