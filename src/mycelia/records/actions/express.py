"""Writing a few statements with a single command that is a transaction by itself.

It presumes what is nearly always so: every identifier is free, every text has a number this process remembers, every
definition adds nothing, and the moment of storing was taken just before. PostgreSQL checks all of it in the same
command, which fails by a division by zero and leaves nothing where one is not so; the ordinary way then looks closely.
So it does after a moment's wait for another writer of the same identifier or text: others may wait for this command.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakSet

import psycopg
from psycopg.errors import LockNotAvailable, error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus, Format

from mycelia.records.actions import wire
from mycelia.records.actions.definitions import unless_changed
from mycelia.records.actions.interning import Numbers, ensure_remembered, remembered
from mycelia.records.actions.rows import Placed
from mycelia.records.calc.definitions import gathered
from mycelia.records.queries.consistency import LATE_MILLISECONDS
from mycelia.records.types import Prepared

MOST = 20
"""Above this many statements COPY costs less."""
PATIENCE_MILLISECONDS = 250
"""How long the command waits for a transaction that is writing the same identifier or text."""

_NAME = b"mycelia_records_express"
_COMMAND = b"""
    WITH claimed AS (
        INSERT INTO records_statementkey (statement_id, stored, sequence)
        SELECT sent.* FROM (SELECT set_config('lock_timeout', '%(patience)dms', true)) AS patience,
            unnest($1, $2, $3) AS sent
        ON CONFLICT (statement_id) DO NOTHING RETURNING 1
    ), statement AS (
        INSERT INTO records_statement (statement_id, stored, sequence, occurred, verb_id, actor_id,
            authority_id, registration, is_voiding, object_kind, version, payload)
        SELECT id, stored, sequence, occurred, verb, actor, nullif(authority, 0),
            registration, false, 'Activity', version, payload
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            AS sent (id, stored, sequence, occurred, verb, actor, authority, registration, version, payload)
    ), agent AS (
        INSERT INTO records_statementagent (stored, sequence, agent_id, verb_id, is_direct)
        SELECT * FROM unnest($11, $12, $13, $14, $15)
    ), activity AS (
        INSERT INTO records_statementactivity (stored, sequence, activity_id, verb_id, is_direct)
        SELECT * FROM unnest($16, $17, $18, $19, $20)
    )
    SELECT 1 / (
        (SELECT count(*) FROM claimed) = cardinality($1)
        AND (SELECT min(stored) FROM unnest($2) AS sent (stored)) > now() - interval '%(late)d milliseconds'
        AND (SELECT generation FROM records_interning) IS NOT DISTINCT FROM $21
        AND cardinality($22) = (
            SELECT count(*) FROM unnest($22, $23) AS presumed (number, digest)
            JOIN records_activity a ON a.activity_id = number AND sha256(a.definition) = digest)
    )::integer
""" % {b"patience": PATIENCE_MILLISECONDS, b"late": LATE_MILLISECONDS}
_TYPES = (
    *(wire.UuidArray.oid, wire.MomentArray.oid, wire.BigintArray.oid, wire.MomentArray.oid),
    *(wire.IntegerArray.oid, wire.IntegerArray.oid, wire.IntegerArray.oid),
    *(wire.UuidArray.oid, wire.TextArray.oid, wire.BytesArray.oid),
    *(wire.MomentArray.oid, wire.BigintArray.oid, wire.IntegerArray.oid, wire.IntegerArray.oid, wire.BooleanArray.oid),
    *(wire.MomentArray.oid, wire.BigintArray.oid, wire.IntegerArray.oid, wire.IntegerArray.oid, wire.BooleanArray.oid),
    *(20, wire.IntegerArray.oid, wire.BytesArray.oid),
)
_NOT_SO = {b"22012", b"55P03"}  # division_by_zero, lock_not_available
_NOT_THERE = b"26000"  # invalid_sql_statement_name
_prepared_on: WeakSet[psycopg.Connection[Any]] = WeakSet()


def write_express(connection: psycopg.Connection[Any], placed: Sequence[Placed], *, keeps_prepared: bool) -> bool:
    """Write and commit statements, or return False having changed nothing.

    Args:
        connection: Outside any transaction.
        placed: Which statements, and where in the order of the store.
        keeps_prepared: Whether the connection stays with one server process, so that the command is planned once.

    Raises:
        psycopg.Error: The database failed; whether it committed is known only if it still answers.
    """
    if not all(_is_plain(one.statement) for one in placed):
        return False
    ordered = sorted(placed, key=lambda one: one.statement.identifier)
    statements = [one.statement for one in ordered]
    try:
        ensure_remembered(statements, patience_milliseconds=PATIENCE_MILLISECONDS)
    except LockNotAvailable:
        return False
    numbers, generation = remembered()
    if generation is None or not all(one.extract.is_known(numbers.iris, numbers.agents) for one in statements):
        return False
    presumed = unless_changed(gathered(one.definitions for one in statements), numbers.iris)
    if presumed is None:
        return False
    values = [
        *_statement_values(ordered, numbers),
        *_links(ordered, numbers, numbers.agents, [one.extract.agents for one in statements]),
        *_links(ordered, numbers, numbers.iris, [one.extract.activities for one in statements]),
        generation.to_bytes(8, "big", signed=True),
        wire.IntegerArray(list(presumed)).sent,
        wire.BytesArray(list(presumed.values())).sent,
    ]
    return _run(connection, values, keeps_prepared)


def _is_plain(one: Prepared) -> bool:
    extract = one.extract
    return (
        extract.target_id is None
        and extract.object_kind.value == "Activity"
        and not extract.is_voiding
        and extract.actor is not None
        and b'"attachments"' not in one.payload
    )


def _statement_values(placed: Sequence[Placed], numbers: Numbers) -> list[bytes]:
    statements = [one.statement for one in placed]
    extracts = [one.extract for one in statements]
    arrays = (
        wire.UuidArray([one.identifier for one in statements]),
        wire.MomentArray([one.stored for one in placed]),
        wire.BigintArray([one.sequence for one in placed]),
        wire.MomentArray([wire.microseconds(one.occurred) for one in statements]),
        wire.IntegerArray([numbers.iris[one.verb] for one in extracts]),
        wire.IntegerArray([0 if one.actor is None else numbers.agents[one.actor] for one in extracts]),
        wire.IntegerArray([0 if one.authority is None else numbers.agents[one.authority] for one in extracts]),
        wire.UuidArray([one.registration for one in extracts]),
        wire.TextArray([one.version.encode() for one in statements]),
        wire.BytesArray([one.payload for one in statements]),
    )
    return [array.sent for array in arrays]


def _links(
    placed: Sequence[Placed], numbers: Numbers, found: Mapping[Any, int], named: Sequence[Mapping[Any, bool]]
) -> list[bytes]:
    rows = [
        (one.stored, one.sequence, found[text], numbers.iris[one.statement.extract.verb], is_direct)
        for one, texts in zip(placed, named, strict=True)
        for text, is_direct in texts.items()
    ]
    stored, sequences, texts_, verbs, direct = zip(*rows, strict=True) if rows else ((),) * 5
    arrays = (
        *(wire.MomentArray(stored), wire.BigintArray(sequences), wire.IntegerArray(texts_)),
        *(wire.IntegerArray(verbs), wire.BooleanArray(direct)),
    )
    return [array.sent for array in arrays]


def _run(connection: psycopg.Connection[Any], values: list[bytes], keeps_prepared: bool) -> bool:
    """Send the command over the driver's own connection: this is what a single statement costs."""
    server, formats = connection.pgconn, [Format.BINARY] * len(values)
    with connection.lock:
        if keeps_prepared:
            _ensure_prepared(connection)
            result = server.exec_prepared(_NAME, values, formats)
        else:
            result = server.exec_params(_COMMAND, values, _TYPES, formats)
    if result.status == ExecStatus.TUPLES_OK:
        return True
    reason = result.error_field(DiagnosticField.SQLSTATE)
    if reason in _NOT_SO:
        return False
    if reason == _NOT_THERE and connection in _prepared_on:
        _prepared_on.discard(connection)  # the driver lets go of all that is prepared after a ROLLBACK
        return _run(connection, values, keeps_prepared)
    if server.status != ConnStatus.OK:
        raise psycopg.OperationalError("the connection broke off")
    raise error_from_result(result)


def _ensure_prepared(connection: psycopg.Connection[Any]) -> None:
    is_there = connection in _prepared_on
    if not is_there and connection.pgconn.prepare(_NAME, _COMMAND, _TYPES).status == ExecStatus.COMMAND_OK:
        _prepared_on.add(connection)
