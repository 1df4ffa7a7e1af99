"""The assumption register: every estimate with its range, who says so, how sure they are, and how it is known."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from mycelia.business_case.exports.assumptions import (
    Assumption,
    Stated,
    knowledge_of,
    spread_in_words,
    subjects_of_entries,
    terms_of,
)
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.entries import Entry, entries_of
from mycelia.business_case.exports.workbook import inputs as places
from mycelia.business_case.exports.workbook.book import Book, Sheet
from mycelia.business_case.exports.workbook.inputs import Inputs
from mycelia.business_case.exports.workbook.terms import Term
from mycelia.business_case.types import Estimate

HEAD_ROW = 3


def write_register(book: Book, dossier: Dossier, inputs: Inputs) -> None:
    """Write the sheet; numbers are links to the inputs, so that the register follows a change there."""
    sheet = book.sheet(
        _("Assumptions"), widths={"A:A": 6, "B:B": 38, "C:C": 26, "D:D": 14, "E:H": 12, "I:J": 40, "K:N": 18}
    )
    sheet.text(0, 0, _("Assumption register"), "title")
    sheet.text(1, 0, _("Every number the case rests on; those without a source or evidence say so."), "note")
    heads = (
        *(_("No."), _("Assumption about"), _("Field"), _("Unit"), _("Low"), _("Likely"), _("High"), _("In use")),
        *(_("Shape, parameters, values"), _("Source"), _("Confidence"), _("Evidence"), _("Isolation"), _("State")),
    )
    sheet.heads(HEAD_ROW - 1, heads)
    sheet.paper.freeze_panes(HEAD_ROW, 2)
    subjects = subjects_of_entries(dossier.model)
    terms, entries = list(terms_of(dossier.model)), list(entries_of(dossier.model))
    for offset, term in enumerate(terms):
        _write_term(sheet, HEAD_ROW + offset, offset + 1, term)
    for offset, entry in enumerate(entries, start=len(terms)):
        subject = subjects.get("/".join(entry.name.split("/")[:2]))
        _write_entry(sheet, HEAD_ROW + offset, offset + 1, entry, subject, inputs.in_use[entry.name])
    sheet.paper.autofilter(HEAD_ROW - 1, 0, HEAD_ROW + len(terms) + len(entries) - 1, len(heads) - 1)


def _write_term(sheet: Sheet, row: int, number: int, term: Assumption) -> None:
    sheet.number(row, 0, number, "whole")
    sheet.texts(row, 1, (term.about, term.field, term.unit))
    sheet.text(row, 7, term.value)
    sheet.texts(row, 8, (term.spread, term.source), "wrapped")
    sheet.text(row, 10, term.confidence)


def _write_entry(sheet: Sheet, row: int, number: int, entry: Entry, subject: Stated | None, in_use: Term) -> None:
    sheet.number(row, 0, number, "whole")
    sheet.texts(row, 1, (entry.subject, entry.field, entry.unit))
    for offset, (column, value) in enumerate(
        zip((places.LOW, places.LIKELY, places.HIGH), _range(entry.estimate), strict=True)
    ):
        if value is not None:
            sheet.formula(row, 4 + offset, Term(places.cell_of(entry.position, column), float(value)))
    sheet.formula(row, 7, in_use, "in_use")
    sheet.texts(row, 8, (spread_in_words(entry), entry.source or _("no source stated")), "wrapped")
    sheet.texts(row, 10, (entry.confidence, *knowledge_of(subject)))


def _range(estimate: Estimate) -> tuple[Decimal | None, ...]:
    return estimate.low, estimate.likely, estimate.high
