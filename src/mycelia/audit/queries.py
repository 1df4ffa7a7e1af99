"""Reading the log."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from mycelia.audit import registry
from mycelia.audit.calc import ChainCheck
from mycelia.audit.models import AuditEntry, AuditHead
from mycelia.audit.types import AuditFilter, ChainedEntry, Problem, Verification

_READ = """
    SELECT entry.sequence, recorded_at, actor_kind, actor_id, actor_label, action, object_type, object_id,
           details::text, previous_hash, entry.entry_hash, head.sequence, head.entry_hash
    FROM audit_auditentry entry LEFT JOIN audit_audithead head ON true ORDER BY entry.sequence
"""
_CHUNK = 2000
_GUARDS = frozenset(
    {
        ("audit_auditentry", "audit_lock"),
        ("audit_auditentry", "audit_chain"),
        ("audit_auditentry", "audit_advance"),
        ("audit_auditentry", "audit_refuse"),
        ("audit_audithead", "audit_guard_head"),
        ("audit_audithead", "audit_refuse"),
    }
)
_READ_GUARDS = """
    SELECT tgrelid::regclass::text, tgname FROM pg_trigger
    WHERE tgrelid IN ('audit_auditentry'::regclass, 'audit_audithead'::regclass) AND tgenabled IN ('O', 'A')
"""


def verify(expected: str | None = None) -> Verification:
    """Recompute the whole chain in Python, streaming; one statement reads both the log and its head.

    Also look whether the database still guards the log: with a trigger dropped or switched off, a later change would
    meet no resistance.

    Args:
        expected: Hexadecimal hash noted earlier and kept elsewhere; it must occur in the log.
    """
    check = ChainCheck(expected)
    end: tuple[int | None, bytes | None] | None = None
    with transaction.atomic():
        for entry, end_as_read in _stream():
            check.add(entry)
            end = end_as_read
    head_sequence, head_hash = end or _head_of_empty_log()
    found = check.finish(head_sequence=head_sequence, head_hash=head_hash)
    return replace(found, problems=(*found.problems, *_missing_guards(found.entries)))


def head() -> tuple[int, str]:
    """Return the number of entries the head row states and the last hash in hexadecimal; (0, "") when empty."""
    row = AuditHead.objects.first()
    return (0, "") if row is None else (row.sequence, bytes(row.entry_hash).hex())


def entries(narrowed: AuditFilter) -> QuerySet[AuditEntry]:
    """Return the entries that match, newest first; every filter has an index."""
    found = AuditEntry.objects.order_by("-sequence")
    if narrowed.actor:
        found = found.filter(_by_actor(narrowed.actor))
    if narrowed.action:
        found = found.filter(action=narrowed.action)
    if narrowed.object_type:
        found = found.filter(object_type=narrowed.object_type)
    if narrowed.object_id:
        found = found.filter(object_id=narrowed.object_id)
    if narrowed.since:
        found = found.filter(recorded_at__gte=narrowed.since)
    if narrowed.until:
        found = found.filter(recorded_at__lt=narrowed.until)
    return found if narrowed.before is None else found.filter(sequence__lt=narrowed.before)


def known_actions() -> list[str]:
    """Return the names of the acts that occur, found by skipping through the index."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE names AS ((SELECT action FROM audit_auditentry ORDER BY action LIMIT 1) UNION ALL"
            " SELECT (SELECT e.action FROM audit_auditentry e WHERE e.action > names.action ORDER BY 1 LIMIT 1)"
            " FROM names WHERE names.action IS NOT NULL) SELECT action FROM names WHERE action IS NOT NULL"
        )
        return [name for (name,) in cursor.fetchall()]


def _by_actor(words: str) -> Q:
    by_label = Q(actor_kind="system", actor_label__icontains=words)
    return by_label | Q(actor_id__in=registry.people_found(words))


def _missing_guards(sequence: int) -> list[Problem]:
    with connection.cursor() as cursor:
        cursor.execute(_READ_GUARDS)
        missing = sorted(_GUARDS - set(cursor.fetchall()))
    return [
        Problem(sequence, "guard", f"the trigger {name} on {table} is gone or switched off") for table, name in missing
    ]


def _head_of_empty_log() -> tuple[int | None, bytes | None]:
    row = AuditHead.objects.first()
    return (None, None) if row is None else (row.sequence, bytes(row.entry_hash))


def _stream() -> Iterator[tuple[ChainedEntry, tuple[int | None, bytes | None]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_READ)
        while rows := cursor.fetchmany(_CHUNK):
            for *values, previous_hash, entry_hash, head_sequence, head_hash in rows:
                entry = ChainedEntry(*(*values, bytes(previous_hash), bytes(entry_hash)))
                yield entry, (head_sequence, None if head_hash is None else bytes(head_hash))
