"""The sheet of the roadmap: when each work item is finished, and so when lines that wait for it begin.

A point is the day at whose beginning work may begin or has ended: work that ends on a Friday ends at the point
Saturday. The formulas are those of the critical path method, forwards, in whole days.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from mycelia.business_case.calc.network import in_order, items_of
from mycelia.business_case.calc.timeline import column_of
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.workbook.book import Book, Sheet, serial_of
from mycelia.business_case.exports.workbook.inputs import Inputs
from mycelia.business_case.exports.workbook.terms import Term, choice, greatest, lift
from mycelia.business_case.types import CalendarKind, CaseModel, Option, WorkItem

CALENDAR_ROW, FIRST_ROW = 3, 8
OWNER, DAYS, FLOOR, READY, ENDS, FINISH, COLUMN, FINISHED = range(2, 10)


def write_roadmap(book: Book, dossier: Dossier, inputs: Inputs) -> dict[str, dict[str, Term]]:
    """Write the sheet and return, by option, the column of the calculation in which each item finishes, by its key.

    Options have a block each, because items of one option may hold up others of it.
    """
    model = dossier.model
    if not model.roadmap.items:
        return {option.key: {} for option in model.options}
    sheet = book.sheet(_("Roadmap"), widths={"A:A": 40, "B:B": 22, "C:C": 20, "D:J": 13})
    sheet.text(0, 0, _("Roadmap"), "title")
    sheet.text(1, 0, _("When everything takes the time of the chosen scenario; days are whole."), "note")
    calendar = _write_calendar(sheet, model, inputs)
    row = FIRST_ROW
    found = {}
    for option in model.options:
        writer = _Writer(sheet, model, inputs.of_option(option.key), calendar, row + 2)
        sheet.text(row, 0, _("Option: %s") % dossier.option_name(option), "subtitle")
        found[option.key] = writer.block(option)
        row += len(found[option.key]) + 4
    return found


@dataclass(frozen=True)
class Calendar:
    """The days that are worked, as cells and as they are.

    Attributes:
        as_of: The day before which nothing open can have finished; None where it does not matter.
        weekend: Seven digits, Monday first, 1 for a day that is not worked.
        holidays: Range of the holidays; empty for none.
    """

    begin: Term
    as_of: Term | None
    start: Term
    weekend: str
    holidays: str
    free: frozenset[int]
    free_weekdays: frozenset[int]

    def after(self, point: Term, count: Term, kind: CalendarKind) -> Term:
        """Return the point at which so many days have passed; the point itself for 0."""
        if kind is CalendarKind.ELAPSED:
            return point + count
        more = Term(self._workday(f"{point.text}-1", count.text) + "+1", self._counted(point.value, count.value), 2)
        less = Term(self._workday(point.text, count.text), more.value)
        return choice(count.above(0), more, choice(lift(0).above(count), less, point))

    def _workday(self, point: str, count: str) -> str:
        holidays = f",{self.holidays}" if self.holidays else ""
        return f'WORKDAY.INTL({point},{count},"{self.weekend}"{holidays})'

    def _counted(self, point: float, count: float) -> float:
        """Return the value of `after` in working days."""
        day, left, step = int(point), abs(int(count)), 1 if count > 0 else -1
        while left:
            if step < 0:
                day -= 1
            left -= self._is_worked(day)
            if step > 0:
                day += 1
        return float(day)

    def _is_worked(self, day: int) -> bool:
        return day not in self.free and (day - 2) % 7 not in self.free_weekdays


def _write_calendar(sheet: Sheet, model: CaseModel, inputs: Inputs) -> Calendar:
    roadmap = model.roadmap
    sheet.text(CALENDAR_ROW, 0, _("Work may begin on"))
    begin = _write_begin(sheet, roadmap.start, inputs)
    as_of = None
    if roadmap.as_of is not None:
        sheet.text(CALENDAR_ROW, 2, _("What is not finished ends on this day at the earliest"), "note")
        as_of = sheet.day(CALENDAR_ROW, DAYS, roadmap.as_of, "day_entry")
    worked = set(roadmap.working_weekdays)
    weekend = "".join("0" if day in worked else "1" for day in range(7))
    sheet.text(CALENDAR_ROW + 1, 0, _("Days not worked, Monday first: 1"))
    sheet.text(CALENDAR_ROW + 1, 1, weekend, "note")
    holidays = ""
    if roadmap.holidays:
        sheet.text(CALENDAR_ROW + 2, 0, _("Holidays"))
        for offset, day in enumerate(roadmap.holidays):
            sheet.day(CALENDAR_ROW + 2, 1 + offset, day, "day_entry")
        holidays = xl_range_abs(CALENDAR_ROW + 2, 1, CALENDAR_ROW + 2, len(roadmap.holidays))
    return Calendar(
        begin=begin,
        as_of=as_of,
        start=inputs.terms["start_date"],
        weekend=weekend,
        holidays=holidays,
        free=frozenset(int(serial_of(day)) for day in roadmap.holidays),
        free_weekdays=frozenset(range(7)) - worked,
    )


def _write_begin(sheet: Sheet, begin: date | None, inputs: Inputs) -> Term:
    """Write when work may begin: on a day of its own, or when the case does, so that it moves with the case."""
    if begin is not None:
        return sheet.day(CALENDAR_ROW, 1, begin, "day_entry")
    return sheet.formula(CALENDAR_ROW, 1, inputs.terms["start_date"], "date")


@dataclass(frozen=True)
class _Point:
    """Where an item ends, as a point and as a day."""

    ends: Term
    column: Term


@dataclass(frozen=True)
class _Writer:
    sheet: Sheet
    model: CaseModel
    in_use: Mapping[str, Term]
    calendar: Calendar
    first: int

    def block(self, option: Option) -> dict[str, Term]:
        """Write the items that an option consists of, in the order they were written."""
        items = items_of(self.model.roadmap.items, option.key)
        heads = (
            *(_("Item"), _("Waits for"), _("Owner"), _("Days"), _("Not before"), _("May begin")),
            *(_("Ends before"), _("Finished on"), _("Column"), _("Really finished on")),
        )
        self.sheet.heads(self.first - 1, heads)
        rows = {item.key: self.first + offset for offset, item in enumerate(items)}
        points: dict[str, _Point] = {}
        for item in in_order(items):
            points[item.key] = self._item(rows[item.key], item, points)
        return {key: point.column for key, point in points.items()}

    def _item(self, row: int, item: WorkItem, points: Mapping[str, _Point]) -> _Point:
        titles = {other.key: other.title for other in self.model.roadmap.items}
        needs = [need for need in item.depends_on if need.key in points]
        self.sheet.text(row, 0, item.title)
        self.sheet.text(row, 1, ", ".join(titles[need.key] for need in needs), "note")
        self.sheet.text(row, OWNER, item.owner, "note")
        days = self._write(row, DAYS, self._days(item), "whole")
        floor = self._write(row, FLOOR, self._floor(item, days), "date")
        arrivals = [self.calendar.after(points[n.key].ends, lift(n.lag_days), item.calendar) for n in needs]
        ready = self._write(row, READY, greatest(floor, *arrivals), "date")
        if item.finished_on is not None:
            really = self.sheet.day(row, FINISHED, item.finished_on, "day_entry")
            ends = self._write(row, ENDS, really + 1, "date")
            finish = self._write(row, FINISH, really, "date")
        else:
            ends = self._write(row, ENDS, self._ends(item, ready, days), "date")
            idle = greatest(floor, greatest(*arrivals) - 1) if arrivals else floor
            finish = self._write(row, FINISH, choice(days.above(0), ends - 1, idle), "date")
        return _Point(ends, self.sheet.formula(row, COLUMN, self._column(finish), "whole"))

    def _write(self, row: int, column: int, term: Term, style: str) -> Term:
        cell = self.sheet.formula(row, column, term, style)
        return Term(xl_rowcol_to_cell(row, column), cell.value)

    def _days(self, item: WorkItem) -> Term:
        """Return the duration in whole days, half to even; a milestone takes none, and what is done no longer asks."""
        if item.is_milestone or item.finished_on is not None:
            return lift(0)
        x = self.in_use[f"item/{item.key}/duration"]
        text = f"IF(ABS({x.text}-INT({x.text})-0.5)<0.000000001,2*ROUND({x.text}/2,0),ROUND({x.text},0))"
        return Term(text, float(round(x.value)))

    def _floor(self, item: WorkItem, days: Term) -> Term:
        floor, as_of = self.calendar.begin, self.calendar.as_of
        if item.earliest_start is not None:
            floor = greatest(floor, lift(int(serial_of(item.earliest_start))))
        if as_of is None or item.finished_on is not None:
            return floor
        return choice(days.above(0), floor, greatest(floor, as_of))

    def _ends(self, item: WorkItem, ready: Term, days: Term) -> Term:
        """Return when an item that is not finished ends: not before the day on which the case is told."""
        end, as_of = self.calendar.after(ready, days, item.calendar), self.calendar.as_of
        if as_of is None:
            return end
        return choice(days.above(0), greatest(end, self.calendar.after(as_of, lift(1), item.calendar)), end)

    def _column(self, finish: Term) -> Term:
        """Return the column a day falls in: 0 before the start, then its month, then the one after the last."""
        start, day, horizon = self.calendar.start, finish, self.model.horizon_months
        months = f"((YEAR({day.text})-YEAR({start.text}))*12+MONTH({day.text})-MONTH({start.text}))"
        inside = f"{months}+IF(EDATE({start.text},{months})<={day.text},1,0)"
        text = f"IF({day.text}<{start.text},0,MIN({inside},{horizon + 1}))"
        written = date(1899, 12, 30) + timedelta(days=int(day.value))
        return Term(text, float(column_of(self.model.start, written, horizon_months=horizon)))
