"""Summing cost lines by category, by phase of the roadmap and by cost centre, for each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from mycelia.business_case.types import CaseModel, CostCategory, CostLine, CostPart, CostTables, CostView

Amounts = Sequence[Decimal]


def cost_tables(model: CaseModel, by_line: Mapping[str, Amounts]) -> CostTables:
    """Return what the lines come to in each view.

    A line belongs to the phase of the work item that it waits for; one that waits for none, or for an item without a
    phase, belongs to none. Categories and phases keep their order, cost centres that of the alphabet; what belongs to
    none comes last.

    Args:
        model: The case.
        by_line: Amounts by year, the start first, of each cost line that counts, by its key; all of one length.
    """
    lines = [line for line in model.costs if line.key in by_line]
    return CostTables(
        {view: _parts(model, view, lines, by_line) for view in CostView},
        CostPart("", _summed(by_line[line.key] for line in lines)),
    )


def part_of(model: CaseModel, view: CostView, line: CostLine) -> str:
    """Return which part of a view a line belongs to; empty for none."""
    if view is CostView.CATEGORY:
        return line.category
    if view is CostView.COST_CENTRE:
        return line.cost_centre.strip()
    phases = {phase.key for phase in model.roadmap.phases}
    held = {item.key: item.phase for item in model.roadmap.items}
    phase = held.get(line.timing.start_milestone or "") or ""
    return phase if phase in phases else ""


def _parts(
    model: CaseModel, view: CostView, lines: Sequence[CostLine], by_line: Mapping[str, Amounts]
) -> tuple[CostPart, ...]:
    own = {line.key: part_of(model, view, line) for line in lines}
    return tuple(
        CostPart(part, _summed(by_line[line.key] for line in lines if own[line.key] == part))
        for part in _ordered(model, view, set(own.values()))
    )


def _ordered(model: CaseModel, view: CostView, found: set[str]) -> list[str]:
    orders: dict[CostView, Iterable[str]] = {
        CostView.CATEGORY: CostCategory,
        CostView.PHASE: (phase.key for phase in model.roadmap.phases),
        CostView.COST_CENTRE: sorted(found - {""}, key=lambda name: (name.casefold(), name)),
    }
    return [part for part in (*orders[view], "") if part in found]


def _summed(rows: Iterable[Amounts]) -> tuple[Decimal, ...]:
    return tuple(sum(column, Decimal(0)) for column in zip(*rows, strict=True))
