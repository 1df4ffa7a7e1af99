"""What every change of a case leaves behind, and the lock under which it happens."""

from __future__ import annotations

from typing import Any

from django.db.models import Max

from mycelia.audit import api as audit
from mycelia.business_case.events import CaseChanged
from mycelia.business_case.models import Case, Item
from mycelia.business_case.permissions import EditCase
from mycelia.business_case.types import CaseState
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require


def opened_for_change(actor: Actor, case: Case) -> Case:
    """Return the case locked until the transaction ends, so that changes and presentations take turns.

    Raises:
        PermissionDenied: The actor may not edit it.
    """
    require(actor, EditCase(), case)
    return Case.objects.select_for_update().get(pk=case.pk)


def record_change(actor: Actor, case: Case, action: str, **details: Any) -> None:
    """Make the case a draft again, and tell the audit log and whoever listens."""
    case.state = CaseState.DRAFT
    case.changed_at = clock.now()
    case.save(update_fields=["state", "changed_at"])
    audit.record(
        actor=actor, action=f"business_case.{action}", object_type="case", object_id=case.slug, details=details
    )
    publish(CaseChanged(case_id=case.pk))


def next_position(case: Case, items: type[Item]) -> int:
    """Return the place after the last item of its kind; the case is locked."""
    rows: Any = items._default_manager
    last = rows.filter(case=case).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1
