"""Removing agents and IRIs that nothing refers to any more, as after months were removed.

They are looked through in the order of their numbers, so much a run, and the next run goes on from there. Statements
are written meanwhile; only while some texts go do writers wait, and look their numbers up anew afterwards.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable, QueryCanceled

from mycelia.audit import api as audit
from mycelia.kernel.policy import Actor, require
from mycelia.records.permissions import RuleOverRetention

MOST_A_RUN = 500_000
PART = 2_000
_LOCK_SECONDS = 2
_DETACHED = """
    SELECT EXISTS (
        SELECT FROM pg_class c WHERE c.relkind = 'r' AND c.relname ~ '^records_statement_[0-9]{4}_[0-9]{2}$'
        AND NOT EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid))
"""
_LOOK = """
    SELECT count(*), max(t.id), array_agg(t.id) FILTER (WHERE {unused})
    FROM (SELECT id FROM {table} WHERE id > %s ORDER BY id LIMIT %s) t
"""

_REMOVE = "DELETE FROM {table} t WHERE id = ANY(%s) AND {unused} AND NOT ({detached})"


@dataclass(frozen=True, slots=True)
class _Texts:
    """A table of texts, where it is noted how far it was looked through, and when one of them (`t`) is unused."""

    table: str
    reached: str
    unused: str


_AGENTS = _Texts(
    "records_agent",
    "agents_reached",
    """NOT EXISTS (SELECT FROM records_statementagent l WHERE l.agent_id = t.id)
    AND NOT EXISTS (SELECT FROM records_statement s WHERE s.authority_id = t.id)
    AND NOT EXISTS (SELECT FROM records_ownvoiding v WHERE v.authority_id = t.id)
    AND NOT EXISTS (SELECT FROM records_document d WHERE d.agent_id = t.id)""",
)
_IRIS = _Texts(
    "records_iri",
    "iris_reached",
    """NOT EXISTS (SELECT FROM records_statementactivity l WHERE l.activity_id = t.id)
    AND NOT EXISTS (SELECT FROM records_statement s WHERE s.verb_id = t.id)
    AND NOT EXISTS (SELECT FROM records_document d WHERE d.activity_id = t.id)
    AND NOT EXISTS (SELECT FROM records_activity a WHERE a.activity_id = t.id)""",
)


@dataclass(frozen=True, slots=True)
class Leftover:
    """How many texts were removed."""

    agents: int = 0
    iris: int = 0


def remove_leftover_texts(*, actor: Actor, most: int = MOST_A_RUN) -> Leftover:
    """Remove agents that no statement, voiding or document has, and IRIs that no definition has; return how many.

    While the tables of a detached month are in the database nothing is removed: attached again, it would need them.
    A run ends early where writers leave it no room.

    Args:
        actor: Who does it.
        most: How many of each are looked at.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, RuleOverRetention())
    with connection.cursor() as cursor:
        cursor.execute(_DETACHED)
        if cursor.fetchone()[0]:
            return Leftover()
    removed = Leftover(_look_through(_AGENTS, most), _look_through(_IRIS, most))
    if removed != Leftover():
        audit.record(
            actor=actor,
            action="records.retention.texts",
            object_type="records.RetentionRule",
            object_id="texts",
            details={"agents": removed.agents, "iris": removed.iris},
        )
    return removed


def _look_through(texts: _Texts, most: int) -> int:
    """Look at so many texts from where the last run ended, and return how many were removed."""
    after, left, removed = _reached(texts), most, 0
    while left > 0:
        with connection.cursor() as cursor:
            cursor.execute(_LOOK.format(table=texts.table, unused=texts.unused), [after, min(PART, left)])
            count, last, unused = cursor.fetchone()
        if unused:
            gone = _remove(texts, unused)
            if gone is None:
                break
            removed += gone
        after, left = last or 0, left - PART
        _note(texts, after)
        if not count:
            break
    return removed


def _remove(texts: _Texts, unused: list[int]) -> int | None:
    """Remove those that are still unused when no writer is at work; return None where one is for too long.

    Whoever writes takes the lock before looking up numbers, so it waits here, and then finds another generation.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{_LOCK_SECONDS}s"])
            # Looked up one by one: reading whole tables would keep every writer waiting.
            cursor.execute(
                "SELECT set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true),"
                " set_config('statement_timeout', %s, true)",
                [f"{_LOCK_SECONDS}s"],
            )
            cursor.execute("LOCK TABLE records_statementkey IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute(_REMOVE.format(table=texts.table, unused=texts.unused, detached=_DETACHED), [unused])
            removed = int(cursor.rowcount)
            if removed:
                cursor.execute("UPDATE records_interning SET generation = %s", [secrets.randbits(52)])
        return removed
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable | QueryCanceled):
            return None
        raise


def _reached(texts: _Texts) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {texts.reached} FROM records_interning")  # noqa: S608
        row = cursor.fetchone()
    return 0 if row is None else int(row[0])


def _note(texts: _Texts, reached: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE records_interning SET {texts.reached} = %s", [reached])  # noqa: S608
