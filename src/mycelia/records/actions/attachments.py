"""Keeping the bytes of attachments, and which statements they go out with."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec
from django.db import connection

from mycelia.records.actions.rows import Placed
from mycelia.records.calc.attachments import attachments_of
from mycelia.records.calc.transfer import AttachedLine, hashes_in

# Whether a source has sent bytes before is looked up once, however many statements of a batch name them.
_ATTACH = """
    WITH named AS (
        SELECT s.stored, s.sequence, s.authority_id, n.sha2, n.came
        FROM unnest(%s::timestamptz[], %s::bigint[], %s::text[], %s::boolean[]) AS n (stored, sequence, sha2, came)
        JOIN records_statement s ON s.stored = n.stored AND s.sequence = n.sequence
        JOIN records_attachment a ON a.sha2 = n.sha2
    ), sent_before AS MATERIALIZED (
        SELECT sha2, authority_id FROM (SELECT DISTINCT sha2, authority_id FROM named WHERE NOT came) asked
        WHERE EXISTS (
            SELECT FROM records_statementattachment l
            JOIN records_statement t ON t.stored = l.stored AND t.sequence = l.sequence
            WHERE l.sha2 = asked.sha2 AND t.authority_id = asked.authority_id)
    )
    INSERT INTO records_statementattachment (stored, sequence, sha2)
    SELECT stored, sequence, sha2 FROM named
    WHERE came OR (sha2, authority_id) IN (SELECT sha2, authority_id FROM sent_before)
"""
_STORED = """
    SELECT s.statement_id, s.stored, s.sequence, s.payload FROM records_statementkey k
    JOIN records_statement s ON s.stored = k.stored AND s.sequence = k.sequence WHERE k.statement_id = ANY(%s)
"""
_ATTACH_STORED = """
    INSERT INTO records_statementattachment (stored, sequence, sha2)
    SELECT * FROM unnest(%s::timestamptz[], %s::bigint[], %s::text[]) ON CONFLICT DO NOTHING
"""


def hand_in(new: Sequence[Placed], sent: Mapping[str, bytes], *, brought: Collection[str] = ()) -> None:
    """Keep the bytes that came with new statements, and note which statements they go out with.

    Those go out that came along, and those that the same source has sent before: naming a hash gets nobody the bytes
    of another.

    Args:
        new: Statements that the running transaction has written.
        sent: Bytes by SHA-2 in small letters, for every statement that names them.
        brought: SHA-2 of bytes that are stored and came in the same file, for statements that name no `fileUrl`.
    """
    named: dict[tuple[datetime, int, str], bool] = {}
    for one in new:
        if b'"attachments"' in one.statement.payload:
            for attachment, _ in attachments_of([(0, msgspec.json.decode(one.statement.payload))]):
                sha2 = attachment["sha2"].lower()
                came = sha2 in sent or (sha2 in brought and "fileUrl" not in attachment)
                key = (one.statement.stored, one.sequence, sha2)
                named[key] = came or named.get(key, False)
    if not named:
        return
    keep_attachments({sha2: sent[sha2] for _, _, sha2 in named if sha2 in sent})
    columns = [list(column) for column in zip(*named, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(_ATTACH, [*columns, list(named.values())])


def attach_stored(lines: Collection[AttachedLine], *, brought: Collection[str]) -> None:
    """Note with which stored statements bytes go out, as a file says that brought these bytes."""
    said = {one.statement_id: {*one.hashes} & {*brought} for one in lines}
    if not said:
        return
    with connection.cursor() as cursor:
        cursor.execute(_STORED, [list(said)])
        going_out = [
            (stored, sequence, sha2)
            for statement_id, stored, sequence, payload in cursor.fetchall()
            for sha2 in said[statement_id].intersection(hashes_in(bytes(payload)))
        ]
        if going_out:
            cursor.execute(_ATTACH_STORED, [list(column) for column in zip(*going_out, strict=True)])


def keep_attachments(sent: Mapping[str, bytes]) -> None:
    """Write attachments that are not stored yet, in the running transaction; equal bytes are kept once."""
    hashes = sorted(sent)
    if not hashes:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_attachment (sha2, length_bytes, content)"
            " SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bytea[]) ON CONFLICT (sha2) DO NOTHING",
            [hashes, [len(sent[one]) for one in hashes], [sent[one] for one in hashes]],
        )
