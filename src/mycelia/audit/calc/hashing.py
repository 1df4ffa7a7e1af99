"""The bytes an entry is hashed from; the trigger in the database computes exactly the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from mycelia.audit.types import ChainedEntry

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def canonical_form(entry: ChainedEntry) -> bytes:
    """Return the fields in fixed order, each with its length in bytes before it.

    The length makes the form unambiguous: no two different entries give the same bytes. An unknown value is "-",
    which no length can begin with.

    Example:
        >>> from mycelia.audit.types import GENESIS
        >>> at = datetime(2026, 1, 1, tzinfo=UTC)
        >>> entry = ChainedEntry(1, at, "system", None, "seed", "a.b", "T", "7", "{}", GENESIS, b"")
        >>> canonical_form(entry)[:34]
        b'1:1,16:1767225600000000,6:system,-'
    """
    microseconds = (entry.recorded_at - _EPOCH) // _MICROSECOND
    values: tuple[str | None, ...] = (
        str(entry.sequence),
        str(microseconds),
        entry.actor_kind,
        None if entry.actor_id is None else str(entry.actor_id),
        entry.actor_label,
        entry.action,
        entry.object_type,
        entry.object_id,
        entry.details,
        entry.previous_hash.hex(),
    )
    return b"".join(_field(value) for value in values)


def entry_hash(entry: ChainedEntry) -> bytes:
    """Return the SHA-256 the entry must carry."""
    return sha256(canonical_form(entry)).digest()


def _field(value: str | None) -> bytes:
    if value is None:
        return b"-,"
    encoded = value.encode()
    return b"%d:%s," % (len(encoded), encoded)
