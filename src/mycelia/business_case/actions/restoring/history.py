"""Writing what happened to a case: versions, comments, readings, bookings, closed months and decisions."""

from __future__ import annotations

from datetime import UTC, datetime

from mycelia.business_case.models import (
    Case,
    Comment,
    Kpi,
    KpiReading,
    LedgerEntry,
    LedgerFile,
    MonthClose,
    Presentation,
    StageGate,
    Version,
)
from mycelia.business_case.types import CaseFile, VersionRecord
from mycelia.business_case.types.case_file import EntryRecord
from mycelia.kernel import clock

_BATCH = 2_000


def restore_history(case: Case, file: CaseFile) -> None:
    """Write all of it, under the names and instants that the file gives; who did what is kept as text."""
    presented = _write_versions(case, file)
    _write_comments(case, file)
    _write_readings(case, file)
    _write_ledgers(case, file)
    MonthClose.objects.bulk_create(
        MonthClose(
            case=case,
            column=close.column,
            closed_by_name=close.closed_by[:200],
            closed_at=_aware(close.closed_at),
            picture=close.picture,
        )
        for close in file.closes
    )
    StageGate.objects.bulk_create(
        StageGate(
            case=case,
            number=gate.number,
            decision=gate.decision,
            rationale=gate.rationale,
            presentation=presented[gate.version],
            decided_by_name=gate.decided_by[:200],
            decided_at=_aware(gate.decided_at),
        )
        for gate in file.gates
    )


def _write_versions(case: Case, file: CaseFile) -> dict[int, Presentation]:
    """Write the versions and return the presentations by the number of their version."""
    presented: dict[int, Presentation] = {}
    for record in sorted(file.versions, key=lambda version: version.number):
        version = Version.objects.create(
            case=case,
            number=record.number,
            title=record.title[:200],
            made_by_name=record.made_by[:200],
            made_at=_aware(record.made_at),
            snapshot=record.snapshot,
            digest=record.digest,
        )
        if record.presented_at is not None:
            presented[record.number] = _presentation(case, version, record, len(presented) + 1)
    return presented


def _presentation(case: Case, version: Version, record: VersionRecord, number: int) -> Presentation:
    return Presentation.objects.create(
        case=case,
        number=number,
        version=version,
        presented_by_name=record.presented_by[:200],
        presented_at=_aware(record.presented_at or clock.now()),
    )


def _write_comments(case: Case, file: CaseFile) -> None:
    Comment.objects.bulk_create(
        Comment(
            case=case,
            item=comment.item[:64],
            text=comment.text,
            written_by_name=comment.written_by[:200],
            written_at=_aware(comment.written_at),
            resolved_by_name=comment.resolved_by[:200] if comment.resolved_at else "",
            resolved_at=comment.resolved_at and _aware(comment.resolved_at),
        )
        for comment in file.comments
    )


def _write_readings(case: Case, file: CaseFile) -> None:
    kpis = dict(Kpi.objects.filter(case=case).values_list("key", "pk"))
    rows = (
        KpiReading(kpi_id=kpis[one.kpi], read_on=one.read_on, value=one.value, evidence=one.evidence)
        for one in file.readings
    )
    KpiReading.objects.bulk_create(rows, batch_size=_BATCH)


def _write_ledgers(case: Case, file: CaseFile) -> None:
    for record in file.ledgers:
        stored = LedgerFile.objects.create(
            case=case,
            name=record.name[:255],
            digest=record.digest[:64],
            imported_by_name=record.imported_by[:200],
            imported_at=_aware(record.imported_at),
        )
        rows = (_entry(case, stored, entry) for entry in record.entries)
        LedgerEntry.objects.bulk_create(rows, batch_size=_BATCH)


def _entry(case: Case, file: LedgerFile, entry: EntryRecord) -> LedgerEntry:
    return LedgerEntry(
        case=case,
        file=file,
        booked_on=entry.booked_on,
        amount=entry.amount,
        reference=entry.reference,
        kind=entry.kind,
        category=entry.category,
        item_key=entry.item,
        description=entry.description[:300],
        cost_centre=entry.cost_centre[:300],
    )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
