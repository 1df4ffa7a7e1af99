"""Taking the identifiers of statements, once over all partitions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

import psycopg

from mycelia.records.actions.rows import Placed
from mycelia.records.actions.wire import BigintArray, MomentArray, UuidArray
from mycelia.records.calc.comparison import is_same
from mycelia.records.errors import StatementConflict

# The writing takes its lock on the table before it reads the generation, so an erasure is over or has not begun.
_CLAIM = """
    WITH claimed AS (
        INSERT INTO records_statementkey (statement_id, stored, sequence)
        SELECT * FROM unnest(%b, %b, %b)
        ON CONFLICT (statement_id) DO NOTHING RETURNING 1)
    SELECT count(*), (SELECT generation FROM records_interning) FROM claimed
"""
_TAKEN = """
    SELECT k.statement_id, k.sequence, s.payload FROM records_statementkey k
    LEFT JOIN records_statement s ON s.stored = k.stored AND s.sequence = k.sequence WHERE k.statement_id = ANY(%b)
"""


class Claimed(NamedTuple):
    """The statements that are new, and the generation of interned texts."""

    new: Sequence[Placed]
    generation: int | None


def claim(cursor: psycopg.Cursor[Any], placed: Sequence[Placed]) -> Claimed:
    """Take the identifiers that are free; waits for another transaction that is taking the same ones.

    Raises:
        StatementConflict: One belongs to a statement that is different, or that retention has removed.
    """
    ordered = sorted(placed, key=lambda one: one.statement.identifier)
    identifiers = UuidArray([one.statement.identifier for one in ordered])
    moments = MomentArray([one.stored for one in ordered])
    cursor.execute(_CLAIM, [identifiers, moments, BigintArray([one.sequence for one in ordered])], prepare=True)
    row = cursor.fetchone()
    assert row is not None, "a count has one row"
    count, generation = row
    new = placed if count == len(placed) else _without_known(cursor, placed, identifiers)
    return Claimed(new, generation)


def _without_known(cursor: psycopg.Cursor[Any], placed: Sequence[Placed], identifiers: UuidArray) -> list[Placed]:
    """Return those whose identifier is theirs now, having compared the others with what is stored.

    References:
        xAPI 1.0.3 Part Two 2.3.1 and Part Three 2.1.1.
    """
    cursor.execute(_TAKEN, [identifiers])
    known = {statement_id.bytes: (sequence, payload) for statement_id, sequence, payload in cursor.fetchall()}
    new = []
    for one in placed:
        sequence, payload = known[one.statement.identifier]
        if sequence == one.sequence:
            new.append(one)
        elif payload is None or not is_same(one.statement, bytes(payload)):
            raise StatementConflict(statement_id=str(UUID(bytes=one.statement.identifier)))
    return new
