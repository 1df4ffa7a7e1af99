"""Applying a people file in one transaction."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.db import transaction

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require
from mycelia.people.actions.lock import claim_directory
from mycelia.people.actions.plan_record import record_plan
from mycelia.people.actions.writing import write_plan
from mycelia.people.calc.deactivation import Refusal, refusal
from mycelia.people.errors import DeactivationsUnconfirmed, MassDeactivation, PeopleFileRefused
from mycelia.people.events import PeopleImported
from mycelia.people.models import ImportRun
from mycelia.people.permissions import ImportPeople
from mycelia.people.queries.people_file import check_people_file
from mycelia.people.types import ChangeKind, ImportPlan, ImportResult


@transaction.atomic
def import_people(
    actor: Actor,
    content: bytes,
    full: bool = False,
    deactivate_confirmed: int | None = None,
    *,
    brake_released: bool = False,
    file_name: str = "people.csv",
    as_of: date | None = None,
) -> ImportResult:
    """Check a file and apply it, wholly or not at all.

    Args:
        actor: Who imports.
        content: The file.
        full: The file names everybody; whoever is missing is deactivated.
        deactivate_confirmed: How many people the sender expects to be deactivated; None is no confirmation.
        brake_released: The sender confirms that unusually many people leave at once.
        file_name: Under which name the import is remembered.
        as_of: The day on which rows without a date take effect; today when None.

    Raises:
        PermissionDenied: The actor is not a talent administrator of the whole company.
        ImportUnderWay: Another import is being written.
        PeopleFileRefused: The file has problems.
        DeactivationsUnconfirmed: The confirmed number is not the number of people who would be deactivated.
        MassDeactivation: The brake holds.
    """
    require(actor, ImportPeople())
    claim_directory()
    day = as_of or clock.today()
    plan = check_people_file(content, full, as_of=day)
    require_applicable(plan, confirmed=deactivate_confirmed, brake_released=brake_released)
    if plan.is_empty:
        return ImportResult(plan, None)
    run = _applied_run(
        actor,
        file_name=file_name[:255],
        file_digest=digest_of(content),
        file_bytes=len(content),
        full=full,
        as_of=day,
        confirmed_deactivations=deactivate_confirmed,
        brake_released=brake_released,
    )
    record_plan(run, plan)
    carry_out(actor, run, plan)
    return ImportResult(plan, run.pk)


def _applied_run(actor: Actor, **file: Any) -> ImportRun:
    moment = clock.now()
    return ImportRun.objects.create(
        state=ImportRun.State.APPLIED,
        uploaded_by_id=actor.person_id,
        applied_by_id=actor.person_id,
        uploaded_at=moment,
        state_since=moment,
        applied_at=moment,
        **file,
    )


def require_applicable(plan: ImportPlan, *, confirmed: int | None, brake_released: bool) -> None:
    """Refuse a plan with problems, or with deactivations that nobody has confirmed."""
    if plan.problems:
        raise PeopleFileRefused(plan)
    leaving = plan.count(ChangeKind.DEACTIVATED)
    require_confirmed(leaving, plan.employed, confirmed=confirmed, brake_released=brake_released)


def require_confirmed(leaving: int, employed: int, *, confirmed: int | None, brake_released: bool) -> None:
    """Refuse deactivations that nobody has confirmed."""
    match refusal(leaving, employed, confirmed=confirmed, brake_released=brake_released):
        case Refusal.UNCONFIRMED:
            raise DeactivationsUnconfirmed(deactivations=leaving, confirmed=confirmed)
        case Refusal.BRAKE:
            raise MassDeactivation(deactivations=leaving, employed=employed)


def carry_out(actor: Actor, run: ImportRun, plan: ImportPlan) -> None:
    """Write the plan, then say so in the audit log and to the apps above."""
    write_plan(plan, run.as_of)
    counts = {kind.value: plan.count(kind) for kind in ChangeKind}
    touched = counts["changed"] + counts["reactivated"]
    publish(PeopleImported(run.pk, counts["created"], touched, counts["deactivated"]))
    audit.record(
        actor=actor,
        action="people.import.apply",
        object_type="people.ImportRun",
        object_id=run.pk,
        details={"file": run.file_name, "sha256": run.file_digest, "full": run.full, "as_of": str(run.as_of), **counts},
    )


def digest_of(content: bytes) -> str:
    """Return the file's SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
