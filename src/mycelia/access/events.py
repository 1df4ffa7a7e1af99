"""What this app tells the layers above it."""

from __future__ import annotations

from dataclasses import dataclass

from mycelia.kernel.events import Event


@dataclass(frozen=True, slots=True)
class RoleGranted(Event):
    """A person holds the role from now on; may be told more than once."""

    person_id: int
    role: str


@dataclass(frozen=True, slots=True)
class RoleRevoked(Event):
    """One assignment of the role ended; the person may still hold the role over another part of the company."""

    person_id: int
    role: str
