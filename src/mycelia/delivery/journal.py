"""Between the tables and the pure fold: rows to entries, states to text and back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import msgspec

from mycelia.delivery.calc import tracking
from mycelia.delivery.models import Attempt, Package, TrackingEntry
from mycelia.delivery.types import AttemptState, Commit, EntryKind, JournalEntry, PackageItem, PartsLeft


def items_of(package: Package) -> tuple[PackageItem, ...]:
    """Return the package's table of contents."""
    return msgspec.convert(package.items, tuple[PackageItem, ...], strict=False)


def items_as_stored(items: Iterable[PackageItem]) -> list[Any]:
    """Return the table of contents as plain values for the database."""
    return list(msgspec.to_builtins(tuple(items)))


def state_of(attempt: Attempt) -> AttemptState:
    """Return the attempt's folded state."""
    return msgspec.convert(json.loads(attempt.state), AttemptState, strict=False)


def parts_left(attempt: Attempt) -> PartsLeft:
    """Return how many of the parts a learner needs are not done yet."""
    total = len(tracking.required_items(items_of(attempt.package)))
    return PartsLeft(left=total - state_of(attempt).completed_items, total=total)


def state_as_stored(state: AttemptState) -> str:
    """Return the state as ASCII JSON text, which can carry whatever characters a package left."""
    return json.dumps(msgspec.to_builtins(state), separators=(",", ":"), sort_keys=True)


def entry_of(row: TrackingEntry) -> JournalEntry:
    """Return the entry a journal row holds."""
    message = json.loads(row.message)
    elapsed = message.get("elapsed")
    return JournalEntry(
        session=row.session,
        sequence=row.sequence,
        kind=EntryKind(row.kind),
        item=row.item,
        received_at=row.received_at,
        elements=message.get("elements") or {},
        elapsed_seconds=None if elapsed is None else int(elapsed),
    )


def row_of(attempt: Attempt, commit: Commit, item: str, received_at: Any) -> TrackingEntry:
    """Return the journal row of a parsed message."""
    return TrackingEntry(
        attempt=attempt,
        session=commit.session,
        sequence=commit.sequence,
        kind=commit.kind.value,
        item=item,
        message=commit.verbatim,
        received_at=received_at,
    )


def replayed_state(attempt: Attempt) -> AttemptState:
    """Return the state that the whole journal gives."""
    return tracking.fold(items_of(attempt.package), (entry_of(row) for row in attempt.entries.iterator()))
