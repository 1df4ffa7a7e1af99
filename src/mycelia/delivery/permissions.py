"""Who may install packages, and whose attempts one may see."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from django.db.models import Q

from mycelia.delivery.models import Attempt
from mycelia.kernel.policy import EVERYTHING, NOTHING, Actor, ObjectRule, Role, Rule
from mycelia.people.api import visible_people


class InstallPackage(Rule):
    """Upload a course package."""

    code: ClassVar[str] = "delivery.install_package"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.AUTHOR, Role.CURATOR, Role.TALENT_ADMINISTRATOR})


class StartAttempt(Rule):
    """Start learning; everybody who is known."""

    code: ClassVar[str] = "delivery.start_attempt"
    roles: ClassVar[frozenset[Role]] = frozenset({Role.LEARNER})


class ReadAttempt(ObjectRule[Attempt]):
    """Read what an attempt recorded, word for word.

    The learner; a talent administrator for the people of their part of the company; an IT administrator for all.
    """

    code: ClassVar[str] = "delivery.read_attempt"

    def scope(self, actor: Actor) -> Q:
        """Return the attempts whose record the actor may read."""
        if actor.person_id is None:
            return NOTHING
        if None in actor.unit_paths(Role.IT_ADMINISTRATOR):
            return EVERYTHING
        talent = tuple(grant for grant in actor.grants if grant.role is Role.TALENT_ADMINISTRATOR)
        if not talent:
            return Q(learner_id=actor.person_id)
        return Q(learner__in=visible_people(replace(actor, grants=talent)))


class TakeAttempt(ObjectRule[Attempt]):
    """Open an attempt and add to its journal: its own learner alone."""

    code: ClassVar[str] = "delivery.take_attempt"

    def scope(self, actor: Actor) -> Q:
        """Return the actor's own attempts."""
        return NOTHING if actor.person_id is None else Q(learner_id=actor.person_id)
