"""Writing a batch by COPY with a single command that is a transaction by itself.

It presumes what `actions.express` presumes, has PostgreSQL check it before the end, and leaves nothing where one thing
is not so; the ordinary way then looks closely. Above a few statements its rows cost less than those of an insertion.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from struct import Struct
from typing import Any
from weakref import WeakSet

import psycopg
from psycopg.errors import DeadlockDetected, DivisionByZero, InvalidSqlStatementName, LockNotAvailable, UniqueViolation
from psycopg.pq import ExecStatus, TransactionStatus

from mycelia.records.actions.definitions import unless_changed
from mycelia.records.actions.express import PATIENCE_MILLISECONDS
from mycelia.records.actions.interning import ensure_remembered, remembered
from mycelia.records.actions.rows import Placed, copies
from mycelia.records.actions.wire import Copy, transact
from mycelia.records.calc.definitions import gathered
from mycelia.records.queries.consistency import LATE_MILLISECONDS

MOST = 2_000
"""Above this many statements it takes too long to prepare them before the transaction begins."""

_NAME = b"mycelia_records_presumed"
# The copying takes its lock on the table of keys first, so an erasure is over or has not begun.
_CHECK = (
    b"SELECT 1 / ((SELECT generation FROM records_interning) IS NOT DISTINCT FROM %%b"
    b" AND %%b > now() - interval '%d milliseconds' AND cardinality(%%b) = ("
    b"SELECT count(*) FROM unnest(%%b, %%b) AS presumed (number, digest)"
    b" JOIN records_activity a ON a.activity_id = number AND sha256(a.definition) = digest))::integer"
) % LATE_MILLISECONDS
_PREPARED_CHECK = _CHECK % (b"$1", b"$2", b"$3", b"$3", b"$4")
_TYPES = (20, 1184, 1007, 1001)  # bigint, timestamptz, integer[], bytea[]
_BEGINNING = (b"BEGIN", b"SET LOCAL lock_timeout = '%dms'" % PATIENCE_MILLISECONDS)
_NOT_SO = (DivisionByZero, LockNotAvailable, DeadlockDetected, UniqueViolation)
_KEY = "statement_id, stored, sequence"
_key_row = Struct(">h i16s iq iq").pack
_prepared_on: WeakSet[psycopg.Connection[Any]] = WeakSet()


def write_copied(connection: psycopg.Connection[Any], placed: Sequence[Placed], *, keeps_prepared: bool) -> bool:
    """Write and commit statements, or return False having changed nothing.

    Args:
        connection: Outside any transaction.
        placed: Which statements, stored at the same moment, and where in the order of the store.
        keeps_prepared: Whether the connection stays with one server process, so that the check is planned once.

    Raises:
        psycopg.Error: The database failed; whether it committed is known only if it still answers.
    """
    statements = [one.statement for one in placed]
    if any(one.extract.is_voiding or b'"attachments"' in one.payload for one in statements):
        return False
    found = _rows(placed)
    if found is None:
        return False
    rows, generation = found
    presumed = unless_changed(gathered(one.definitions for one in statements), remembered()[0].iris)
    if presumed is None:
        return False
    check = _check(generation, statements[0].stored.isoformat(), presumed, keeps_prepared)
    return _run(connection, [_keys(placed), *rows], check, keeps_prepared)


def _rows(placed: Sequence[Placed]) -> tuple[list[Copy], int] | None:
    """Return the rows of statements, and the generation of the numbers in them; None where a text has no number yet."""
    for _ in range(2):
        numbers, generation = remembered()
        with suppress(KeyError):
            if generation is not None:
                return copies(placed, numbers=numbers), generation
        try:
            ensure_remembered([one.statement for one in placed], patience_milliseconds=PATIENCE_MILLISECONDS)
        except LockNotAvailable:
            return None
    return None


def _keys(placed: Sequence[Placed]) -> Copy:
    ordered = sorted((one.statement.identifier, one.stored, one.sequence) for one in placed)
    rows = [_key_row(3, 16, identifier, 8, stored, 8, sequence) for identifier, stored, sequence in ordered]
    return Copy("records_statementkey", _KEY, rows)


def _check(generation: int, stored: str, presumed: Mapping[int, bytes], is_prepared: bool) -> bytes:
    """Return the command that fails where what was presumed is not so; nothing in it comes from who sends."""
    numbers = b"'{%b}'::integer[]" % b",".join([b"%d" % number for number in presumed])
    digests = b"'{%b}'::bytea[]" % b",".join([rb'"\\x%b"' % one.hex().encode() for one in presumed.values()])
    values = (b"%d" % generation, f"'{stored}'::timestamptz".encode(), numbers, digests)
    if is_prepared:
        return b"EXECUTE %b(%b)" % (_NAME, b",".join(values))
    return _CHECK % (*values[:3], *values[2:])


def _run(connection: psycopg.Connection[Any], rows: Sequence[Copy], check: bytes, keeps_prepared: bool) -> bool:
    if keeps_prepared:
        _ensure_prepared(connection)
    try:
        transact(connection, _BEGINNING, rows, (check, b"COMMIT"))
    except psycopg.Error as error:
        _undo(connection)
        if isinstance(error, InvalidSqlStatementName) and connection in _prepared_on:
            _prepared_on.discard(connection)  # the driver lets go of all that is prepared after a ROLLBACK
            return _run(connection, rows, check, keeps_prepared)
        if not isinstance(error, _NOT_SO):
            raise
        return False
    return True


def _undo(connection: psycopg.Connection[Any]) -> None:
    """End the transaction without what it did, keeping what is prepared, which the driver's own way forgets."""
    with connection.lock:
        if connection.pgconn.transaction_status != TransactionStatus.IDLE:
            connection.pgconn.exec_(b"ROLLBACK")


def _ensure_prepared(connection: psycopg.Connection[Any]) -> None:
    is_there = connection in _prepared_on
    if not is_there and connection.pgconn.prepare(_NAME, _PREPARED_CHECK, _TYPES).status == ExecStatus.COMMAND_OK:
        _prepared_on.add(connection)
