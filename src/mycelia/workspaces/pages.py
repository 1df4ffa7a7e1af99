"""The whole context of each workspace page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one thing to do now: what, why, how long and by when."""

    title: str
    place: str
    why: str
    remaining: str
    time: str
    due: str
    tone: str
    done_count: int
    total_count: int
    url: str
    action: str


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A further open course."""

    title: str
    url: str
    detail: str
    due: str
    tone: str


@dataclass(frozen=True, slots=True)
class DoneRow:
    """A completed course."""

    title: str
    url: str
    when: str


@dataclass(frozen=True, slots=True)
class SuggestedRow:
    """A course somebody might begin with."""

    title: str
    url: str
    summary: str
    time: str


@dataclass(frozen=True, slots=True)
class StuckRow:
    """A report a manager should have a word with."""

    name: str
    url: str
    detail: str
    tone: str


@dataclass(frozen=True, slots=True)
class TeamGlance:
    """A manager's team in one sentence and the few who need a word."""

    summary: str
    url: str
    stuck: tuple[StuckRow, ...]


@dataclass(frozen=True, slots=True)
class DeskEntry:
    """Where a role's own work begins."""

    title: str
    detail: str
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class HomePage:
    """The page at `/`."""

    title: str
    lead: str
    next: NextStep | None
    waiting: tuple[WaitingRow, ...]
    waiting_more: int
    done: tuple[DoneRow, ...]
    done_more: int
    suggestions: tuple[SuggestedRow, ...]
    is_newcomer: bool
    team: TeamGlance | None
    desk: tuple[DeskEntry, ...]


@dataclass(frozen=True, slots=True)
class TeamRow:
    """A report with their learning in numbers, as shown."""

    name: str
    url: str
    position: str
    standing: str
    tone: str
    waiting_for: str
    open_count: int
    overdue_count: int
    completed_count: int
    due: str
    last_activity: str


@dataclass(frozen=True, slots=True)
class SortChoice:
    """A column heading that sorts; `direction` is "ascending", "descending" or empty."""

    label: str
    url: str
    direction: str
    numeric: bool


@dataclass(frozen=True, slots=True)
class TeamPage:
    """`/talent/team/`. `filters` are label, address and whether it is the current one."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    filters: tuple[tuple[str, str, bool], ...]
    columns: tuple[SortChoice, ...]
    rows: tuple[TeamRow, ...]
    paging: Any
    query: str
    is_filtered: bool
    has_reports: bool
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class MemberPage:
    """`/talent/team/<person>/`: one report's courses."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    person_url: str
    waiting: tuple[WaitingRow, ...]
    done: tuple[DoneRow, ...]
    done_more: int
    is_synthetic: bool
