"""A Gantt chart as positions in percent, drawn by the template as one SVG."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import formats as django_formats
from django.utils.translation import gettext as _

from mycelia.business_case.pages import formats
from mycelia.business_case.types import FinishDates, PlannedItem, Roadmap, Schedule, WorkItem

ROW_HEIGHT = 30
HEAD_HEIGHT = 26
WIDTH = 1000
LABEL_WIDTH = 270
LONGEST_LABEL = 30
MOST_TICKS = 8


@dataclass(frozen=True)
class Bar:
    """One item: where it lies, in units of the drawing; `late` is the width up to its 80th percentile."""

    label: str
    title: str
    y: int
    x: float
    width: float
    late: float
    is_milestone: bool
    is_critical: bool
    is_done: bool
    is_overdue: bool

    @property
    def end(self) -> float:
        """Return where the bar ends."""
        return round(self.x + self.width, 1)

    @property
    def middle(self) -> int:
        """Return the height of the bar's middle."""
        return self.y + ROW_HEIGHT // 2

    @property
    def diamond(self) -> str:
        """Return the points of a milestone's mark."""
        x, y, r = self.end, self.middle, 8
        return f"{x - r:.1f},{y} {x:.1f},{y - r} {x + r:.1f},{y} {x:.1f},{y + r}"


@dataclass(frozen=True)
class Gantt:
    """The whole drawing; every item's numbers stand in the list below it as well."""

    width: int
    height: int
    label_width: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    label: str


def gantt(roadmap: Roadmap, plan: Schedule, chances: Mapping[str, FinishDates], overdue: Collection[str] = ()) -> Gantt:
    """Return the drawing of a schedule that has at least one item; `overdue` are keys of items."""
    first = min(item.early_start for item in plan.items)
    ends = [item.early_finish for item in plan.items] + [chance.p80 for chance in chances.values()]
    last = max(ends) + timedelta(days=1)
    scale = (WIDTH - LABEL_WIDTH - 20) / max(1, (last - first).days)
    by_key = {item.key: item for item in roadmap.items}
    bars = tuple(
        replace(
            _bar(by_key[planned.key], planned, chances.get(planned.key), row, first, scale),
            is_overdue=planned.key in overdue,
        )
        for row, planned in enumerate(plan.items)
    )
    return Gantt(
        width=WIDTH,
        height=HEAD_HEIGHT + ROW_HEIGHT * len(bars),
        label_width=LABEL_WIDTH,
        bars=bars,
        ticks=tuple((round(LABEL_WIDTH + (day - first).days * scale, 1), _tick(day)) for day in _months(first, last)),
        label=_("Roadmap from %(first)s to %(last)s; every item is in the list below.")
        % {"first": formats.day(first), "last": formats.day(last)},
    )


def _bar(item: WorkItem, plan: PlannedItem, chance: FinishDates | None, row: int, first: date, scale: float) -> Bar:
    end = plan.early_finish if item.is_milestone else plan.early_finish + timedelta(days=1)
    x = round(LABEL_WIDTH + (plan.early_start - first).days * scale, 1)
    width = round(max(2.0, (end - plan.early_start).days * scale), 1)
    late = 0.0 if chance is None else round(max(0.0, (chance.p80 - plan.early_finish).days * scale), 1)
    label = item.title if len(item.title) <= LONGEST_LABEL else f"{item.title[: LONGEST_LABEL - 1]}…"
    y = HEAD_HEIGHT + row * ROW_HEIGHT
    is_done = item.finished_on is not None
    is_critical = plan.is_critical and not is_done
    return Bar(label, item.title, y, x, width, late, item.is_milestone, is_critical, is_done, is_overdue=False)


def _months(first: date, last: date) -> Iterator[date]:
    """Yield the first days of months, few enough that their names do not meet."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next((n for n in (1, 2, 3, 6, 12) if months / n <= MOST_TICKS), 12)
    number = first.year * 12 + first.month
    for month in range(number, number + months + 1):
        day = date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and first <= day < last:
            yield day


def _tick(day: date) -> str:
    return str(django_formats.date_format(day, "M Y"))
