"""Who may read which statements."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mycelia.kernel.policy import Actor, Role, Rule, allowed
from mycelia.records.types import AgentKey, StatementFilter

_NOBODY = AgentKey("mbox", "")


class ReadEveryStatement(Rule):
    """All statements of everybody are for IT administrators."""

    code = "records.read_all"
    roles = frozenset({Role.IT_ADMINISTRATOR})


class ReadOwnStatements(Rule):
    """Every person reads what was recorded about them; managers read no more than that."""

    code = "records.read_own"
    roles = frozenset({Role.LEARNER})

    def permits(self, actor: Actor) -> bool:
        """Return whether the actor is somebody."""
        return actor.is_system or (actor.person_id is not None and super().permits(actor))


@dataclass(frozen=True, slots=True)
class VisibleStatements:
    """Which statements somebody may read: every one, or those in which they themselves act.

    Lists are narrowed by it and single statements are held against it, so no list leads to a closed door.

    Args:
        sees_all: Whether every statement.
        own: The account their statements stand under; None while they have none.
    """

    sees_all: bool
    own: AgentKey | None = None

    def narrowed(self, wanted: StatementFilter) -> StatementFilter:
        """Return a filter that matches nothing they may not read."""
        if self.sees_all:
            return wanted
        return replace(wanted, agent=self.own or _NOBODY, related_agents=False, acting_only=True)

    def covers(self, acting: AgentKey | None) -> bool:
        """Return whether they may read a statement in which this agent acts (None: an anonymous group)."""
        return self.sees_all or (self.own is not None and self.own == acting)


def visible_statements(actor: Actor, own: AgentKey | None) -> VisibleStatements:
    """Return which statements the actor may read; `own` is the account of theirs."""
    return VisibleStatements(allowed(actor, ReadEveryStatement()), own)


class MoveStatements(Rule):
    """Files of statements are taken in and given out by IT administrators."""

    code = "records.move"
    roles = frozenset({Role.IT_ADMINISTRATOR})


class RuleOverRetention(Rule):
    """How long statements are kept is for IT administrators to rule."""

    code = "records.retention"
    roles = frozenset({Role.IT_ADMINISTRATOR})


class ErasePersons(Rule):
    """People are taken out of the records by IT administrators."""

    code = "records.erase"
    roles = frozenset({Role.IT_ADMINISTRATOR})


class ManageCredentials(Rule):
    """Keys and secrets of other systems are given out by IT administrators."""

    code = "records.credentials"
    roles = frozenset({Role.IT_ADMINISTRATOR})


class ReadSources(Rule):
    """What other systems send, and what of it is refused, is for IT administrators."""

    code = "records.sources"
    roles = frozenset({Role.IT_ADMINISTRATOR})


class ForwardStatements(Rule):
    """Which other stores get copies of statements is for IT administrators."""

    code = "records.forward"
    roles = frozenset({Role.IT_ADMINISTRATOR})
