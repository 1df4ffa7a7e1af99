"""What happens to people, for the apps above."""

from __future__ import annotations

from dataclasses import dataclass

from mycelia.kernel.events import Event


@dataclass(frozen=True)
class PersonJoined(Event):
    """One person was hired outside an import."""

    person_id: int


@dataclass(frozen=True)
class PersonMoved(Event):
    """One person's place in the organisation changed outside an import."""

    person_id: int


@dataclass(frozen=True)
class PersonDeactivated(Event):
    """One person left outside an import."""

    person_id: int


@dataclass(frozen=True)
class PeopleImported(Event):
    """A people file was applied; who it touched is in `people.api.imported_people(run_id)`."""

    run_id: int
    created: int
    changed: int
    deactivated: int
