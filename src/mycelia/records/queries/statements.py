"""Reading statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from mycelia.records.errors import StatementNotFound
from mycelia.records.queries.clauses import VOIDED, Criteria, criteria
from mycelia.records.queries.consistency import consistent_through
from mycelia.records.queries.generic import rows_by_generic_plan
from mycelia.records.queries.selection import selection
from mycelia.records.types import StatementFilter, StatementPage, StoredStatement

MAXIMUM_LIMIT = 1000
_ONE = f"""
    SELECT s.stored, s.sequence, s.statement_id, s.occurred, s.registration, s.payload, {VOIDED}
    FROM records_statementkey k JOIN records_statement s ON s.stored = k.stored AND s.sequence = k.sequence
    WHERE k.statement_id = %s
"""  # noqa: S608


def statements(wanted: StatementFilter) -> StatementPage:
    """Return the statements that match, without voided ones, in the order of the store.

    A page has fewer than asked for when they are long, and then goes on in `more`.
    """
    wanted = _settled(replace(wanted, limit=max(1, min(wanted.limit, MAXIMUM_LIMIT))))
    found = criteria(wanted)
    if found.is_empty:
        return StatementPage()
    rows = _rows(wanted, found)
    page = tuple(_stored(row[:6]) for row in rows)
    return StatementPage(page, page[-1].cursor if rows and rows[0][6] > len(page) else None)


def _rows(wanted: StatementFilter, found: Criteria) -> list[tuple[Any, ...]]:
    """Return a page's rows; how many an authority or a related agent has decides how they are best found."""
    sql, values = selection(wanted, found)
    if found.authority is None and not wanted.related_agents:
        return rows_by_generic_plan(sql, values, most=wanted.limit)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchmany(wanted.limit))


def _settled(wanted: StatementFilter) -> StatementFilter:
    """Return the filter that ends before what a write under way could still precede; looked up before reading."""
    if not wanted.settled_only:
        return wanted
    through = consistent_through()
    return replace(wanted, until=through if wanted.until is None else min(wanted.until, through))


def every_statement(wanted: StatementFilter) -> Iterator[StoredStatement]:
    """Yield all that match, page by page, in constant memory."""
    page = statements(wanted)
    yield from page.statements
    while page.more is not None:
        page = statements(replace(wanted, after=page.more))
        yield from page.statements


def statements_for_registration(registration: UUID) -> tuple[StoredStatement, ...]:
    """Return what was recorded under a registration, oldest first, at most a thousand."""
    return statements(StatementFilter(registration=registration, ascending=True, limit=MAXIMUM_LIMIT)).statements


def any_statement(statement_id: UUID) -> StoredStatement:
    """Return a statement whether voided or not.

    Raises:
        StatementNotFound: There is none with that identifier, or its partition was detached.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ONE, [statement_id])
        row = cursor.fetchone()
    if row is None:
        raise StatementNotFound(statement_id=str(statement_id))
    return _stored(row[:6], is_voided=row[6])


def statement(statement_id: UUID) -> StoredStatement:
    """Return a statement that is not voided (the parameter `statementId`).

    Raises:
        StatementNotFound: There is none with that identifier, or it is voided.
    """
    found = any_statement(statement_id)
    if found.is_voided:
        raise StatementNotFound(statement_id=str(statement_id))
    return found


def voided_statement(statement_id: UUID) -> StoredStatement:
    """Return a voided statement (the parameter `voidedStatementId`).

    Raises:
        StatementNotFound: There is none with that identifier, or it is not voided.
    """
    found = any_statement(statement_id)
    if not found.is_voided:
        raise StatementNotFound(statement_id=str(statement_id))
    return found


def approximate_count() -> int:
    """Return about how many statements are stored, from the planner's own statistics; exact for small stores."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint FROM pg_inherits i"
            " JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = 'records_statement'::regclass"
        )
        estimate = int(cursor.fetchone()[0])
        if estimate > 100_000:
            return estimate
        cursor.execute("SELECT count(*) FROM records_statement")
        return int(cursor.fetchone()[0])


def latest_stored() -> datetime | None:
    """Return when the newest statement was stored; None for an empty store."""
    page = statements(StatementFilter(limit=1)).statements
    return page[0].stored if page else None


def _stored(row: tuple[Any, ...], is_voided: bool = False) -> StoredStatement:
    stored, sequence, statement_id, occurred, registration, payload = row
    return StoredStatement(statement_id, stored, sequence, occurred, registration, is_voided, bytes(payload))
