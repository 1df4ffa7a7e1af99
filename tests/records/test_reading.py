from __future__ import annotations

import itertools
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection

from mycelia.kernel import clock
from mycelia.records import api
from mycelia.records.errors import StatementNotFound
from mycelia.records.queries import selection
from mycelia.records.queries.consistency import LATE_MILLISECONDS
from mycelia.records.types import AgentKey, StatementFilter
from tests.factories.records import ACCOUNT, ADA, make_statement

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 30, tzinfo=UTC)
KEY = AgentKey("mbox", "mailto:ada@example.com")
VOIDED = {"id": "http://adlnet.gov/expapi/verbs/voided"}
BOB = {"openid": "https://bob.example.com/"}
BOB_KEY = AgentKey("openid", "https://bob.example.com/")


def _store(*statements: dict) -> list[UUID]:
    return api.store(list(statements))


def _found(**wanted: object) -> list[UUID]:
    return [one.statement_id for one in api.statements(StatementFilter(**wanted)).statements]


def _reference(statement_id: UUID, **changes: object) -> dict:
    return make_statement(
        **{"object": {"objectType": "StatementRef", "id": str(statement_id)}, "actor": BOB, **changes}
    )


def test_statements_come_newest_first_or_oldest_first():
    """xAPI 1.0.3 Part Three 2.1.3: `ascending`."""
    identifiers = _store(*(make_statement() for _ in range(3)))
    assert _found() == identifiers[::-1]
    assert _found(ascending=True) == identifiers


def test_agent_filter_finds_actor_object_and_members():
    """xAPI 1.0.3 Part Three 2.1.3: `agent` matches actor or object, and members of groups."""
    actor, object_, member, _other = _store(
        make_statement(),
        make_statement(actor=BOB, object={"objectType": "Agent", **ADA}),
        make_statement(actor={"objectType": "Group", "member": [ADA, BOB]}),
        make_statement(actor=BOB),
    )
    assert _found(agent=KEY, ascending=True) == [actor, object_, member]


def test_agent_filter_has_no_case_in_the_domain_and_one_in_the_rest():
    """xAPI 1.0.3 Part Two 2.3.1.b7."""
    (found,) = _store(make_statement(actor={"mbox": "mailto:ada@EXAMPLE.com"}))
    _store(make_statement(actor={"mbox": "mailto:ADA@example.com"}))
    assert _found(agent=KEY) == [found]


RELATED = {
    "instructor": {"context": {"instructor": BOB}},
    "team": {"context": {"team": {"objectType": "Group", **BOB}}},
    "actor of a sub-statement": {
        "object": {"objectType": "SubStatement", "actor": BOB, "verb": {"id": "a:b"}, "object": {"id": "a:c"}}
    },
    "object of a sub-statement": {
        "object": {
            "objectType": "SubStatement",
            "actor": ADA,
            "verb": {"id": "a:b"},
            "object": {"objectType": "Agent", **BOB},
        }
    },
}


@pytest.mark.parametrize("name", RELATED)
def test_related_agents_finds_what_agent_alone_does_not(name):
    """xAPI 1.0.3 Part Three 2.1.3: `related_agents`."""
    (found,) = _store(make_statement(**RELATED[name]))
    assert _found(agent=BOB_KEY) == []
    assert _found(agent=BOB_KEY, related_agents=True) == [found]


def test_related_agents_finds_the_authority_once():
    (found,) = api.store([make_statement(actor=ACCOUNT)], authority=ADA)
    assert _found(agent=KEY) == []
    assert _found(agent=KEY, related_agents=True) == [found]
    (both,) = api.store([make_statement()], authority=ADA)
    assert _found(agent=KEY, related_agents=True) == [both, found]


@pytest.mark.parametrize("relation", ["parent", "grouping", "category", "other"])
def test_related_activities_finds_what_activity_alone_does_not(relation):
    """xAPI 1.0.3 Part Three 2.1.3: `activity` and `related_activities`."""
    (found,) = _store(make_statement(context={"contextActivities": {relation: [{"id": "a:context"}]}}))
    assert _found(activity="https://example.com/courses/1") == [found]
    assert _found(activity="a:context") == []
    assert _found(activity="a:context", related_activities=True) == [found]


def test_filters_combine():
    """xAPI 1.0.3 Part Three 2.1.3: filters are logical conjunctions; each combination equals a plain scan."""
    registrations = [uuid4(), uuid4()]
    choices = list(itertools.product([ADA, BOB], ["a:v1", "a:v2"], ["a:x", "a:y"], registrations))
    identifiers = _store(
        *(
            make_statement(actor=actor, verb={"id": verb}, object={"id": activity}, context={"registration": str(run)})
            for actor, verb, activity, run in choices
        )
    )
    values = {
        "agent": [KEY, BOB_KEY],
        "verb": ["a:v1", "a:v2"],
        "activity": ["a:x", "a:y"],
        "registration": registrations,
    }
    for size in range(1, 5):
        for names in itertools.combinations(values, size):
            wanted = {name: values[name][0] for name in names}
            expected = [
                identifier
                for identifier, (actor, verb, activity, run) in zip(identifiers, choices, strict=True)
                if ("agent" not in wanted or actor is ADA)
                and wanted.get("verb", verb) == verb
                and wanted.get("activity", activity) == activity
                and wanted.get("registration", run) == run
            ]
            for related in (False, True):
                found = _found(**wanted, ascending=True, related_agents=related, related_activities=related)
                assert found == expected, (names, related)


def test_unknown_texts_find_nothing():
    _store(make_statement())
    assert _found(verb="a:unknown") == _found(activity="a:unknown") == _found(agent=AgentKey("mbox", "x")) == []


def test_since_and_until_bound_the_moment_of_storing():
    """xAPI 1.0.3 Part Three 2.1.3: stored after `since`, at or before `until`."""
    identifiers = []
    for day in range(4):
        with clock.frozen(START + timedelta(days=day)):
            identifiers += _store(make_statement())
    first, last = START + timedelta(days=1), START + timedelta(days=2)
    assert _found(since=first) == [identifiers[3], identifiers[2]]
    assert _found(until=first) == [identifiers[1], identifiers[0]]
    assert _found(since=first, until=last) == [identifiers[2]]


@pytest.mark.parametrize("ascending", [False, True])
@pytest.mark.parametrize("narrow", [{}, {"agent": KEY}, {"activity": "a:page"}, {"verb": "a:verb"}])
def test_pages_neither_skip_nor_repeat_across_partitions(ascending, narrow):
    identifiers = []
    for day in range(0, 40, 10):
        with clock.frozen(START + timedelta(days=day)):
            one = make_statement(verb={"id": "a:verb"}, object={"id": "a:page"})
            identifiers += _store(*(one for _ in range(3)))
    wanted = StatementFilter(limit=5, ascending=ascending, **narrow)
    found = [one.statement_id for one in api.every_statement(wanted)]
    assert found == (identifiers if ascending else identifiers[::-1])
    last = api.statements(replace(wanted, limit=12))
    assert last.more is None


def test_voided_statement_is_left_out_and_found_by_its_own_parameter():
    """xAPI 1.0.3 Part Two 2.3.2 and Part Three 2.1.3: `statementId` and `voidedStatementId`."""
    (target,) = _store(make_statement())
    (voiding,) = _store(_reference(target, verb=VOIDED))
    assert target not in _found()
    with pytest.raises(StatementNotFound):
        api.statement(target)
    assert api.voided_statement(target).is_voided
    with pytest.raises(StatementNotFound):
        api.voided_statement(voiding)
    assert api.any_statement(target).statement_id == target


def test_voiding_statement_may_come_before_its_target():
    """xAPI 1.0.3 Part Two 2.3.2.s2.b5."""
    target = uuid4()
    _store(_reference(target, verb=VOIDED))
    _store(make_statement(id=str(target)))
    assert api.voided_statement(target).is_voided


def test_voiding_statement_cannot_be_voided():
    """xAPI 1.0.3 Part Two 2.3.2.s2.b3."""
    (target,) = _store(make_statement())
    (voiding,) = _store(_reference(target, verb=VOIDED))
    _store(_reference(voiding, verb=VOIDED))
    assert api.statement(voiding).is_voided is False
    assert voiding in _found()


def test_statement_that_refers_to_a_matching_one_matches_too():
    """xAPI 1.0.3 Part Three 2.1.3: references, in any order, along a chain, to voided statements as well."""
    target = uuid4()
    (early,) = _store(_reference(target))
    _store(make_statement(id=str(target)))
    (chained,) = _store(_reference(early))
    (voiding,) = _store(_reference(target, verb=VOIDED))
    expected = [early, chained, voiding]
    assert _found(agent=KEY, ascending=True) == expected
    assert _found(activity="https://example.com/courses/1", ascending=True) == expected
    assert _found(verb="http://adlnet.gov/expapi/verbs/completed", ascending=True) == expected


def test_reader_of_their_own_acts_learns_nothing_of_others_by_referring_to_them():
    verb, bob = {"id": "a:hidden"}, {"objectType": "Agent", "mbox": "mailto:bob@example.com"}
    mine, theirs = _store(make_statement(verb=verb), make_statement(verb=verb, actor=bob, object=ADA))
    to_mine, _ = _store(_reference(mine, actor=ADA), _reference(theirs, actor=ADA))
    assert set(_found(agent=KEY, verb="a:hidden", acting_only=True)) == {mine, to_mine}


def test_statements_that_refer_to_each_other_end():
    first, second = uuid4(), uuid4()
    _store(_reference(second, id=str(first), actor=ADA), _reference(first, id=str(second)))
    assert set(_found(agent=KEY)) == {first, second}


def test_statements_for_registration_come_oldest_first():
    run = uuid4()
    identifiers = _store(*(make_statement(context={"registration": str(run)}) for _ in range(3)), make_statement())[:3]
    assert [one.statement_id for one in api.statements_for_registration(run)] == identifiers


@pytest.mark.django_db(transaction=True)
def test_settled_reading_leaves_out_what_a_write_under_way_could_precede():
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("BEGIN; SELECT pg_current_xact_id()")
        (later,) = _store(make_statement())
        assert _found() == [later]
        assert _found(settled_only=True) == []
        cursor.execute("COMMIT")
    other.close()
    time.sleep(LATE_MILLISECONDS / 1000 + 0.05)
    assert _found(settled_only=True) == [later]


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"agent": KEY},
        {"agent": KEY, "verb": "http://adlnet.gov/expapi/verbs/completed"},
        {"activity": "https://example.com/courses/1", "related_activities": True},
        {"verb": "http://adlnet.gov/expapi/verbs/completed"},
        {"since": START},
    ],
)
def test_filter_runs_along_an_index_in_order(wanted):
    """No filter sorts more than the rows of one page."""
    from mycelia.records.queries.clauses import criteria
    from mycelia.records.queries.selection import selection

    _store(*(make_statement() for _ in range(300)))
    query = StatementFilter(limit=10, **wanted)
    sql, values = selection(query, criteria(query))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE records_statement, records_statementagent, records_statementactivity")
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, FORMAT JSON) {sql}", values)
        (plan,) = cursor.fetchone()[0]
    assert _widest_sort(plan["Plan"]) <= 22


def _widest_sort(node: dict) -> float:
    own = max((c["Actual Rows"] for c in node["Plans"]), default=0) if node["Node Type"] == "Sort" else 0
    return max([own, *(_widest_sort(child) for child in node.get("Plans", ()))])


def test_page_of_long_statements_ends_early_and_goes_on(monkeypatch):
    monkeypatch.setattr(selection, "PAGE_BYTES", 30_000)
    long = {"extensions": {"https://example.com/x": "a" * 10_000}}
    stored = api.store([make_statement(result=long) for _ in range(7)] + [make_statement()])
    found, after, sizes = [], None, []
    while True:
        page = api.statements(StatementFilter(ascending=True, limit=50, after=after))
        sizes.append(len(page.statements))
        found += [one.statement_id for one in page.statements]
        after = page.more
        if after is None:
            break
    assert (found, sizes) == (stored, [3, 3, 2])
