"""Noting what voiding statements void, and refusing those whose source may not.

A source voids what it vouches for itself. Whether a statement stands under its authority is looked up when reading,
so it makes no difference which of the two came first, or whether both come at the same moment.

References:
    xAPI 1.0.3 Part Two 2.3.2.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from mycelia.records.actions.interning import Numbers
from mycelia.records.actions.rows import Placed
from mycelia.records.actions.wire import IntegerArray, UuidArray
from mycelia.records.errors import VoidingRefused
from mycelia.records.queries.keys import agent_id
from mycelia.records.types import AgentKey, Prepared

_EVERY = "INSERT INTO records_voiding (target_id) SELECT * FROM unnest(%b) ON CONFLICT DO NOTHING"
_OWN = "INSERT INTO records_ownvoiding (statement_id, target_id, authority_id) SELECT * FROM unnest(%b, %b, %b)"
_FOREIGN = """
    SELECT t.statement_id FROM unnest(%s::uuid[], %s::uuid[]) AS sent (statement_id, target_id)
    JOIN records_statementkey k ON k.statement_id = sent.target_id
    JOIN records_statement t ON t.stored = k.stored AND t.sequence = k.sequence
    WHERE (t.authority_id = %s) IS NOT TRUE
        AND NOT EXISTS (SELECT FROM records_statementkey known WHERE known.statement_id = sent.statement_id)
    LIMIT 1
"""


def voiding_in(statements: Sequence[Prepared]) -> frozenset[bytes]:
    """Return the identifiers of those that void another."""
    return frozenset(one.identifier for one in statements if one.extract.is_voiding)


def check_voiding(statements: Sequence[Prepared], authority: AgentKey | None) -> None:
    """Refuse statements that would void what is stored under another authority; those known already change nothing.

    Raises:
        VoidingRefused: One does.
    """
    named = {one.identifier: one.extract.target_id for one in statements if one.extract.is_voiding}
    if not named:
        return
    own = None if authority is None else agent_id(authority)
    with connection.cursor() as cursor:
        columns = [[UUID(bytes=one) for one in column if one is not None] for column in (named, named.values())]
        cursor.execute(_FOREIGN, [*columns, own])
        row = cursor.fetchone()
    if row is not None:
        raise VoidingRefused(statement_id=str(row[0]))


def note_voiding(
    cursor: psycopg.Cursor[Any], new: Sequence[Placed], *, numbers: Numbers, own_only: Container[bytes]
) -> None:
    """Note what new statements void.

    Args:
        cursor: In the transaction that writes them.
        new: The statements.
        numbers: The numbers of the texts they use.
        own_only: The identifiers of those that void nothing but what stands under their own authority.
    """
    voiding = [one.statement for one in new if one.statement.extract.is_voiding]
    every = {one.extract.target_id for one in voiding if one.identifier not in own_only}
    own = [one for one in voiding if one.identifier in own_only and one.extract.authority is not None]
    if every:
        cursor.execute(_EVERY, [UuidArray(sorted(one for one in every if one is not None))])
    if own:
        columns = (
            UuidArray([one.identifier for one in own]),
            UuidArray([one.extract.target_id for one in own]),
            IntegerArray([numbers.agents[one.extract.authority] for one in own if one.extract.authority is not None]),
        )
        cursor.execute(_OWN, columns)
