"""The JSON file that a case is exported to and restored from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from mycelia.business_case.types.document import CaseDocument

FORMAT: Literal["mycelia-case"] = "mycelia-case"
FORMAT_VERSION: Literal[1] = 1


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
class CaseFile:
    """Everything of a case: what was entered, its versions from the first on, and its comments."""

    format: Literal["mycelia-case"]
    format_version: Literal[1]
    case: CaseDocument
    versions: tuple[VersionRecord, ...] = ()
    comments: tuple[CommentRecord, ...] = ()
