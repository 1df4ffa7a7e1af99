"""The rows of new statements, as they are written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from struct import Struct
from typing import NamedTuple

from mycelia.records.actions.interning import Numbers
from mycelia.records.actions.wire import NULL, Copy, field, length, microseconds
from mycelia.records.types import ObjectKind, Prepared

_STATEMENT = (
    "stored, sequence, statement_id, occurred, verb_id, is_voiding, object_kind, version, actor_id,"
    " authority_id, registration, payload"
)
_LINK = "stored, sequence, {}, verb_id, is_direct"
_REFERENCE = "target_id, stored, sequence, statement_id"
_begun = Struct(">hiqiqi16siqii").pack
_link = Struct(">hiqiqiiiii?").pack
_reference_row = Struct(">hi16siqiqi16s").pack
_number = Struct(">ii").pack
_flag = Struct(">i?").pack


class Placed(NamedTuple):
    """A statement with its place in the order of the store: microseconds since 2000, and its number."""

    stored: int
    sequence: int
    statement: Prepared


def copies(placed: Sequence[Placed], *, numbers: Numbers) -> list[Copy]:
    """Return the rows of statements, their links and references, by table.

    Args:
        placed: The new statements.
        numbers: The numbers of the texts they use.

    Raises:
        KeyError: One of these has no number there.
    """
    statements, agents, activities = list[bytes](), list[bytes](), list[bytes]()
    for stored, sequence, one in placed:
        extract = one.extract
        verb = numbers.iris[extract.verb]
        statements += _statement(one, stored, sequence, verb, numbers)
        for agent, is_direct in extract.agents.items():
            agents.append(_link(5, 8, stored, 8, sequence, 4, numbers.agents[agent], 4, verb, 1, is_direct))
        for activity, is_direct in extract.activities.items():
            activities.append(_link(5, 8, stored, 8, sequence, 4, numbers.iris[activity], 4, verb, 1, is_direct))
    return [
        Copy("records_statement", _STATEMENT, statements),
        Copy("records_statementagent", _LINK.format("agent_id"), agents),
        Copy("records_statementactivity", _LINK.format("activity_id"), activities),
        Copy("records_statementreference", _REFERENCE, _references(placed)),
    ]


def _statement(one: Prepared, stored: int, sequence: int, verb: int, numbers: Numbers) -> tuple[bytes, ...]:
    extract, occurred = one.extract, microseconds(one.occurred)
    return (
        _begun(12, 8, stored, 8, sequence, 16, one.identifier, 8, occurred, 4, verb),
        _named(extract.is_voiding, extract.object_kind, one.version),
        NULL if extract.actor is None else _number(4, numbers.agents[extract.actor]),
        NULL if extract.authority is None else _number(4, numbers.agents[extract.authority]),
        NULL if extract.registration is None else field(extract.registration),
        length(len(one.payload)),
        one.payload,
    )


@lru_cache(maxsize=64)
def _named(is_voiding: bool, kind: ObjectKind, version: str) -> bytes:
    """Return the fields of which there are few."""
    return _flag(1, is_voiding) + field(kind.value.encode()) + field(version.encode())


def _references(placed: Sequence[Placed]) -> list[bytes]:
    return [
        _reference_row(4, 16, one.extract.target_id, 8, stored, 8, sequence, 16, one.identifier)
        for stored, sequence, one in placed
        if one.extract.target_id is not None
    ]
