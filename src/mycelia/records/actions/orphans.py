"""Removing the bytes of attachments that no statement refers to any more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from mycelia.audit import api as audit
from mycelia.kernel.policy import Actor, require
from mycelia.records.calc.transfer import hashes_in
from mycelia.records.models import Attachment
from mycelia.records.permissions import RuleOverRetention

PART = 1000
_LOCK = 7_301_947
_NAMING = "SELECT payload FROM records_statement WHERE position(convert_to('\"attachments\"', 'UTF8') IN payload) > 0"
_NOTE = "INSERT INTO named_attachment SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING"


@contextmanager
def attachments_come_first() -> Iterator[None]:
    """Keep bytes meanwhile that no statement refers to yet, as while a file of statements is taken in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock_shared(%s)", [_LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [_LOCK])


@transaction.atomic
def remove_given_up(hashes: Collection[str]) -> int:
    """Remove those of some attachments that no statement names any more, and return how many.

    Equal bytes are kept once, so others may have handed in the same. While a file is taken in nothing is removed; what
    is then left over goes with the other orphans at night.

    Args:
        hashes: SHA-2 in small letters.
    """
    if not hashes or not _may_begin():
        return 0
    left = set(hashes)
    with connection.chunked_cursor() as found:
        found.execute(_NAMING)
        while left and (rows := found.fetchmany(PART)):
            left -= {one for (payload,) in rows for one in hashes_in(bytes(payload))}
    return Attachment.objects.filter(sha2__in=left).delete()[0]


@transaction.atomic
def remove_orphaned_attachments(*, actor: Actor) -> int:
    """Remove attachments that no statement names, and return how many.

    Every statement is looked at, part by part. Meanwhile whoever sends bytes waits; whoever sends statements without
    does not. While a file is taken in nothing is removed: its attachments stand before its statements.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, RuleOverRetention())
    if not Attachment.objects.exists() or not _may_begin():
        return 0
    _note_named()
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM records_attachment a WHERE NOT EXISTS (SELECT 1 FROM named_attachment n WHERE n.sha2 = a.sha2)"
        )
        removed = int(cursor.rowcount)
        cursor.execute("DROP TABLE named_attachment")
    if removed:
        _log(actor, removed)
    return removed


def _may_begin() -> bool:
    """Make the senders of bytes wait; return False where a file is being taken in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute("LOCK TABLE records_attachment IN SHARE ROW EXCLUSIVE MODE")
    return True


def _note_named() -> None:
    with connection.chunked_cursor() as found, connection.cursor() as notes:
        notes.execute("CREATE TEMPORARY TABLE named_attachment (sha2 text PRIMARY KEY) ON COMMIT DROP")
        found.execute(_NAMING)
        while rows := found.fetchmany(PART):
            notes.execute(_NOTE, [list({one for (payload,) in rows for one in hashes_in(bytes(payload))})])


def _log(actor: Actor, removed: int) -> None:
    audit.record(
        actor=actor,
        action="records.retention.attachments",
        object_type="records.RetentionRule",
        object_id="attachments",
        details={"attachments": removed},
    )
