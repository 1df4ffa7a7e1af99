"""Who may see, edit and present a case: finance analysts edit, executives present, both read; nobody else.

What was presented here is read beyond that, one brief for each stakeholder (`BRIEF_RULES`): by those who read cases, by
whoever holds the stakeholder's role over the case's part of the organisation, and, for managers and learners, by those
whom the case is about. The draft is never among it.

The blueprint is edited by IT administrators and finance analysts, and read by executives and talent administrators too.

A role held over a unit reaches the cases of that unit and of those below it; only a role held over the whole company
reaches a case of the whole company.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import ClassVar

from django.db.models import Q

from mycelia.business_case.models import Case
from mycelia.business_case.types import Stakeholder
from mycelia.kernel.policy import EVERYTHING, NOTHING, Actor, ObjectRule, Role, Rule
from mycelia.people import api as people


class _CaseRule(ObjectRule[Case]):
    def scope(self, actor: Actor) -> Q:
        paths = actor.unit_paths(*self.roles)
        if None in paths:
            return EVERYTHING
        return reduce(or_, (Q(scope_unit__path__startswith=path) for path in paths), NOTHING)


class ReadCases(Rule):
    """Open the list of cases at all."""

    code = "business_case.read_cases"
    roles = frozenset({Role.FINANCE_ANALYST, Role.EXECUTIVE})


class ReadCase(_CaseRule):
    """Read one case."""

    code = "business_case.read_case"
    roles = ReadCases.roles


class EditCase(_CaseRule):
    """Change a case's terms, objectives, KPIs and lines."""

    code = "business_case.edit_case"
    roles = frozenset({Role.FINANCE_ANALYST})


class PresentCase(_CaseRule):
    """Present a case and so freeze its figures."""

    code = "business_case.present_case"
    roles = frozenset({Role.EXECUTIVE})


class CreateCase(Rule):
    """Begin a new case; `permits_scope` says for which part of the organisation."""

    code = "business_case.create_case"
    roles = frozenset({Role.FINANCE_ANALYST})

    def permits_scope(self, actor: Actor, unit_path: str | None) -> bool:
        """Return whether the actor may own a case about this unit; None is the whole company."""
        paths = actor.unit_paths(*self.roles)
        return None in paths or (unit_path is not None and any(unit_path.startswith(path or "") for path in paths))


class _BriefRule(_CaseRule):
    """Read one stakeholder's brief of a case.

    `concerned` is the implied role, if any, of the people who may read it where the case is about the unit they work
    in, a unit above that, or the whole company: such a role reaches over no part of the organisation.
    """

    concerned: ClassVar[Role | None] = None

    def permits(self, actor: Actor) -> bool:
        """Return whether the actor may read such a brief of any case."""
        return super().permits(actor) or self._is_concerned(actor)

    def scope(self, actor: Actor) -> Q:
        reach = super().scope(actor)
        return reach | self._about(actor) if self._is_concerned(actor) else reach

    def _is_concerned(self, actor: Actor) -> bool:
        return self.concerned is not None and actor.person_id is not None and actor.has(self.concerned)

    def _about(self, actor: Actor) -> Q:
        """Return the cases about where the actor works; one that names a unit nobody knows here is about no one."""
        paths = people.workplaces_of(actor.person_id or 0, of_reports=self.concerned is Role.MANAGER)
        units = {int(number) for path in paths for number in path.strip("/").split("/")}
        return Q(scope_unit_id__in=units) | Q(scope_unit__isnull=True, unit_text="")


class ReadItBrief(_BriefRule):
    """Read the brief for IT."""

    code = "business_case.read_brief_it"
    roles = ReadCases.roles | {Role.IT_ADMINISTRATOR}


class ReadHrBrief(_BriefRule):
    """Read the brief for HR and talent."""

    code = "business_case.read_brief_hr"
    roles = ReadCases.roles | {Role.TALENT_ADMINISTRATOR}


class ReadFinanceBrief(_BriefRule):
    """Read the brief for finance."""

    code = "business_case.read_brief_finance"
    roles = ReadCases.roles


class ReadManagementBrief(_BriefRule):
    """Read the brief for management: managers too, of what concerns them or their reports."""

    code = "business_case.read_brief_management"
    roles = ReadCases.roles
    concerned = Role.MANAGER


class ReadLearnersBrief(_BriefRule):
    """Read the brief for learners: everybody whom the case is about."""

    code = "business_case.read_brief_learners"
    roles = ReadCases.roles
    concerned = Role.LEARNER


BRIEF_RULES: dict[Stakeholder, _BriefRule] = {
    Stakeholder.IT: ReadItBrief(),
    Stakeholder.HR: ReadHrBrief(),
    Stakeholder.FINANCE: ReadFinanceBrief(),
    Stakeholder.MANAGEMENT: ReadManagementBrief(),
    Stakeholder.LEARNERS: ReadLearnersBrief(),
}


class ReadBlueprint(Rule):
    """Read the organisation's one blueprint: its systems, content models, elements, and what is found in it."""

    code = "business_case.read_blueprint"
    roles = frozenset({Role.IT_ADMINISTRATOR, Role.FINANCE_ANALYST, Role.EXECUTIVE, Role.TALENT_ADMINISTRATOR})


class EditBlueprint(Rule):
    """Change the blueprint and decide on its findings: it is of the whole company, and so must the role be."""

    code = "business_case.edit_blueprint"
    roles = frozenset({Role.IT_ADMINISTRATOR, Role.FINANCE_ANALYST})

    def permits(self, actor: Actor) -> bool:
        """Return whether the actor holds the role over the whole company."""
        return None in actor.unit_paths(*self.roles)
