"""Values of the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mycelia.kernel.policy import Actor

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Act:
    """One thing done, ready to be written down.

    Args:
        actor: Who did it.
        action: Stable name, "app.noun.verb", such as "access.role.grant".
        object_type: Kind of the object, "app.Model".
        object_id: Its identifier as text.
        details: Plain JSON values; identifiers and settings, never secrets.
    """

    actor: Actor
    action: str
    object_type: str
    object_id: str
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChainedEntry:
    """An entry as it is hashed.

    `details` is the database's own text of the JSON value; hashes are 32 bytes.
    """

    sequence: int
    recorded_at: datetime
    actor_kind: str
    actor_id: int | None
    actor_label: str
    action: str
    object_type: str
    object_id: str
    details: str
    previous_hash: bytes
    entry_hash: bytes


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that must not be in an untouched log; `sequence` is where it shows."""

    sequence: int
    code: str
    explanation: str


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome of recomputing the whole chain.

    `entries` is how many were read, `head` the hexadecimal hash of the last one ("" for an empty log).
    """

    entries: int
    head: str
    problems: tuple[Problem, ...]

    @property
    def is_intact(self) -> bool:
        """Return whether nothing was found."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What to show of the log; None does not narrow."""

    actor: str | None = None
    action: str | None = None
    object_type: str | None = None
    object_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None
