"""A people file's way through the pages: upload, check, apply, discard."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.tasks import Task

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.errors import Conflict, MyceliaError
from mycelia.kernel.policy import Actor, require
from mycelia.kernel.tasks import defer
from mycelia.people.actions.lock import claim_directory
from mycelia.people.actions.people_file import carry_out, digest_of, require_applicable, require_confirmed
from mycelia.people.actions.plan_record import forget_plan, record_plan
from mycelia.people.calc.columns import MAXIMUM_BYTES
from mycelia.people.errors import DirectoryChanged, ImportUnderWay, PeopleFileTooLarge, WrongImportState
from mycelia.people.models import ImportRun, ImportState
from mycelia.people.permissions import ImportPeople
from mycelia.people.queries.people_file import check_people_file

log = structlog.get_logger(__name__)
STALLED_AFTER = timedelta(minutes=10)
_Job = Task[Any, Any, Any]


@transaction.atomic
def upload_people_file(*, actor: Actor, content: bytes, file_name: str, full: bool, job: _Job) -> ImportRun:
    """Keep a file and queue its check; when the queue is full neither is kept.

    Raises:
        PermissionDenied: The actor is not a talent administrator of the whole company.
        PeopleFileTooLarge: The file is over the limit.
        QueueFull: Too much background work is waiting.
    """
    require(actor, ImportPeople())
    if len(content) > MAXIMUM_BYTES:
        raise PeopleFileTooLarge(bytes=len(content))
    moment = clock.now()
    run = ImportRun.objects.create(
        file_name=file_name[:255],
        file_digest=digest_of(content),
        file_bytes=len(content),
        content=content,
        full=full,
        as_of=clock.today(),
        uploaded_by_id=actor.person_id,
        uploaded_at=moment,
        state_since=moment,
    )
    defer(job, run_id=run.pk)
    return run


@transaction.atomic
def request_check(*, actor: Actor, run_id: int, job: _Job) -> ImportRun:
    """Queue another check of a file that is kept, as of today.

    Raises:
        WrongImportState: The import is being worked on, applied or discarded.
        QueueFull: Too much background work is waiting.
    """
    require(actor, ImportPeople())
    run = _held(run_id)
    if run.state not in {ImportState.CHECKED, ImportState.FAILED} and not is_stalled(run):
        raise WrongImportState(state=run.state)
    forget_plan(run)
    run.as_of, run.failure, run.plan_digest = clock.today(), "", ""
    _enter(run, ImportState.UPLOADED)
    defer(job, run_id=run.pk)
    return run


@transaction.atomic
def request_application(
    *, actor: Actor, run_id: int, confirmed_deactivations: int | None, brake_released: bool, job: _Job
) -> ImportRun:
    """Queue the application of a checked file with what its reviewer has confirmed.

    Raises:
        WrongImportState: The file is not checked, has problems, or changes nothing.
        DeactivationsUnconfirmed, MassDeactivation: People are missing and that is not confirmed.
        QueueFull: Too much background work is waiting.
    """
    require(actor, ImportPeople())
    run = _held(run_id)
    if run.state != ImportState.CHECKED or run.problem_count or not changes_anything(run):
        raise WrongImportState(state=run.state)
    require_confirmed(run.deactivated, run.employed, confirmed=confirmed_deactivations, brake_released=brake_released)
    run.failure = ""
    run.confirmed_deactivations, run.brake_released = confirmed_deactivations, brake_released
    run.applied_by_id = actor.person_id
    _enter(run, ImportState.APPLYING)
    defer(job, run_id=run.pk)
    return run


@transaction.atomic
def discard_import(*, actor: Actor, run_id: int) -> ImportRun:
    """Drop a file that was not applied, with its plan; that it was sent stays on record.

    Raises:
        WrongImportState: The import is being worked on, or was applied.
    """
    require(actor, ImportPeople())
    run = _held(run_id)
    resting = {ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED}
    if run.state not in resting and not is_stalled(run):
        raise WrongImportState(state=run.state)
    forget_plan(run)
    run.content = None
    _enter(run, ImportState.DISCARDED)
    audit.record(
        actor=actor,
        action="people.import.discard",
        object_type="people.ImportRun",
        object_id=run.pk,
        details={"file": run.file_name, "sha256": run.file_digest},
    )
    return run


def check_run(run_id: int) -> None:
    """Check a waiting file and keep the plan; a second run of the same job finds nothing to do."""
    with transaction.atomic():
        run = _held(run_id)
        if run.state not in {ImportState.UPLOADED, ImportState.CHECKING}:
            return
        _enter(run, ImportState.CHECKING)
    try:
        plan = check_people_file(bytes(run.content or b""), run.full, as_of=run.as_of)
        with transaction.atomic():
            run = _held(run_id)
            if run.state == ImportState.CHECKING:
                record_plan(run, plan)
                _enter(run, ImportState.CHECKED)
    except Exception as error:
        _fail(run_id, error)


def apply_run(run_id: int) -> None:
    """Apply a file as it was reviewed, wholly or not at all; a second run of the same job finds nothing to do."""
    try:
        with transaction.atomic():
            run = _held(run_id)
            if run.state == ImportState.APPLYING:
                _apply(run)
    except Exception as error:
        _fail(run_id, error)


def is_stalled(run: ImportRun) -> bool:
    """Return whether the work on an import has ended without a result, as when a worker is killed."""
    waiting = {ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING}
    return run.state in waiting and clock.now() - run.state_since > STALLED_AFTER


def changes_anything(run: ImportRun) -> bool:
    """Return whether applying the import would write something."""
    return bool(run.created or run.changed or run.reactivated or run.deactivated or run.additions)


def _apply(run: ImportRun) -> None:
    claim_directory()
    plan = check_people_file(bytes(run.content or b""), run.full, as_of=run.as_of)
    if plan.digest != run.plan_digest:
        raise DirectoryChanged
    require_applicable(plan, confirmed=run.confirmed_deactivations, brake_released=run.brake_released)
    run.content, run.applied_at = None, clock.now()
    _enter(run, ImportState.APPLIED)
    carry_out(Actor(run.applied_by_id, str(run.applied_by or ""), ()), run, plan)


def _held(run_id: int) -> ImportRun:
    """Return the import, held until the transaction ends; whoever holds it already is not waited for."""
    run = _free(run_id)
    if run is None:
        raise ImportUnderWay(run=run_id)
    return run


def _free(run_id: int) -> ImportRun | None:
    # The content may be large, so it is read only by those who need it and never written back.
    runs = ImportRun.objects.defer("content").select_for_update(skip_locked=True)
    return runs.filter(pk=run_id).first()


def _enter(run: ImportRun, state: ImportState) -> None:
    run.state, run.state_since = state, clock.now()
    run.save()


def _fail(run_id: int, error: Exception) -> None:
    """Keep why the work failed; an import that is under way is put back to where it may be tried again."""
    if not isinstance(error, MyceliaError):
        log.exception("people_import_failed", run_id=run_id)
    unexpected = _("Something unexpected stopped the work. Nothing was changed. The log has the details.")
    with transaction.atomic():
        run = _free(run_id)
        if run is None:
            return
        run.failure = str(error) if isinstance(error, MyceliaError) else unexpected
        checked = isinstance(error, Conflict) and not isinstance(error, DirectoryChanged)
        _enter(run, ImportState.CHECKED if checked else ImportState.FAILED)
