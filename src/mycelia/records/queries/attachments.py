"""The bytes of attachments, and the statements they go out with."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.db import connection

from mycelia.records.errors import AttachmentGone
from mycelia.records.models import Attachment
from mycelia.records.types import Cursor

PIECE_BYTES = 512 * 1024
_ATTACHED = """
    SELECT l.stored, l.sequence, a.sha2, a.length_bytes
    FROM unnest(%s::timestamptz[], %s::bigint[]) AS p (stored, sequence)
    JOIN records_statementattachment l ON l.stored = p.stored AND l.sequence = p.sequence
    JOIN records_attachment a ON a.sha2 = l.sha2
"""
_PIECE = "SELECT substring(content FROM %s FOR %s) FROM records_attachment WHERE sha2 = %s"


def attached(places: Iterable[Cursor]) -> dict[Cursor, dict[str, int]]:
    """Return what goes out with statements, by the place of each: SHA-2 in small letters, and length in bytes.

    A statement that names bytes which others have sent, and never came with them, has none.
    """
    found: dict[Cursor, dict[str, int]] = {one: {} for one in places}
    if found:
        with connection.cursor() as cursor:
            cursor.execute(_ATTACHED, [[one.stored for one in found], [one.sequence for one in found]])
            for stored, sequence, sha2, length in cursor.fetchall():
                found[Cursor(stored, sequence)][sha2] = length
    return found


def attachment_bytes(hashes: Collection[str]) -> dict[str, bytes]:
    """Return the bytes of those attachments that are stored, by SHA-2 in small letters."""
    found = Attachment.objects.filter(sha2__in=hashes).values_list("sha2", "content")
    return {sha2: bytes(content) for sha2, content in found}


def attachment_pieces(sha2: str, length_bytes: int) -> Iterator[bytes]:
    """Yield the bytes of an attachment in pieces, so that no more than one is held.

    Raises:
        AttachmentGone: It has been removed meanwhile, as by an erasure; what came before is not all of it.
    """
    for begin in range(1, length_bytes + 1, PIECE_BYTES):
        with connection.cursor() as cursor:
            cursor.execute(_PIECE, [begin, PIECE_BYTES, sha2])
            row = cursor.fetchone()
        if row is None:
            raise AttachmentGone
        yield bytes(row[0])
