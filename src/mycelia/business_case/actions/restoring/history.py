"""Writing what happened to a case: versions, comments, readings, bookings, closed months and decisions."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

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
from mycelia.business_case.types import CaseFile
from mycelia.business_case.types.case_file import EntryRecord
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor

_BATCH = 2_000
_AUDITED = 100
"""How many records of a kind the audit log names of a file."""


def restore_history(actor: Actor, case: Case, file: CaseFile) -> dict[str, Any]:
    """Write all of it, under the names and instants that the file gives, which prove nothing here: each says so.

    Returns:
        What the file claims to have been said, booked, presented, closed and decided, for the audit log.
    """
    mark = restored_mark(actor)
    presented = _write_versions(case, file, mark)
    _write_comments(case, file, mark)
    _write_readings(case, file)
    _write_ledgers(case, file, mark)
    _write_closes(case, file, mark)
    _write_gates(case, file, presented, mark)
    return _claimed(file)


def restored_mark(actor: Actor) -> dict[str, Any]:
    """Return what every record that a file tells of says of where it comes from."""
    return {
        "restored_at": clock.now(),
        "restored_by_id": actor.person_id,
        "restored_by_name": actor.label[:200],
    }


def _claimed(file: CaseFile) -> dict[str, Any]:
    presentations = [
        {"version": one.number, "presented_by": one.presented_by[:200], "presented_at": _aware(one.presented_at)}
        for one in file.versions
        if one.presented_at is not None
    ]
    gates = [
        {"gate": one.number, "decision": one.decision, "decided_by": one.decided_by[:200], "decided_at": one.decided_at}
        for one in file.gates
    ]
    comments = [{"written_by": one.written_by[:200], "written_at": one.written_at} for one in file.comments]
    ledgers = [
        {"file": one.name[:255], "imported_by": one.imported_by[:200], "bookings": len(one.entries)}
        for one in file.ledgers
    ]
    findings = [
        {"finding": one.finding["key"], "decided_by": one.decided_by[:200], "decided_at": one.decided_at}
        for one in (file.blueprint.findings if file.blueprint else ())
    ]
    return {
        "versions": len(file.versions),
        "presentations": _told(presentations),
        "months": len(file.closes),
        "gates": _told(gates),
        "comments": _told(comments),
        "ledgers": _told(ledgers),
        "findings": _told(findings),
    }


def _told(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return records as the audit log takes them."""
    return [{name: str(value) for name, value in one.items()} for one in records[:_AUDITED]]


def _write_closes(case: Case, file: CaseFile, mark: dict[str, Any]) -> None:
    MonthClose.objects.bulk_create(
        MonthClose(
            case=case,
            column=close.column,
            closed_by_name=close.closed_by[:200],
            closed_at=_aware(close.closed_at),
            picture=close.picture,
            **mark,
        )
        for close in file.closes
    )


def _write_gates(case: Case, file: CaseFile, presented: dict[int, Presentation], mark: dict[str, Any]) -> None:
    StageGate.objects.bulk_create(
        StageGate(
            case=case,
            number=gate.number,
            decision=gate.decision,
            rationale=gate.rationale,
            presentation=presented[gate.version],
            decided_by_name=gate.decided_by[:200],
            decided_at=_aware(gate.decided_at),
            **mark,
        )
        for gate in file.gates
    )


def _write_versions(case: Case, file: CaseFile, mark: dict[str, Any]) -> dict[int, Presentation]:
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
            **mark,
        )
        if record.presented_at is not None:
            presented[record.number] = Presentation.objects.create(
                case=case,
                number=len(presented) + 1,
                version=version,
                presented_by_name=record.presented_by[:200],
                presented_at=_aware(record.presented_at),
                **_subject(record.snapshot),
                **mark,
            )
    return presented


def _subject(snapshot: dict[str, Any]) -> dict[str, Any]:
    """Return what a presentation from a file was called and about: in words, for here it is about no unit."""
    unit = (snapshot.get("document") or {}).get("unit", snapshot.get("unit_name"))
    return {"case_name": str(snapshot.get("name", ""))[:200], "unit_text": str(unit or "")[:300]}


def _write_comments(case: Case, file: CaseFile, mark: dict[str, Any]) -> None:
    Comment.objects.bulk_create(
        Comment(
            case=case,
            item=comment.item[:64],
            text=comment.text,
            written_by_name=comment.written_by[:200],
            written_at=_aware(comment.written_at),
            resolved_by_name=comment.resolved_by[:200] if comment.resolved_at else "",
            resolved_at=comment.resolved_at and _aware(comment.resolved_at),
            **mark,
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


def _write_ledgers(case: Case, file: CaseFile, mark: dict[str, Any]) -> None:
    for record in file.ledgers:
        stored = LedgerFile.objects.create(
            case=case,
            name=record.name[:255],
            digest=record.digest[:64],
            imported_by_name=record.imported_by[:200],
            imported_at=_aware(record.imported_at),
            **mark,
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
