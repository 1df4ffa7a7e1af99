"""The sheet of plan, actual and forecast, as they stood when the last month was closed."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.workbook.book import Book, Sheet
from mycelia.business_case.exports.workbook.terms import Term, total
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.performance import forecast_in_words, standing_in_words
from mycelia.business_case.pages.vocabulary import CATEGORIES, PROOFS
from mycelia.business_case.types import Course

HEAD_ROW, FIRST, LAST = 4, 1, 6
ZERO = Decimal(0)


def write_actuals(book: Book, dossier: Dossier) -> None:
    """Write the sheet; nothing while no month is closed. What was closed stands as numbers, all else as formulas."""
    found = dossier.closed
    if found is None:
        return
    sheet = book.sheet(_("Plan and actual"), widths={"A:A": 44, "B:G": 16, "H:H": 40})
    sheet.text(0, 0, _("Plan, actual and forecast"), "title")
    sheet.text(1, 0, f"{standing_in_words(found, start=dossier.model.start)}.", "label")
    note = _("As of the last closed month; %(forecast)s. Undiscounted.")
    sheet.text(2, 0, note % {"forecast": forecast_in_words(found, currency=dossier.currency)}, "note")
    heads = (_("Series"), _("Planned to date"), _("Actual to date"), _("Variance"), _("Planned in all"), _("Forecast"))
    sheet.heads(HEAD_ROW - 1, (*heads, _("Difference"), _("Why it counts")), right=FIRST)
    costs = [(str(CATEGORIES.get(one.name, one.name)), one, "") for one in found.costs]  # type: ignore[call-overload]
    names = {line.key: line.description for line in dossier.sheet.benefits}
    benefits = [
        (names.get(one.name, one.name), one, str(PROOFS[found.proofs[one.name]]) if one.name in found.proofs else "")
        for one in found.benefits
    ]
    after_costs, costs_row = _write_side(sheet, HEAD_ROW, costs, _("All costs"))
    after, benefits_row = _write_side(sheet, after_costs + 1, benefits, _("All benefits"))
    sheet.text(after + 1, 0, _("Net benefit"), "sum_label")
    for column, (spent, won) in enumerate(zip(costs_row, benefits_row, strict=True), start=FIRST):
        sheet.formula(after + 1, column, won - spent, "sum")


def _write_side(
    sheet: Sheet, row: int, courses: Sequence[tuple[str, Course, str]], label: str
) -> tuple[int, tuple[Term, ...]]:
    """Write the rows of one side and their sum; return the row after it, and the cells of the sum."""
    columns: list[list[float]] = [[] for _column in range(FIRST, LAST + 1)]
    for offset, (name, course, why) in enumerate(courses):
        terms = _write_course(sheet, row + offset, name, course)
        sheet.text(row + offset, LAST + 1, why)
        for values, term in zip(columns, terms, strict=True):
            values.append(term.value)
    at = row + len(courses)
    sheet.text(at, 0, label, "sum_label")
    sums = tuple(
        sheet.formula(
            at,
            column,
            total(sheet.area((row, column), (at - 1, column), tuple(values))) if values else Term("0", 0.0),
            "sum",
        )
        for column, values in enumerate(columns, start=FIRST)
    )
    return at + 1, sums


def _write_course(sheet: Sheet, row: int, name: str, course: Course) -> tuple[Term, ...]:
    planned, actual = course.to_date()
    sheet.text(row, 0, name)
    before = sheet.number(row, 1, formats.exact(planned), "cents")
    now = sheet.number(row, 2, formats.exact(actual), "cents")
    variance = sheet.formula(row, 3, now - before, "cents")
    whole = sheet.number(row, 4, sum(course.plan, ZERO), "cents")
    forecast = sheet.number(row, 5, sum(course.forecast, ZERO), "cents")
    return before, now, variance, whole, forecast, sheet.formula(row, 6, forecast - whole, "cents")
