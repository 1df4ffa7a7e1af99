"""What happens to a case, for whoever wants to know."""

from __future__ import annotations

from dataclasses import dataclass

from mycelia.kernel.events import Event


@dataclass(frozen=True)
class CaseChanged(Event):
    """Terms, objectives, KPIs or lines of a case were changed."""

    case_id: int


@dataclass(frozen=True)
class CasePresented(Event):
    """A complete case was presented; the snapshot is frozen."""

    case_id: int
    presentation_id: int
    person_id: int | None


@dataclass(frozen=True)
class BlueprintChanged(Event):
    """A system, link, content model, element or decision of the organisation's blueprint was changed or removed.

    `kind` is the table's name, `key` that of the entry.
    """

    kind: str
    key: str
