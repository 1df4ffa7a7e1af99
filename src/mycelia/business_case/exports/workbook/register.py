"""The assumption register: every estimate with its range, who says so, how sure they are, and how it is known."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.vocabulary import GRADES, ISOLATIONS
from mycelia.business_case.exports.workbook import inputs as places
from mycelia.business_case.exports.workbook.book import Book, Sheet
from mycelia.business_case.exports.workbook.inputs import Entry, Inputs, entries_of
from mycelia.business_case.exports.workbook.terms import Term
from mycelia.business_case.types import BenefitLine, CaseModel, CostLine, Drivers, Estimate, NamedInput, WorkItem

Stated = CostLine | BenefitLine | WorkItem | Drivers | NamedInput
"""What says of itself whether somebody has confirmed it."""

HEAD_ROW = 3


def write_register(book: Book, dossier: Dossier, inputs: Inputs) -> None:
    """Write the sheet; numbers are links to the inputs, so that the register follows a change there."""
    sheet = book.sheet(
        _("Assumptions"), widths={"A:A": 6, "B:B": 38, "C:C": 26, "D:D": 14, "E:H": 12, "I:I": 40, "J:M": 18}
    )
    sheet.text(0, 0, _("Assumption register"), "title")
    sheet.text(1, 0, _("Every number the case rests on; those without a source or evidence say so."), "note")
    heads = (
        *(_("No."), _("Assumption about"), _("Field"), _("Unit"), _("Low"), _("Likely"), _("High"), _("In use")),
        *(_("Source"), _("Confidence"), _("Evidence"), _("Isolation"), _("State")),
    )
    sheet.heads(HEAD_ROW - 1, heads)
    sheet.paper.freeze_panes(HEAD_ROW, 2)
    subjects = _subjects(dossier.model)
    entries = list(entries_of(dossier.model))
    for offset, entry in enumerate(entries):
        subject = subjects.get("/".join(entry.name.split("/")[:2]))
        _write_entry(sheet, HEAD_ROW + offset, offset + 1, entry, subject, inputs.in_use[entry.name])
    sheet.paper.autofilter(HEAD_ROW - 1, 0, HEAD_ROW + max(len(entries), 1) - 1, len(heads) - 1)


def _subjects(model: CaseModel) -> dict[str, Stated]:
    """Return what an entry is of, by the beginning of its name."""
    subjects: dict[str, Stated] = {f"cost/{one.key}": one for one in model.costs}
    subjects |= {f"benefit/{one.key}": one for one in model.benefits}
    subjects |= {f"item/{one.key}": one for one in model.roadmap.items}
    subjects |= {f"input/{one.key}": one for one in model.named}
    return subjects | {f"driver/adoption_{name}": model.drivers for name in ("ceiling", "tempo")}


def _write_entry(sheet: Sheet, row: int, number: int, entry: Entry, subject: Stated | None, in_use: Term) -> None:
    sheet.number(row, 0, number, "whole")
    sheet.texts(row, 1, (entry.subject, entry.field, entry.unit))
    for offset, (column, value) in enumerate(
        zip((places.LOW, places.LIKELY, places.HIGH), _range(entry.estimate), strict=True)
    ):
        if value is not None:
            sheet.formula(row, 4 + offset, Term(places.cell_of(entry.position, column), float(value)))
    sheet.formula(row, 7, in_use, "in_use")
    sheet.text(row, 8, entry.source or _("no source stated"), "wrapped")
    sheet.texts(row, 9, (entry.confidence, *_knowledge(subject)))


def _range(estimate: Estimate) -> tuple[Decimal | None, ...]:
    return estimate.low, estimate.likely, estimate.high


def _knowledge(subject: Stated | None) -> tuple[str, str, str]:
    """Return evidence, isolation and state of what an entry is of, in words."""
    if subject is None:
        return "", "", ""
    state = _("placeholder: nobody has confirmed it") if subject.is_placeholder else _("stated")
    if not isinstance(subject, BenefitLine):
        return "", "", state
    isolation = str(ISOLATIONS[subject.isolation_method]) if subject.isolation_method else _("none stated")
    return str(GRADES[subject.evidence_grade]), isolation, state
