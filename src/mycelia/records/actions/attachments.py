"""Keeping the bytes of attachments."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection


def keep_attachments(sent: Mapping[str, bytes]) -> None:
    """Write attachments that are not stored yet, in the running transaction; equal bytes are kept once."""
    hashes = sorted(sent)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_attachment (sha2, length_bytes, content)"
            " SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bytea[]) ON CONFLICT (sha2) DO NOTHING",
            [hashes, [len(sent[one]) for one in hashes], [sent[one] for one in hashes]],
        )
