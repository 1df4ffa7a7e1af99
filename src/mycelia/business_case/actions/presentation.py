"""Presenting a case: the gate, and the snapshot that stays."""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext

from mycelia.audit import api as audit
from mycelia.business_case.actions.versions import frozen
from mycelia.business_case.calc import missing_from_case
from mycelia.business_case.errors import CaseIncomplete
from mycelia.business_case.events import CasePresented
from mycelia.business_case.models import Case, Presentation
from mycelia.business_case.permissions import PresentCase
from mycelia.business_case.queries import case_sheet, latest_presentation, recorded_landscape
from mycelia.business_case.types import CaseSheet, CaseState
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require


@transaction.atomic
def present_case(*, actor: Actor, case: Case) -> Presentation:
    """Present a case: freeze its figures, with who did so and when.

    Raises:
        PermissionDenied: The actor may not present the case.
        CaseIncomplete: Something is missing; the error lists what, and nothing changes.
    """
    require(actor, PresentCase(), case)
    presented = Case.objects.select_for_update().get(pk=case.pk)
    sheet = replace(case_sheet(presented), landscape=recorded_landscape(presented))
    if missing := missing_from_case(sheet):
        raise CaseIncomplete(missing)
    previous = latest_presentation(presented)
    presentation = _stored(actor, presented, sheet, number=previous.number + 1 if previous else 1)
    presented.state = CaseState.PRESENTED
    presented.save(update_fields=["state"])
    audit.record(
        actor=actor,
        action="business_case.case_presented",
        object_type="case",
        object_id=presented.slug,
        details={"presentation": presentation.number, "digest": presentation.digest},
    )
    publish(CasePresented(presented.pk, presentation.pk, actor.person_id))
    return presentation


def _stored(actor: Actor, case: Case, sheet: CaseSheet, *, number: int) -> Presentation:
    title = gettext("Presentation %(number)s") % {"number": number}
    return Presentation.objects.create(
        case=case,
        number=number,
        version=frozen(actor, case, sheet, title=title),
        presented_by_id=actor.person_id,
        presented_by_name=actor.label,
        presented_at=sheet.as_of,
        case_name=case.name,
        scope_unit_id=case.scope_unit_id,
        unit_text=case.unit_text,
    )
