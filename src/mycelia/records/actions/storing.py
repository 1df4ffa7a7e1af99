"""Storing statements in sets, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from mycelia.kernel import clock
from mycelia.kernel.identifiers import uuid7
from mycelia.records.actions.partitions import ensure_partition
from mycelia.records.actions.rows import write_rows
from mycelia.records.calc.preparation import check_identifiers, decode, prepare
from mycelia.records.errors import StatementConflict, TooManyStatements
from mycelia.records.models import StatementKey
from mycelia.records.types import Json, Prepared

MAXIMUM_BATCH = 10_000


def platform_authority() -> Json:
    """Return the agent that vouches for what the product itself records."""
    return {"objectType": "Agent", "account": {"homePage": settings.MYCELIA_PUBLIC_URL, "name": "mycelia"}}


def store(
    statements: Sequence[bytes | str | Json],
    *,
    authority: Json | None = None,
    version: str = "1.0.3",
    defines: bool = True,
) -> list[UUID]:
    """Check and store statements and return their identifiers in the order sent.

    All are stored or none. A statement sent again, equal as the specification compares, changes nothing.

    Args:
        statements: Each as JSON in UTF-8, or decoded.
        authority: The agent who vouches for them, put in place of what they claim; the product itself when None.
        version: "1.0.3" or "2.0.0".
        defines: Whether definitions of activities add to what is known of them (the scope `define`).

    Raises:
        InvalidStatement: One breaks a clause; its path begins with its index.
        StatementConflict: A different one with the same identifier is stored.
        TooManyStatements: More than ten thousand at once.
    """
    if len(statements) > MAXIMUM_BATCH:
        raise TooManyStatements(limit=MAXIMUM_BATCH)
    stored = clock.now()
    prepared = [
        prepare(
            decode(sent, index),
            index=index,
            version=version,
            new_id=uuid7(),
            stored=stored,
            authority=authority or platform_authority(),
            defines=defines,
        )
        for index, sent in enumerate(statements)
    ]
    check_identifiers(prepared)
    if prepared:
        _write(prepared, stored)
    return [one.statement_id for one in prepared]


@transaction.atomic
def _write(prepared: Sequence[Prepared], stored: datetime) -> None:
    ensure_partition(stored)
    numbers = _sequence(len(prepared))
    new = _claim(prepared, numbers)
    sent_again = [one for one in prepared if one.statement_id not in new]
    if sent_again:
        _compare(sent_again)
    write_rows([(number, one) for number, one in zip(numbers, prepared, strict=True) if one.statement_id in new])


def _sequence(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('records_statement_sequence') FROM generate_series(1, %s)", [count])
        return [number for (number,) in cursor.fetchall()]


def _claim(prepared: Sequence[Prepared], numbers: Sequence[int]) -> set[UUID]:
    """Take the identifiers that are free; waits for another transaction that is taking the same ones."""
    ordered = sorted(zip(prepared, numbers, strict=True), key=lambda pair: pair[0].statement_id)
    columns: list[Any] = [
        [one.statement_id for one, _ in ordered],
        [one.stored for one, _ in ordered],
        [number for _, number in ordered],
        [one.occurred for one, _ in ordered],
        [one.has_own_timestamp for one, _ in ordered],
        [one.fingerprint for one, _ in ordered],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_statementkey"
            " (statement_id, stored, sequence, occurred, has_own_timestamp, fingerprint)"
            " SELECT * FROM unnest(%s::uuid[], %s::timestamptz[], %s::bigint[], %s::timestamptz[], %s::boolean[],"
            " %s::bytea[]) ON CONFLICT (statement_id) DO NOTHING RETURNING statement_id",
            columns,
        )
        return {statement_id for (statement_id,) in cursor.fetchall()}


def _compare(sent_again: Sequence[Prepared]) -> None:
    """Refuse statements that differ from the stored ones.

    References:
        xAPI 1.0.3 Part Two 2.3.1 and Part Three 2.1.1.
    """
    keys = StatementKey.objects.in_bulk([one.statement_id for one in sent_again])
    for one in sent_again:
        key = keys[one.statement_id]
        other_moment = one.has_own_timestamp and one.occurred != key.occurred
        if bytes(key.fingerprint) != one.fingerprint or other_moment:
            raise StatementConflict(statement_id=str(one.statement_id))
