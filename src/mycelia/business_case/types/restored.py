"""Which records of a case came from a file: what this installation knows of them, which no file tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class RestoredMark:
    """Who restored a record from a file, and when."""

    name: str
    moment: datetime


@dataclass(frozen=True)
class RestoredMarks:
    """The marks of a case; a record that was made here has none.

    Attributes:
        versions: By number; a presentation has the mark of its version.
        closes: By column.
        gates: By number.
        comments: By item, instant and words; `resolutions` are those of them that came resolved and are as they came.
        ledgers: By instant, name and digest of the file.
        findings: By key of the finding.
    """

    versions: Mapping[int, RestoredMark] = field(default_factory=dict)
    closes: Mapping[int, RestoredMark] = field(default_factory=dict)
    gates: Mapping[int, RestoredMark] = field(default_factory=dict)
    comments: Mapping[tuple[str, datetime, str], RestoredMark] = field(default_factory=dict)
    resolutions: Mapping[tuple[str, datetime, str], RestoredMark] = field(default_factory=dict)
    ledgers: Mapping[tuple[datetime, str, str], RestoredMark] = field(default_factory=dict)
    findings: Mapping[str, RestoredMark] = field(default_factory=dict)
