"""Asking for a document of a case, and making it in the background."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.db import transaction
from django.utils.translation import gettext_lazy

from mycelia.business_case.errors import DocumentUnknown
from mycelia.business_case.models import Case, Export
from mycelia.business_case.permissions import BRIEF_RULES, ReadCase
from mycelia.business_case.queries.exports import PRESENTED_BRIEFS, ExportSource, export_sources
from mycelia.business_case.types import Stakeholder, UnsoundModel
from mycelia.kernel import clock
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor, require

STALLED_AFTER = timedelta(minutes=5)
"""A worker that was killed is missed, and its job queued again, long before."""
TOLD_EVERY_SECONDS = 0.5
Queue = Callable[[Export], None]
Told = Callable[[float], None]
_FAULT = gettext_lazy("The work stopped at a fault; the server's log says which.")
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class MadeDocument:
    """The bytes of a document, and what they were made from."""

    content: bytes
    source: ExportSource


Write = Callable[[Case, str, Told], MadeDocument]


@transaction.atomic
def ask_export(*, actor: Actor, case: Case, file_name: str, queue: Queue) -> Export:
    """Have a document made in the background, and return its row to watch.

    Nothing is queued when it waits already, is being made from what the case is now, or is kept as it would be made.

    Args:
        actor: Reads the case.
        case: The case.
        file_name: Name of a document that is kept.
        queue: Queues the work in the running transaction.

    Raises:
        PermissionDenied: The actor may not read the case.
        DocumentUnknown: There is nothing to make it from: the case was never presented.
        QueueFull: Too much background work is waiting; nothing was queued.
    """
    require(actor, ReadCase(), case)
    return _asked(case, file_name, queue)


@transaction.atomic
def ask_presented_brief(*, actor: Actor, case: Case, reader: Stakeholder, queue: Queue) -> Export:
    """Have one stakeholder's brief of what was presented last made in the background; else as `ask_export`.

    Raises:
        PermissionDenied: The actor may not read that brief of the case.
        DocumentUnknown: The case was never presented.
        QueueFull: Too much background work is waiting; nothing was queued.
    """
    require(actor, BRIEF_RULES[reader], case)
    return _asked(case, PRESENTED_BRIEFS[reader], queue)


def _asked(case: Case, file_name: str, queue: Queue) -> Export:
    source = export_sources(case).of(file_name)
    if source is None:
        raise DocumentUnknown(case=case.slug, file=file_name)
    moment = clock.now()
    rows = Export.objects.defer("content").select_for_update()
    export, is_new = rows.get_or_create(
        case=case, file_name=file_name, defaults={"asked_at": moment, "told_at": moment}
    )
    if is_new or not _is_answered(export, source.digest):
        export.state, export.progress, export.failure = "waiting", 0.0, ""
        export.asked_at = export.told_at = moment
        export.save(update_fields=["state", "progress", "failure", "asked_at", "told_at"])
        queue(export)
    return export


def _is_answered(export: Export, digest: str) -> bool:
    """Return whether what was asked for is on its way or there."""
    if export.state == "waiting":
        return True
    if export.state == "running" and not is_stalled(export):
        return export.next_digest == digest
    return export.state == "done" and export.digest == digest


def is_stalled(export: Export) -> bool:
    """Return whether the work on a document has ended without a result, as when it kept killing its workers."""
    return export.state == "running" and clock.now() - export.told_at > STALLED_AFTER


def run_export(*, export_id: int, write: Write) -> None:
    """Make a document and keep it; nothing when that was done, or its case is gone.

    Run again after a crash it starts anew. Whatever goes wrong, the row says that it failed; what nobody foresaw is
    raised on, so that it is logged.
    """
    try:
        export = _begun(export_id)
    except Exception:
        _fail(export_id, _FAULT, states=("waiting", "running"))
        raise
    if export is None:
        return
    try:
        made = write(export.case, export.file_name, _Teller(export_id))
        _keep(export_id, made)
    except MyceliaError as refused:
        _fail(export_id, str(refused))
    except (UnsoundModel, KeyError, ValueError) as impossible:
        log.exception("export_impossible", export=export_id)
        _fail(export_id, str(impossible))
    except Exception:
        _fail(export_id, _FAULT)
        raise


@transaction.atomic
def _begun(export_id: int) -> Export | None:
    rows = Export.objects.defer("content").select_for_update(of=("self",)).select_related("case")
    export = rows.filter(pk=export_id, state__in=("waiting", "running")).first()
    if export is None:
        return None
    source = export_sources(export.case).of(export.file_name)
    export.state, export.progress, export.told_at = "running", 0.0, clock.now()
    export.next_digest = "" if source is None else source.digest
    export.save(update_fields=["state", "progress", "told_at", "next_digest"])
    return export


class _Teller:
    """Writes progress down, but not so often that writing takes the time."""

    def __init__(self, export_id: int) -> None:
        self._export_id, self._last = export_id, time.monotonic()

    def __call__(self, share: float) -> None:
        moment = time.monotonic()
        if moment - self._last >= TOLD_EVERY_SECONDS:
            self._last = moment
            under_way = Export.objects.filter(pk=self._export_id, state="running")
            under_way.update(progress=min(max(share, 0.0), 1.0), told_at=clock.now())


@transaction.atomic
def _keep(export_id: int, made: MadeDocument) -> None:
    """Keep the file; when it was asked for again meanwhile, because the case changed, it still waits to be made."""
    export = Export.objects.defer("content").select_for_update().filter(pk=export_id).first()
    if export is None:
        return
    export.content, export.content_bytes = made.content, len(made.content)
    export.digest, export.presentation_number = made.source.digest, made.source.presentation_number
    export.made_at = export.told_at = clock.now()
    if export.state == "running":
        export.state, export.progress = "done", 1.0
    export.save()


@transaction.atomic
def _fail(export_id: int, reason: object, states: tuple[str, ...] = ("running",)) -> None:
    under_way = Export.objects.filter(pk=export_id, state__in=states)
    under_way.update(state="failed", failure=str(reason)[:2000], told_at=clock.now())
