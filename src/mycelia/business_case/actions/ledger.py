"""Booking what was really spent and gained: a file is applied wholly or not at all."""

from __future__ import annotations

import hashlib

from django.db import transaction

from mycelia.audit import api as audit
from mycelia.business_case.errors import LedgerRefused
from mycelia.business_case.models import Case, LedgerEntry, LedgerFile
from mycelia.business_case.permissions import EditCase
from mycelia.business_case.queries.ledger import check_ledger
from mycelia.business_case.types import Booking, LedgerPlan
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require

_BATCH = 2_000


@transaction.atomic
def import_ledger(*, actor: Actor, case: Case, content: bytes, file_name: str) -> LedgerPlan:
    """Book every row of a file that is not booked yet; the same file twice changes nothing.

    Raises:
        PermissionDenied: The actor may not edit the case.
        LedgerRefused: The file, or a row of it, cannot be taken; nothing was booked.
    """
    require(actor, EditCase(), case)
    locked = Case.objects.select_for_update().get(pk=case.pk)
    plan = check_ledger(locked, content)
    if plan.faults:
        raise LedgerRefused(faults=plan.faults)
    if plan.new:
        _book(actor, locked, plan.new, content, file_name)
    return plan


@transaction.atomic
def remove_ledger_file(*, actor: Actor, file: LedgerFile) -> None:
    """Take back everything that one file booked.

    Raises:
        PermissionDenied: The actor may not edit the case.
    """
    require(actor, EditCase(), file.case)
    entries = file.entries.count()
    _audit(actor, file.case, "ledger_removed", file=file.name, digest=file.digest, entries=entries)
    file.delete()


def _book(actor: Actor, case: Case, bookings: tuple[Booking, ...], content: bytes, file_name: str) -> None:
    file = LedgerFile.objects.create(
        case=case,
        name=file_name[:255],
        digest=hashlib.sha256(content).hexdigest(),
        imported_by_id=actor.person_id,
        imported_by_name=actor.label[:200],
        imported_at=clock.now(),
    )
    LedgerEntry.objects.bulk_create((_entry(case, file, one) for one in bookings), batch_size=_BATCH)
    _audit(actor, case, "ledger_imported", file=file.name, digest=file.digest, entries=len(bookings))


def _entry(case: Case, file: LedgerFile, booking: Booking) -> LedgerEntry:
    return LedgerEntry(
        case=case,
        file=file,
        booked_on=booking.booked_on,
        amount=booking.amount,
        reference=booking.reference,
        kind=booking.kind,
        category=booking.category,
        item_key=booking.item or "",
        description=booking.description,
        cost_centre=booking.cost_centre,
    )


def _audit(actor: Actor, case: Case, action: str, **details: object) -> None:
    audit.record(
        actor=actor, action=f"business_case.{action}", object_type="case", object_id=case.slug, details=details
    )
