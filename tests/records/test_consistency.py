"""No reader who goes on from what was read last ever misses a statement, whatever is being written meanwhile."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from uuid import UUID

import pytest
from django.db import connection, transaction

from mycelia.kernel import clock
from mycelia.records import api
from mycelia.records.actions import express, storing
from mycelia.records.queries.consistency import LATE_MILLISECONDS, consistent_through
from mycelia.records.types import StatementFilter
from tests.factories.records import make_statement
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 4
BATCHES = 12
LATE = (LATE_MILLISECONDS + 50) / 1000


def settled() -> list[UUID]:
    wanted = StatementFilter(ascending=True, settled_only=True)
    return [one.statement_id for one in api.statements(wanted).statements]


def write_slowly(stored: Event, go_on: Event) -> UUID:
    """Store in a transaction that stays open."""
    try:
        with transaction.atomic():
            (statement_id,) = api.store([make_statement()])
            stored.set()
            go_on.wait(30)
        return statement_id
    finally:
        connection.close()


def test_statement_stored_after_a_write_under_way_waits_for_it():
    (known,) = api.store([make_statement()])
    time.sleep(LATE)
    stored, go_on = Event(), Event()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(write_slowly, stored, go_on)
        assert stored.wait(30)
        (later,) = api.store([make_statement()])
        assert [one.statement_id for one in api.statements(StatementFilter()).statements] == [later, known]
        assert settled() == [known]
        through = consistent_through()
        go_on.set()
        earlier = slow.result(30)
    assert through < api.statement(earlier).stored
    time.sleep(LATE)
    assert settled() == [known, earlier, later]


def test_consistent_through_follows_the_clock_while_nobody_writes():
    before = api.any_statement(api.store([make_statement()])[0]).stored
    time.sleep(LATE)
    assert consistent_through() > before


def test_statement_that_comes_late_to_the_single_command_takes_the_ordinary_way(monkeypatch):
    for _ in range(2):
        api.store([make_statement()])
    answers = []

    def late(*given, **named):
        time.sleep(LATE)
        answers.append(express.write_express(*given, **named))
        return answers[-1]

    monkeypatch.setattr(storing, "write_express", late)
    before = clock.now()
    (statement_id,) = api.store([make_statement(id=None)])
    assert answers == [False]
    assert api.statement(statement_id).stored > before + timedelta(seconds=LATE)


def send(lrs: Lrs, number: int) -> list[str]:
    try:
        return [
            identifier
            for batch in range(BATCHES)
            for identifier in lrs.post([a_statement(id=None) for _ in range(1 + (number + batch) % 5)]).json()
        ]
    finally:
        connection.close()


def read_on(lrs: Lrs, since: str) -> tuple[set[str], str]:
    """Return everything since a moment, page by page, and the moment to go on from."""
    answer = lrs.get(ascending="true", limit=3, since=since)
    result = answer.json()
    found = [one["id"] for one in result["statements"]]
    while result["more"]:
        result = lrs.send("GET", result["more"].removeprefix("/xapi/")).json()
        found += [one["id"] for one in result["statements"]]
    assert len(found) == len(set(found))
    return set(found), answer["X-Experience-API-Consistent-Through"]


def test_reader_who_goes_on_from_consistent_through_misses_nothing():
    lrs, seen, since = Lrs(), set(), "2020-01-01T00:00:00Z"
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(send, lrs, number) for number in range(WRITERS)]
        while not all(writer.done() for writer in writers):
            found, since = read_on(lrs, since)
            seen |= found
        sent = [identifier for writer in writers for identifier in writer.result()]
    time.sleep(LATE)
    found, _since = read_on(lrs, since)
    assert seen | found == set(sent)


def test_reader_inside_who_goes_on_from_the_last_place_sees_everything_once():
    lrs, seen, after = Lrs(), [], None
    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(send, lrs, number) for number in range(WRITERS)]
        done = False
        while not done:
            done = all(writer.done() for writer in writers)
            time.sleep(LATE if done else 0)
            wanted = StatementFilter(ascending=True, settled_only=True, limit=7, after=after)
            found = list(api.every_statement(wanted))
            after = found[-1].cursor if found else after
            seen += [str(one.statement_id) for one in found]
        sent = [identifier for writer in writers for identifier in writer.result()]
    assert sorted(seen) == sorted(sent)


@pytest.mark.parametrize("ascending", ["false", "true"])
def test_more_neither_skips_nor_repeats_while_others_write(ascending):
    """xAPI 1.0.3 Part Three 2.1.3 and Part Two 2.5: `more` leads to the rest of what was asked for."""
    lrs = Lrs()
    known = [one["id"] for one in (a_statement() for _ in range(60))]
    lrs.post([a_statement(id=one) for one in known])
    reading = Event()

    def write_on(_number: int) -> None:
        try:
            while not reading.is_set():
                api.store([make_statement() for _ in range(5)])
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(write_on, number) for number in range(WRITERS)]
        try:
            answer, found = lrs.get(limit=7, ascending=ascending).json(), []
            while answer["statements"] and not set(known) <= set(found):
                found += [one["id"] for one in answer["statements"]]
                query = answer["more"].partition("?")[2]
                answer = lrs.send("GET", "statements", query=query).json() if query else {"statements": []}
        finally:
            reading.set()
        for writer in writers:
            writer.result(30)
    assert len(found) == len(set(found))
    wanted = known if ascending == "true" else known[::-1]
    assert [one for one in found if one in set(known)] == wanted
