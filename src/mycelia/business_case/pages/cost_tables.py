"""Costs by category, phase and cost centre, each by year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mycelia.business_case.calc.cost_tables import cost_tables, part_of
from mycelia.business_case.pages.amounts import AmountRow, amount_row
from mycelia.business_case.pages.derived import Derivation, line_rows
from mycelia.business_case.pages.vocabulary import CATEGORIES
from mycelia.business_case.types import CaseModel, CaseSheet, CostCategory, CostPart, CostView, LineSheet


@dataclass(frozen=True)
class CostTable:
    """One view of the costs; its rows add up to the sum, which is that of all views."""

    key: str
    title: str
    rows: tuple[AmountRow, ...]
    sums: AmountRow


def cost_table_entries(sheet: CaseSheet, urls: Mapping[str, str]) -> tuple[CostTable, ...]:
    """Return the costs of the preferred option in each view; nothing where it has none.

    Args:
        urls: Where lines open, by key; empty where they do not.
    """
    counted = {line.key: line.amounts for line in sheet.costs if line.is_counted}
    if not counted:
        return ()
    found = cost_tables(sheet.model, counted)
    return tuple(
        CostTable(
            key=view.value,
            title=view_title(view),
            rows=_rows(sheet, view, parts, urls),
            sums=amount_row(_("Sum"), found.total.amounts, is_sum=True),
        )
        for view, parts in found.views.items()
    )


def _rows(
    sheet: CaseSheet, view: CostView, parts: tuple[CostPart, ...], urls: Mapping[str, str]
) -> tuple[AmountRow, ...]:
    """Return the parts of a view, each with the lines that it is the sum of."""
    part_by_line = {line.key: part_of(sheet.model, view, line) for line in sheet.model.costs}
    lines: dict[str, list[LineSheet]] = {}
    for line in sheet.costs:
        lines.setdefault(part_by_line.get(line.key, ""), []).append(line)
    return tuple(
        amount_row(
            part_name(sheet.model, view, part.key),
            part.amounts,
            derivation=Derivation(_("sum of its lines"), rows=line_rows(lines.get(part.key, ()), urls)),
        )
        for part in parts
    )


def view_title(view: CostView) -> str:
    """Return the title of a view."""
    titles = {
        CostView.CATEGORY: _("Costs by category"),
        CostView.PHASE: _("Costs by phase"),
        CostView.COST_CENTRE: _("Costs by cost centre"),
    }
    return titles[view]


def centre_name(centre: str) -> str:
    """Return a cost centre as it is shown; empty for costs that name none."""
    return centre or _("No cost centre stated")


def part_name(model: CaseModel, view: CostView, key: str) -> str:
    """Return what a part of a view is called; `key` is empty for costs that belong to none."""
    if not key:
        return _("Waits for no phase") if view is CostView.PHASE else centre_name(key)
    if view is CostView.CATEGORY:
        return str(CATEGORIES[CostCategory(key)])
    if view is CostView.PHASE:
        return next(phase.title for phase in model.roadmap.phases if phase.key == key)
    return key
