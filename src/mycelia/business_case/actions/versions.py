"""Freezing a case as a version that stays."""

from __future__ import annotations

import msgspec
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mycelia.audit import api as audit
from mycelia.business_case.actions.record import opened_for_change
from mycelia.business_case.calc.digest import snapshot_digest
from mycelia.business_case.errors import InvalidTerms
from mycelia.business_case.models import Case, Version
from mycelia.business_case.queries import case_sheet
from mycelia.business_case.types import CaseSheet
from mycelia.kernel.policy import Actor

LONGEST_TITLE = 200


@transaction.atomic
def freeze_case(*, actor: Actor, case: Case, title: str) -> Version:
    """Freeze the draft as a version; the draft goes on as it is.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: The title is missing or longer than 200 characters.
        CaseUnsound: The case cannot be computed.
    """
    opened = opened_for_change(actor, case)
    if not 0 < len(title.strip()) <= LONGEST_TITLE:
        raise InvalidTerms(_("A version needs a title of at most 200 characters. Nothing was saved."))
    version = frozen(actor, opened, case_sheet(opened), title=title.strip())
    audit.record(
        actor=actor,
        action="business_case.version_made",
        object_type="case",
        object_id=opened.slug,
        details={"version": version.number, "title": version.title, "digest": version.digest},
    )
    return version


def frozen(actor: Actor, case: Case, sheet: CaseSheet, *, title: str) -> Version:
    """Store a sheet as the next version of a case, which is locked."""
    snapshot = msgspec.to_builtins(sheet)
    return Version.objects.create(
        case=case,
        number=_next_number(case),
        title=title,
        made_by_id=actor.person_id,
        made_by_name=actor.label,
        made_at=sheet.as_of,
        snapshot=snapshot,
        digest=snapshot_digest(snapshot),
    )


def _next_number(case: Case) -> int:
    last: int | None = Version.objects.filter(case=case).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1
