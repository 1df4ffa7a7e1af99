"""Beginning a case from a template: the case and everything that follows from the answers, or nothing."""

from __future__ import annotations

from django.db import transaction

from mycelia.business_case.actions.case import create_case
from mycelia.business_case.actions.items import edit_items
from mycelia.business_case.calc.starting import compose
from mycelia.business_case.models import Case
from mycelia.business_case.queries.items import item_of
from mycelia.business_case.types import Addition, Alteration, Answers, CaseTerms, Drivers, Edit, ItemKind, Template
from mycelia.kernel.policy import Actor


@transaction.atomic
def start_case(*, actor: Actor, terms: CaseTerms, template: Template, answers: Answers) -> Case:
    """Create a case from a template.

    Args:
        answers: One for each question of the template.

    Raises:
        PermissionDenied: The actor may not create a case about that part of the organisation.
        InvalidTerms: A term or an answer breaks a stated rule.
        CaseUnsound: The answers make a case that cannot be computed; the error names each line and field.
    """
    case = create_case(actor=actor, terms=terms)
    proposal = case.options.get(is_preferred=True)
    values = compose(template, answers, proposal.key)
    seen = item_of(case, ItemKind.DRIVERS, ItemKind.DRIVERS).revision
    edits: list[Edit] = [Alteration(value, seen) if isinstance(value, Drivers) else Addition(value) for value in values]
    edit_items(actor=actor, case=case, edits=edits)
    return case
