"""Who may install packages, and whose attempts one may see."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import Q

from mycelia.delivery.models import Attempt
from mycelia.kernel.policy import NOTHING, Actor, ObjectRule, Role, Rule


class InstallPackage(Rule):
    """Upload a course package."""

    code: ClassVar[str] = "delivery.install_package"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.AUTHOR, Role.CURATOR, Role.TALENT_ADMINISTRATOR})


class StartAttempt(Rule):
    """Start learning; everybody who is known."""

    code: ClassVar[str] = "delivery.start_attempt"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.LEARNER})


class TakeAttempt(ObjectRule[Attempt]):
    """Open an attempt and add to its journal: its own learner alone."""

    code: ClassVar[str] = "delivery.take_attempt"

    def scope(self, actor: Actor) -> Q:
        """Return the actor's own attempts."""
        return NOTHING if actor.person_id is None else Q(learner_id=actor.person_id)
