"""The JSON file that a case is exported to and restored from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from mycelia.business_case.types.document import CaseDocument
from mycelia.business_case.types.file_blueprint import BlueprintRecord
from mycelia.business_case.types.performance import GateDecision
from mycelia.business_case.types.vocabulary import LineKind

FORMAT: Literal["mycelia-case"] = "mycelia-case"
FORMAT_VERSION: Literal[2] = 2


@dataclass(frozen=True)
class VersionRecord:
    """A frozen version in a file; `presented_by` is empty for one that was not presented."""

    number: int
    title: str
    made_by: str
    made_at: datetime
    digest: str
    snapshot: dict[str, Any]
    presented_by: str = ""
    presented_at: datetime | None = None


@dataclass(frozen=True)
class CommentRecord:
    """A comment on an item in a file."""

    item: str
    text: str
    written_by: str
    written_at: datetime
    resolved_by: str = ""
    resolved_at: datetime | None = None


@dataclass(frozen=True)
class ReadingRecord:
    """One value of a KPI, by the KPI's key."""

    kpi: str
    read_on: date
    value: Decimal
    evidence: str


@dataclass(frozen=True)
class EntryRecord:
    """One booking; meanings as in `Booking`, `item` is empty where it names no line."""

    booked_on: date
    amount: Decimal
    reference: str
    kind: LineKind = LineKind.COST
    category: str = ""
    item: str = ""
    description: str = ""
    cost_centre: str = ""


@dataclass(frozen=True)
class LedgerRecord:
    """A ledger file that was booked, with what it booked; `digest` is that of the file as it was sent."""

    name: str
    digest: str
    imported_by: str
    imported_at: datetime
    entries: tuple[EntryRecord, ...] = ()


@dataclass(frozen=True)
class CloseRecord:
    """A closed month; `picture` is the `Performance` as it stood then."""

    column: int
    closed_by: str
    closed_at: datetime
    picture: dict[str, Any]


@dataclass(frozen=True)
class GateRecord:
    """A decision at a stage gate; `version` is the number of the presented version it was made on."""

    number: int
    decision: GateDecision
    rationale: str
    version: int
    decided_by: str
    decided_at: datetime


@dataclass(frozen=True)
class CaseFile:
    """Everything of a case: what was entered, what happened, and how it was decided.

    Format 1 ended with the comments; a file in it is read as one without what came after.

    Attributes:
        versions: From the first on.
        readings: By KPI, the oldest first.
        ledgers: In the order in which they were booked.
        closes: From column 0 on.
        blueprint: The part of the blueprint that the case refers to; None when it refers to none.
    """

    format: Literal["mycelia-case"]
    format_version: Literal[1, 2]
    case: CaseDocument
    versions: tuple[VersionRecord, ...] = ()
    comments: tuple[CommentRecord, ...] = ()
    readings: tuple[ReadingRecord, ...] = ()
    ledgers: tuple[LedgerRecord, ...] = ()
    closes: tuple[CloseRecord, ...] = ()
    gates: tuple[GateRecord, ...] = ()
    blueprint: BlueprintRecord | None = None


@dataclass(frozen=True)
class FileFault:
    """One thing wrong with a file; `place` is a line, or the path of the value at fault."""

    place: str
    reason: str
