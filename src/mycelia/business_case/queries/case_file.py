"""Everything of a case as the file it is exported to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from mycelia.business_case.models import (
    Case,
    Comment,
    KpiReading,
    LedgerEntry,
    LedgerFile,
    MonthClose,
    StageGate,
    Version,
)
from mycelia.business_case.queries.document import stored_document
from mycelia.business_case.queries.file_blueprint import blueprint_record
from mycelia.business_case.types import CaseDocument, CaseFile, CommentRecord, GateDecision, LineKind, VersionRecord
from mycelia.business_case.types.case_file import (
    FORMAT,
    FORMAT_VERSION,
    CloseRecord,
    EntryRecord,
    GateRecord,
    LedgerRecord,
    ReadingRecord,
)

_CHUNK = 2_000


def case_file(case: Case) -> CaseFile:
    """Return everything that was entered for a case, happened to it and was decided about it.

    In a fixed number of queries. Nothing is in it that a reader of the case may not see; links to versions stay out,
    since who holds one may open it.
    """
    versions = Version.objects.filter(case=case).select_related("presentation").order_by("number")
    comments = Comment.objects.filter(case=case).order_by("written_at", "pk")
    return CaseFile(
        format=FORMAT,
        format_version=FORMAT_VERSION,
        case=_as_entered(stored_document(case)),
        versions=tuple(_version(version) for version in versions),
        comments=tuple(_comment(comment) for comment in comments),
        readings=tuple(_readings(case)),
        ledgers=tuple(_ledgers(case)),
        closes=tuple(_close(close) for close in MonthClose.objects.filter(case=case).order_by("column")),
        gates=tuple(_gates(case)),
        blueprint=blueprint_record(case),
    )


def _as_entered(document: CaseDocument) -> CaseDocument:
    """Return a document without the day on which it is told, which nobody entered: frozen versions keep theirs."""
    roadmap = replace(document.model.roadmap, as_of=None)
    return replace(document, model=replace(document.model, roadmap=roadmap))


def _version(version: Version) -> VersionRecord:
    presentation = getattr(version, "presentation", None)
    return VersionRecord(
        number=version.number,
        title=version.title,
        made_by=version.made_by_name,
        made_at=version.made_at,
        digest=version.digest,
        snapshot=version.snapshot,
        presented_by=presentation.presented_by_name if presentation else "",
        presented_at=presentation.presented_at if presentation else None,
    )


def _comment(comment: Comment) -> CommentRecord:
    return CommentRecord(
        item=comment.item,
        text=comment.text,
        written_by=comment.written_by_name,
        written_at=comment.written_at,
        resolved_by=comment.resolved_by_name,
        resolved_at=comment.resolved_at,
    )


def _readings(case: Case) -> Iterator[ReadingRecord]:
    rows = KpiReading.objects.filter(kpi__case=case).order_by("kpi__position", "kpi__key", "read_on")
    for key, read_on, value, evidence in rows.values_list("kpi__key", "read_on", "value", "evidence"):
        yield ReadingRecord(key, read_on, value, evidence)


def _ledgers(case: Case) -> Iterator[LedgerRecord]:
    entries: dict[int, list[EntryRecord]] = defaultdict(list)
    for entry in LedgerEntry.objects.filter(case=case).order_by("booked_on", "pk").iterator(chunk_size=_CHUNK):
        entries[entry.file_id].append(_entry(entry))
    for file in LedgerFile.objects.filter(case=case).order_by("imported_at", "pk"):
        yield LedgerRecord(file.name, file.digest, file.imported_by_name, file.imported_at, tuple(entries[file.pk]))


def _entry(entry: LedgerEntry) -> EntryRecord:
    return EntryRecord(
        booked_on=entry.booked_on,
        amount=entry.amount,
        reference=entry.reference,
        kind=LineKind(entry.kind),
        category=entry.category,
        item=entry.item_key,
        description=entry.description,
        cost_centre=entry.cost_centre,
    )


def _close(close: MonthClose) -> CloseRecord:
    return CloseRecord(close.column, close.closed_by_name, close.closed_at, close.picture)


def _gates(case: Case) -> Iterator[GateRecord]:
    gates = StageGate.objects.filter(case=case).select_related("presentation__version").order_by("number")
    for gate in gates.defer("presentation__version__snapshot"):
        yield GateRecord(
            number=gate.number,
            decision=GateDecision(gate.decision),
            rationale=gate.rationale,
            version=gate.presentation.version.number,
            decided_by=gate.decided_by_name,
            decided_at=gate.decided_at,
        )
