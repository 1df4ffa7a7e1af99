"""Whether somebody can undo something in a case, or do it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mycelia.business_case.models import Case, Change
from mycelia.kernel.policy import Actor


@dataclass(frozen=True)
class History:
    """What of a person's own changes can be taken back or done again."""

    can_undo: bool
    can_redo: bool


def history_of(actor: Actor, case: Case) -> History:
    """Return what the actor can undo and redo; in one query."""
    person: Any = actor.person_id
    states = set(Change.objects.filter(case=case, person_id=person).values_list("state", flat=True).distinct())
    return History("done" in states, "undone" in states)
