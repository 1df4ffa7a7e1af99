from __future__ import annotations

from itertools import chain, combinations

import pytest
from django.db import DataError, InternalError, ProgrammingError, connection, transaction

from mycelia.records import api
from mycelia.records.queries import generic
from mycelia.records.queries.generic import rows_by_generic_plan
from mycelia.records.types import AgentKey, StatementFilter
from tests.factories.records import make_statement

pytestmark = pytest.mark.django_db
KEY = AgentKey("mbox", "mailto:ada@example.com")


def _plan_mode() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        return str(cursor.fetchone()[0])


def _prepared(having: str = "") -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE strpos(statement, %s) > 0", [having]
        )
        return list(cursor.fetchall())


def _every_filter() -> list[StatementFilter]:
    (stored,) = api.store([make_statement()])
    found = api.any_statement(stored)
    parts = {
        "agent": KEY,
        "verb": make_statement()["verb"]["id"],
        "activity": make_statement()["object"]["id"],
        "registration": stored,
        "until": found.stored,
        "after": found.cursor,
        "related_activities": True,
        "ascending": True,
    }
    chosen = chain(*(combinations(parts.items(), count) for count in (0, 1, 2, len(parts))))
    return [StatementFilter(**dict(some)) for some in chosen]


def test_rows_come_by_a_generic_plan_from_the_first_time_on():
    for number in range(3):
        assert rows_by_generic_plan("SELECT %s + 4711", [number], most=5) == [(4711 + number,)]
    assert _prepared("4711") == [(3, 0)]


def test_statements_are_the_same_by_either_way(monkeypatch):
    """Every pair of filters, none and all; a connection through a pooler binds on the client and prepares nothing."""
    wanted = _every_filter()
    by_generic_plan = [api.statements(one) for one in wanted]
    monkeypatch.setitem(generic._stays, connection.connection, False)
    assert [api.statements(one) for one in wanted] == by_generic_plan
    assert sum(len(page.statements) for page in by_generic_plan) > 0


def test_pooled_connection_prepares_nothing(monkeypatch):
    connection.ensure_connection()
    monkeypatch.setitem(generic._stays, connection.connection, False)
    assert rows_by_generic_plan("SELECT %s + 4712", [1], most=5) == [(4713,)]
    assert _prepared("4712") == []


def test_connection_of_another_number_is_taken_for_a_pooled_one(monkeypatch):
    """A pooler tells its clients a number that no server process has."""
    connection.ensure_connection()
    server = connection.connection
    assert generic.stays_with_server(server)
    generic._stays.pop(server)
    monkeypatch.setattr(type(server.info), "backend_pid", server.info.backend_pid + 1)
    assert not generic.stays_with_server(server)
    generic._stays.pop(server)


def test_choice_of_plans_stays_with_the_query():
    assert rows_by_generic_plan("SELECT current_setting('plan_cache_mode')", [], most=1) == [("force_generic_plan",)]
    assert _plan_mode() == "auto"


@pytest.mark.django_db(transaction=True)
def test_choice_of_plans_is_taken_back_after_an_error():
    """Of the server or of the driver, in a transaction or outside any."""
    for sql, values in (("SELECT 1 / %s", [0]), ("SELECT nothing", []), ("SELECT %s", [object()]), ("SELECT %s", [])):
        with pytest.raises((DataError, ProgrammingError)):
            rows_by_generic_plan(sql, values, most=1)
        assert _plan_mode() == "auto"
        with transaction.atomic():
            with pytest.raises((DataError, ProgrammingError)), transaction.atomic():
                rows_by_generic_plan(sql, values, most=1)
            assert _plan_mode() == "auto"


def test_failed_transaction_says_so():
    with transaction.atomic():
        with pytest.raises(DataError):
            rows_by_generic_plan("SELECT 1 / %s", [0], most=1)
        with pytest.raises(InternalError):
            rows_by_generic_plan("SELECT 1 / %s", [1], most=1)
        transaction.set_rollback(True)


def test_query_is_counted(django_assert_num_queries):
    rows_by_generic_plan("SELECT 1", [], most=1)
    with django_assert_num_queries(1):
        rows_by_generic_plan("SELECT 1", [], most=1)


def test_connection_keeps_few_plans():
    for number in range(generic.MOST_PLANS + 5):
        rows_by_generic_plan(f"SELECT %s + 4713 + {number}", [1], most=1)
    assert len(_prepared("4713")) <= generic.MOST_PLANS + 1
