"""Reading by plans that are made once.

PostgreSQL plans a query anew for its values and looks up what every month knows of each, which costs more than reading
a page: a filtered page of five million statements took 31 ms of which 26 ms were planning. A generic plan is made once
in a connection. The query is prepared for it, so only connections that stay with one server process can have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from psycopg.types.numeric import Int8

MOST_PLANS = 16
"""How many plans a connection keeps; a page of all months costs the server process half a megabyte a year."""

_stays: WeakKeyDictionary[psycopg.Connection[Any], bool] = WeakKeyDictionary()


class _PreparingCursor(psycopg.Cursor[Any]):
    """Binds on the server, with a statement that is prepared at its first use."""

    def execute(self, query: Any, params: Any = None, **_how: Any) -> Any:
        return super().execute(query, params, prepare=True, binary=True)


def stays_with_server(server: psycopg.Connection[Any]) -> bool:
    """Return whether all commands of a connection reach the same server process, so that what it prepares is there.

    A pooler that hands connections round answers for many of them and tells each a number of its own.
    """
    found = _stays.get(server)
    if found is None:
        (number,) = server.execute("SELECT pg_backend_pid()").fetchone() or (None,)
        found = _stays[server] = number == server.info.backend_pid
        if found:
            server.prepare_threshold, server.prepared_max = 5, MOST_PLANS
    return found


def rows_by_generic_plan(sql: str, values: Sequence[Any], *, most: int) -> list[tuple[Any, ...]]:
    """Return the first rows of a query that is good for any values alike.

    The choice of plans is made and taken back in one round trip with the query, and by PostgreSQL where that fails:
    no other query has it.

    Args:
        sql: Without anything that varies but the values.
        values: In the order of its placeholders.
        most: How many rows are fetched.
    """
    connection.ensure_connection()
    server: psycopg.Connection[Any] = connection.connection
    with connection.wrap_database_errors:
        stays = stays_with_server(server)
    if not stays:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchmany(most))
    with connection.wrap_database_errors, _cursor(server) as cursor:
        with server.pipeline():
            server.execute("SET plan_cache_mode = force_generic_plan")
            try:
                cursor.execute(sql, [Int8(value) if type(value) is int else value for value in values])
            finally:
                server.execute("RESET plan_cache_mode")
        return list(cursor.fetchmany(most))


def _cursor(server: psycopg.Connection[Any]) -> Any:
    """Return a cursor that Django counts and wraps like its own."""
    cursor: Any = _PreparingCursor(server)
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)
