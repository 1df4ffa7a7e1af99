"""What was entered, happened and was decided as CSV: a table for each part of the file of a case, all in an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from mycelia.business_case.exports.source import Exported
from mycelia.business_case.exports.tables import TABLES, Cell, written
from mycelia.business_case.types import (
    CommentRecord,
    Course,
    KpiDocument,
    LineKind,
    Performance,
    RestoredMark,
    WorkItem,
)
from mycelia.business_case.types.case_file import CloseRecord, EntryRecord, GateRecord, ReadingRecord
from mycelia.business_case.types.file_blueprint import BlueprintRecord, ElementRecord, LinkRecord, SystemRecord

Heads = tuple[str, ...]
ARCHIVE_TYPE = "application/zip"
MONTH_HEADS = ("column", "closed_by", "closed_at", "side", "name", "plan", "actual", "proof")
VERSION_HEADS = ("number", "title", "made_by", "made_at", "presented_by", "presented_at", "digest")
FINDING_HEADS = ("finding", "rule", "severity", "item_kind", "item", "decided_by", "decided_at")
MARK_HEADS = ("restored_by", "restored_at")
"""Who restored a record from a file, and when; empty for one that was made here."""
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest instant an archive can state; a fixed one, so that equal cases give equal archives."""


def _records(kind: type, rows: Iterable[object], *, before: Heads = (), after: Heads = ()) -> bytes:
    """Return a table with a column for each field; rows may come with cells to stand before and after them."""
    names = tuple(field.name for field in fields(kind))
    return written((*before, *names, *after), (_row(row, names) for row in rows))


def _row(row: Any, names: Heads) -> tuple[Cell, ...]:
    first, record, last = row if isinstance(row, tuple) else ((), row, ())
    return (*first, *(_cell(getattr(record, name)) for name in names), *last)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return int(value)
    if value is None or isinstance(value, Decimal | int | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple) and all(isinstance(each, str) for each in value):
        return " ".join(value)
    encoded: str = msgspec.json.encode(value).decode()
    return encoded


def _mark(marks: Mapping[Any, RestoredMark], key: object) -> tuple[Cell, ...]:
    mark = marks.get(key)
    return ("", "") if mark is None else (mark.name, mark.moment.isoformat())


def _blueprint(exported: Exported) -> BlueprintRecord:
    return exported.file.blueprint or BlueprintRecord()


def kpis_table(exported: Exported) -> bytes:
    """Return one row for each KPI, with its objective before it."""
    rows = (((one.key, one.title), kpi, ()) for one in exported.file.case.objectives for kpi in one.kpis)
    return _records(KpiDocument, rows, before=("objective", "objective_title"))


def work_items_table(exported: Exported) -> bytes:
    """Return one row for each work item; what has parts of its own is written as JSON."""
    return _records(WorkItem, exported.file.case.model.roadmap.items)


def readings_table(exported: Exported) -> bytes:
    """Return one row for each reading of a KPI."""
    return _records(ReadingRecord, exported.file.readings)


def bookings_table(exported: Exported) -> bytes:
    """Return one row for each booking, with the file it came from before it and the mark of that file after it."""
    marks = exported.marks.ledgers
    rows = (
        ((ledger.name,), entry, _mark(marks, (ledger.imported_at, ledger.name, ledger.digest)))
        for ledger in exported.file.ledgers
        for entry in ledger.entries
    )
    return _records(EntryRecord, rows, before=("file",), after=MARK_HEADS)


def months_table(exported: Exported) -> bytes:
    """Return one row for each closed month and each category or benefit line, as it stood at the close."""
    rows = (
        (*row, *_mark(exported.marks.closes, close.column))
        for close in exported.file.closes
        for row in _month_rows(close)
    )
    return written((*MONTH_HEADS, *MARK_HEADS), rows)


def gates_table(exported: Exported) -> bytes:
    """Return one row for each decision."""
    rows = (((), gate, _mark(exported.marks.gates, gate.number)) for gate in exported.file.gates)
    return _records(GateRecord, rows, after=MARK_HEADS)


def comments_table(exported: Exported) -> bytes:
    """Return one row for each comment; one that was resolved here has no mark on that."""
    marks = exported.marks
    keyed = (((one.item, one.written_at, one.text), one) for one in exported.file.comments)
    rows = (((), one, (*_mark(marks.comments, key), int(key in marks.resolutions))) for key, one in keyed)
    return _records(CommentRecord, rows, after=(*MARK_HEADS, "is_resolution_restored"))


def versions_table(exported: Exported) -> bytes:
    """Return one row for each version, without its snapshot; the mark is that of its presentation too."""
    rows = (
        _row(((), version, _mark(exported.marks.versions, version.number)), VERSION_HEADS)
        for version in exported.file.versions
    )
    return written((*VERSION_HEADS, *MARK_HEADS), rows)


def systems_table(exported: Exported) -> bytes:
    """Return one row for each system that the case is about."""
    return _records(SystemRecord, _blueprint(exported).systems)


def links_table(exported: Exported) -> bytes:
    """Return one row for each link between those systems."""
    return _records(LinkRecord, _blueprint(exported).links)


def content_models_table(exported: Exported) -> bytes:
    """Return one row for each part of a system in a content model."""
    models = _blueprint(exported).models
    rows = ((model.key, model.name, part.system, part.moment, part.part) for model in models for part in model.parts)
    return written(("model", "name", "system", "moment", "part"), rows)


def elements_table(exported: Exported) -> bytes:
    """Return one row for each of the six elements that the case is about."""
    return _records(ElementRecord, _blueprint(exported).elements)


def findings_table(exported: Exported) -> bytes:
    """Return one row for each finding that was accepted into the case."""
    rows = (
        (
            *(one.finding[name] for name in ("key", "rule", "severity")),
            *(one.item_kind, one.item, one.decided_by, one.decided_at.isoformat()),
            *_mark(exported.marks.findings, one.finding["key"]),
        )
        for one in _blueprint(exported).findings
    )
    return written((*FINDING_HEADS, *MARK_HEADS), rows)


RECORD_TABLES: dict[str, Callable[[Exported], bytes]] = {
    "kpis": kpis_table,
    "work-items": work_items_table,
    "readings": readings_table,
    "bookings": bookings_table,
    "months": months_table,
    "gates": gates_table,
    "comments": comments_table,
    "versions": versions_table,
    "systems": systems_table,
    "links": links_table,
    "content-models": content_models_table,
    "elements": elements_table,
    "findings": findings_table,
}


def table_of(exported: Exported, name: str) -> bytes:
    """Return one table by its name.

    Raises:
        KeyError: There is none of that name.
        CaseUnsound: A table of figures was asked for, and the case cannot be computed.
    """
    if name in TABLES:
        return TABLES[name](exported.dossier)
    return RECORD_TABLES[name](exported)


def archive(exported: Exported) -> bytes:
    """Return every table in one ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in (*TABLES, *RECORD_TABLES):
            packed.writestr(zipfile.ZipInfo(f"{name}.csv", _FIRST_DAY), table_of(exported, name))
    return out.getvalue()


def _month_rows(close: CloseRecord) -> Iterator[tuple[Cell, ...]]:
    picture = msgspec.convert(close.picture, Performance, strict=False)
    for side, courses in ((LineKind.COST, picture.costs), (LineKind.BENEFIT, picture.benefits)):
        for one in courses:
            yield (*_month_row(close, side, one), picture.proofs.get(one.name) if side is LineKind.BENEFIT else None)


def _month_row(close: CloseRecord, side: LineKind, one: Course) -> tuple[Cell, ...]:
    closed = (close.column, close.closed_by, close.closed_at.isoformat())
    return (*closed, side, one.name, one.plan[close.column], one.actual[close.column])
