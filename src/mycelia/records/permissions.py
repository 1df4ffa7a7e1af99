"""Who may read which statements."""

from __future__ import annotations

from mycelia.kernel.policy import Actor, Role, Rule


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
