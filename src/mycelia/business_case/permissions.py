"""Who may see, edit and present a case: finance analysts edit, executives present, both read; nobody else.

The blueprint is edited by IT administrators and finance analysts, and read by executives and talent administrators too.

A role held over a unit reaches the cases of that unit and of those below it; only a role held over the whole company
reaches a case of the whole company.
"""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.db.models import Q

from mycelia.business_case.models import Case
from mycelia.kernel.policy import EVERYTHING, NOTHING, Actor, ObjectRule, Role, Rule


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
