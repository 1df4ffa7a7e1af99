"""Who may do what with enrolments and progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q

from mycelia.kernel import clock
from mycelia.kernel.policy import EVERYTHING, NOTHING, Actor, ObjectRule, Role, Rule
from mycelia.learning.models import Enrolment


class Learn(Rule):
    """Have learning pages of one's own."""

    code = "learning.learn"
    roles = frozenset({Role.LEARNER})


class OwnEnrolments(ObjectRule[Enrolment]):
    """Read, do and leave one's own courses; nobody learns for somebody else."""

    code = "learning.own_enrolments"

    def scope(self, actor: Actor) -> Q:
        """Return the actor's own enrolments."""
        return NOTHING if actor.person_id is None else Q(learner_id=actor.person_id)


class EnrolOthers(ObjectRule[Any]):
    """Enrol somebody else, which is assigning: talent administrators, within their part of the organisation."""

    code = "learning.enrol_others"

    def scope(self, actor: Actor) -> Q:
        """Return the people the actor may enrol."""
        paths = actor.unit_paths(Role.TALENT_ADMINISTRATOR)
        if None in paths:
            return EVERYTHING
        scope = NOTHING
        for path in paths:
            scope |= Q(pk__in=_employed(unit__path__startswith=path))
        return scope


class ReadProgress(ObjectRule[Enrolment]):
    """See somebody's progress: one's own, one's reports', and within the scope of a talent administrator."""

    code = "learning.read_progress"

    def scope(self, actor: Actor) -> Q:
        """Return own, reports' and administered enrolments."""
        scope = Q(learner_id=actor.person_id) if actor.person_id is not None else NOTHING
        if actor.has(Role.MANAGER):
            scope |= Q(learner_id__in=_employed(manager_id=actor.person_id))
        for path in actor.unit_paths(Role.TALENT_ADMINISTRATOR):
            if path is None:
                return EVERYTHING
            scope |= Q(learner_id__in=_employed(unit__path__startswith=path))
        return scope


def _employed(**conditions: Any) -> Any:
    employment = apps.get_model("people", "Employment")
    today = clock.today()
    current = Q(valid_to__isnull=True) | Q(valid_to__gt=today)
    return employment.objects.filter(current, valid_from__lte=today, **conditions).values("person_id")


class ImportHistory(Rule):
    """Bring in enrolments and completions from elsewhere: of the whole company, because rows may name anybody."""

    code = "learning.import_history"
    roles = frozenset({Role.TALENT_ADMINISTRATOR})

    def permits(self, actor: Actor) -> bool:
        """Return whether the actor is a talent administrator of the whole company."""
        return None in actor.unit_paths(*self.roles)


@dataclass(frozen=True)
class ReadTeam(Rule):
    """See how a manager's reports are doing: that manager, and talent administrators of the whole company."""

    manager_id: int
    code = "learning.read_team"

    def permits(self, actor: Actor) -> bool:
        """Return whether the actor is the manager or administers the whole company."""
        return actor.person_id == self.manager_id or None in actor.unit_paths(Role.TALENT_ADMINISTRATOR)
