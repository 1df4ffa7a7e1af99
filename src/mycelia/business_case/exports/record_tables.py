"""What was entered, happened and was decided as CSV: a table for each part of the file of a case, all in an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import msgspec

from mycelia.business_case.exports.source import Exported
from mycelia.business_case.exports.tables import TABLES, Cell, written
from mycelia.business_case.types import (
    CaseFile,
    CommentRecord,
    Course,
    KpiDocument,
    LineKind,
    Performance,
    WorkItem,
)
from mycelia.business_case.types.case_file import CloseRecord, EntryRecord, GateRecord, ReadingRecord
from mycelia.business_case.types.file_blueprint import ElementRecord, LinkRecord, SystemRecord

ARCHIVE_TYPE = "application/zip"
MONTH_HEADS = ("column", "closed_by", "closed_at", "side", "name", "plan", "actual", "proof")
VERSION_HEADS = ("number", "title", "made_by", "made_at", "presented_by", "presented_at", "digest")
FINDING_HEADS = ("finding", "rule", "severity", "item_kind", "item", "decided_by", "decided_at")
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The earliest instant an archive can state; a fixed one, so that equal cases give equal archives."""


def _records(kind: type, rows: Iterable[object], *before: str) -> bytes:
    """Return a table with a column for each field; rows may come in pairs with cells to stand before them."""
    names = tuple(field.name for field in fields(kind))
    return written((*before, *names), (_row(row, names) for row in rows))


def _row(row: Any, names: tuple[str, ...]) -> tuple[Cell, ...]:
    first, record = row if isinstance(row, tuple) else ((), row)
    return (*first, *(_cell(getattr(record, name)) for name in names))


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


def kpis_table(file: CaseFile) -> bytes:
    """Return one row for each KPI, with its objective before it."""
    rows = (((one.key, one.title), kpi) for one in file.case.objectives for kpi in one.kpis)
    return _records(KpiDocument, rows, "objective", "objective_title")


def work_items_table(file: CaseFile) -> bytes:
    """Return one row for each work item; what has parts of its own is written as JSON."""
    return _records(WorkItem, file.case.model.roadmap.items)


def readings_table(file: CaseFile) -> bytes:
    """Return one row for each reading of a KPI."""
    return _records(ReadingRecord, file.readings)


def bookings_table(file: CaseFile) -> bytes:
    """Return one row for each booking, with the file it came from before it."""
    rows = (((ledger.name,), entry) for ledger in file.ledgers for entry in ledger.entries)
    return _records(EntryRecord, rows, "file")


def months_table(file: CaseFile) -> bytes:
    """Return one row for each closed month and each category or benefit line, as it stood at the close."""
    return written(MONTH_HEADS, (row for close in file.closes for row in _month_rows(close)))


def gates_table(file: CaseFile) -> bytes:
    """Return one row for each decision."""
    return _records(GateRecord, file.gates)


def comments_table(file: CaseFile) -> bytes:
    """Return one row for each comment."""
    return _records(CommentRecord, file.comments)


def versions_table(file: CaseFile) -> bytes:
    """Return one row for each version, without its snapshot."""
    rows = (tuple(_cell(getattr(version, name)) for name in VERSION_HEADS) for version in file.versions)
    return written(VERSION_HEADS, rows)


def systems_table(file: CaseFile) -> bytes:
    """Return one row for each system that the case is about."""
    return _records(SystemRecord, file.blueprint.systems if file.blueprint else ())


def links_table(file: CaseFile) -> bytes:
    """Return one row for each link between those systems."""
    return _records(LinkRecord, file.blueprint.links if file.blueprint else ())


def content_models_table(file: CaseFile) -> bytes:
    """Return one row for each part of a system in a content model."""
    models = file.blueprint.models if file.blueprint else ()
    rows = ((model.key, model.name, part.system, part.moment, part.part) for model in models for part in model.parts)
    return written(("model", "name", "system", "moment", "part"), rows)


def elements_table(file: CaseFile) -> bytes:
    """Return one row for each of the six elements that the case is about."""
    return _records(ElementRecord, file.blueprint.elements if file.blueprint else ())


def findings_table(file: CaseFile) -> bytes:
    """Return one row for each finding that was accepted into the case."""
    rows = (
        (
            *(one.finding[name] for name in ("key", "rule", "severity")),
            *(one.item_kind, one.item, one.decided_by, one.decided_at.isoformat()),
        )
        for one in (file.blueprint.findings if file.blueprint else ())
    )
    return written(FINDING_HEADS, rows)


RECORD_TABLES: dict[str, Callable[[CaseFile], bytes]] = {
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
    return RECORD_TABLES[name](exported.file)


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
