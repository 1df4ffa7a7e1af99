"""Giving out every statement, voided ones included, with attachments and what is known of activities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from mycelia.kernel.policy import Actor, require
from mycelia.records.calc.transfer import (
    attached_line,
    attachment_line,
    definition_line,
    header_line,
    own_voiding_line,
    statement_line,
)
from mycelia.records.models import OwnVoiding
from mycelia.records.permissions import MoveStatements
from mycelia.records.queries.attachments import attached, attachment_bytes
from mycelia.records.queries.selection import BEFORE, PAGE_BYTES
from mycelia.records.types import Cursor

PART = 1000
_PART = """
    SELECT s.stored, s.sequence, s.statement_id, s.payload FROM (
        SELECT s.*, <before> AS before FROM (
            SELECT s.stored, s.sequence, s.statement_id, s.payload FROM records_statement s
            WHERE s.stored >= %s AND (s.stored, s.sequence) > (%s, %s)
            ORDER BY s.stored, s.sequence LIMIT %s) s) s
    WHERE coalesce(s.before, 0) < %s ORDER BY s.stored, s.sequence
""".replace("<before>", BEFORE.replace("<order>", "s.stored, s.sequence"))
_DEFINITIONS = """
    SELECT a.activity_id, i.iri, a.definition FROM records_activity a JOIN records_iri i ON i.id = a.activity_id
    WHERE a.activity_id > %s ORDER BY a.activity_id LIMIT %s
"""


def export_lines(*, actor: Actor) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines of a whole export in the order of the store, each with whether it is a statement.

    Constant memory: part by part, an attachment before the first statement of a part that names it. Statements of
    writes under way are left to the next export.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, MoveStatements())
    return _lines()


def _lines() -> Iterator[tuple[bytes, bool]]:
    yield header_line(), False
    given_out: set[str] = set()
    for part in _parts():
        going_out = attached(part)
        wanted = set().union(*going_out.values()) - given_out
        given_out |= wanted
        for sha2 in sorted(wanted):
            for found, content in attachment_bytes([sha2]).items():
                yield attachment_line(found, content), False
        for statement_id in _own_voidings(part.values()):
            yield own_voiding_line(statement_id), False
        for place, (statement_id, payload) in part.items():
            yield statement_line(payload), True
            if going_out[place]:
                yield attached_line(statement_id, going_out[place]), False
    for activity, definition in _definitions():
        yield definition_line(activity, definition), False


def _parts() -> Iterator[dict[Cursor, tuple[UUID, bytes]]]:
    after: tuple[Any, int] = ("-infinity", 0)
    while rows := _rows(_PART, [after[0], *after, PART, PAGE_BYTES]):
        yield {Cursor(stored, sequence): (own, bytes(payload)) for stored, sequence, own, payload in rows}
        after = rows[-1][:2]


def _own_voidings(part: Iterable[tuple[UUID, bytes]]) -> list[UUID]:
    found = OwnVoiding.objects.filter(statement_id__in=[statement_id for statement_id, _ in part])
    return list(found.order_by("statement_id").values_list("statement_id", flat=True))


def _definitions() -> Iterator[tuple[str, bytes]]:
    after = 0
    while rows := _rows(_DEFINITIONS, [after, PART]):
        for number, activity, definition in rows:
            after = number
            yield activity, bytes(definition)


def _rows(query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
