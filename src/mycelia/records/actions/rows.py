"""Writing the rows of new statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from struct import Struct
from typing import Any, NamedTuple

import psycopg

from mycelia.records.actions.interning import Numbers
from mycelia.records.actions.wire import NULL, copy_in, field, microseconds
from mycelia.records.types import ObjectKind, Prepared

_STATEMENT = (
    "stored, sequence, statement_id, occurred, verb_id, is_voiding, object_kind, version, actor_id,"
    " authority_id, registration, payload"
)
_statement_head = Struct(">h iq iq i16s iq ii i?").pack
_LINK = "stored, sequence, {}, verb_id, is_direct"
_link_row = Struct(">h iq iq ii ii i?").pack
_REFERENCE = "target_id, stored, sequence, statement_id"
_reference_row = Struct(">h i16s iq iq i16s").pack
_number = Struct(">ii").pack


class Placed(NamedTuple):
    """A statement with its place in the order of the store: microseconds since 2000, and its number."""

    stored: int
    sequence: int
    statement: Prepared


def write_rows(cursor: psycopg.Cursor[Any], placed: Sequence[Placed], *, numbers: Numbers) -> None:
    """Write statements, their links and references, each table with one command.

    Args:
        cursor: In the transaction that claimed the identifiers.
        placed: The new statements.
        numbers: The numbers of the texts they use.
    """
    copy_in(cursor, "records_statement", _STATEMENT, [_statement(one, numbers) for one in placed])
    agents = [row for one in placed for row in _links(one, one.statement.extract.agents, numbers.agents, numbers.iris)]
    copy_in(cursor, "records_statementagent", _LINK.format("agent_id"), agents)
    activities = [
        row for one in placed for row in _links(one, one.statement.extract.activities, numbers.iris, numbers.iris)
    ]
    copy_in(cursor, "records_statementactivity", _LINK.format("activity_id"), activities)
    _write_references(cursor, placed)


def _statement(placed: Placed, numbers: Numbers) -> bytes:
    stored, sequence, one = placed
    extract = one.extract
    head = _statement_head(
        *(12, 8, stored, 8, sequence, 16, one.identifier, 8, microseconds(one.occurred)),
        *(4, numbers.iris[extract.verb], 1, extract.is_voiding),
    )
    parts = (
        head,
        _named(extract.object_kind, one.version),
        NULL if extract.actor is None else _number(4, numbers.agents[extract.actor]),
        NULL if extract.authority is None else _number(4, numbers.agents[extract.authority]),
        NULL if extract.registration is None else field(extract.registration),
        field(one.payload),
    )
    return b"".join(parts)


@lru_cache(maxsize=64)
def _named(kind: ObjectKind, version: str) -> bytes:
    """Return the fields of which there are few."""
    return field(kind.value.encode()) + field(version.encode())


def _links(placed: Placed, named: Mapping[Any, bool], found: Mapping[Any, int], iris: Mapping[str, int]) -> list[bytes]:
    stored, sequence, statement = placed
    verb = iris[statement.extract.verb]
    return [
        _link_row(5, 8, stored, 8, sequence, 4, found[text], 4, verb, 1, is_direct) for text, is_direct in named.items()
    ]


def _write_references(cursor: psycopg.Cursor[Any], placed: Sequence[Placed]) -> None:
    referring = [one for one in placed if one.statement.extract.target_id is not None]
    rows = [
        _reference_row(
            *(4, 16, one.statement.extract.target_id, 8, one.stored, 8, one.sequence, 16, one.statement.identifier)
        )
        for one in referring
    ]
    copy_in(cursor, "records_statementreference", _REFERENCE, rows)
