"""Two versions of a case, line by line, with what each line does to the net present value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, localcontext
from typing import Any

from mycelia.business_case.calc.option_figures import month_factors
from mycelia.business_case.calc.precision import PRECISE
from mycelia.business_case.calc.present_worth import present_worth
from mycelia.business_case.types import (
    CaseDocument,
    CaseModel,
    CaseSheet,
    Estimate,
    FieldDifference,
    ItemChange,
    ItemKind,
    VersionChange,
    VersionComparison,
)

ZERO = Decimal(0)
ItemName = tuple[ItemKind, str]
TERMS = (
    "currency",
    "start",
    "horizon_months",
    "rate_per_year",
    "discounting",
    "inflation_per_year",
    "tax_rate",
    "is_short_programme",
    "counts_learner_time",
    "rate_source",
    "rate_confidence",
    "inflation_source",
    "inflation_confidence",
    "tax_source",
    "tax_confidence",
)
WORDS = ("name", "summary", "owner", "unit", "is_synthetic")


def compare_sheets(old: CaseSheet, new: CaseSheet) -> VersionComparison:
    """Return what differs between two versions of a case.

    The effect of a line is its present value in the new version less that in the old one, each under its own terms,
    drivers and roadmap, in the option that each version prefers. So a line that nobody touched has an effect where a
    driver of it changed, and the effects of all lines add up to the change of the net present value before tax.
    """
    before, after = _items(old.document), _items(new.document)
    worth_before, worth_after = _worths(old), _worths(new)
    names = [*before, *(name for name in after if name not in before)]
    changes = [
        _change(name, before.get(name), after.get(name), _effect(name, worth_before, worth_after)) for name in names
    ]
    return VersionComparison(
        changes=tuple(change for change in changes if change is not None),
        npv_before=old.figures.npv,
        npv_after=new.figures.npv,
        tax_effect=_tax(old) - _tax(new),
        names={key: _label(item) for (_, key), item in {**before, **after}.items()},
    )


def _change(name: ItemName, before: Any, after: Any, effect: Decimal | None) -> ItemChange | None:
    kind, key = name
    verb = VersionChange.CHANGED
    if before is None or after is None:
        verb = VersionChange.ADDED if before is None else VersionChange.REMOVED
    differing = () if before is None or after is None else tuple(_differences(before, after))
    if verb is VersionChange.CHANGED and not differing and not effect:
        return None
    return ItemChange(kind, key, _label(after if after is not None else before), verb, differing, effect)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[FieldDifference]:
    for name, value in after.items():
        if _stated(before.get(name)) != _stated(value):
            yield FieldDifference(name, value, before.get(name))


def _stated(value: Any) -> Any:
    """Return what a field states: of a named input which one it is, as its numbers are compared where they stand."""
    if isinstance(value, Estimate):
        return value.named or value
    if isinstance(value, Mapping):
        return {part: _stated(each) for part, each in value.items()}
    return value


def _effect(name: ItemName, before: Mapping[ItemName, Decimal], after: Mapping[ItemName, Decimal]) -> Decimal | None:
    if name not in before and name not in after:
        return None
    return after.get(name, ZERO) - before.get(name, ZERO)


def _worths(sheet: CaseSheet) -> dict[ItemName, Decimal]:
    """Return what each counted line adds to the net present value of the preferred option, before tax."""
    sides = ((ItemKind.COST, sheet.costs, -1), (ItemKind.BENEFIT, sheet.benefits, 1))
    with localcontext(PRECISE):
        factors = month_factors(sheet.model)
        return {
            (kind, line.key): sign * present_worth(line.by_column, factors) if line.is_counted else ZERO
            for kind, lines, sign in sides
            for line in lines
        }


def _tax(sheet: CaseSheet) -> Decimal:
    return sheet.figures.pv_tax or ZERO


def _items(document: CaseDocument) -> dict[ItemName, Mapping[str, Any]]:
    model = document.model
    items: dict[ItemName, Mapping[str, Any]] = {
        (ItemKind.TERMS, "terms"): _terms(document, model),
        (ItemKind.DRIVERS, "drivers"): _fields(model.drivers),
        (ItemKind.CALENDAR, "calendar"): _fields(model.roadmap, leave_out=("items", "phases")),
    }
    groups: tuple[tuple[ItemKind, tuple[Any, ...]], ...] = (
        (ItemKind.OPTION, model.options),
        (ItemKind.COST, model.costs),
        (ItemKind.BENEFIT, model.benefits),
        (ItemKind.PHASE, model.roadmap.phases),
        (ItemKind.WORK_ITEM, model.roadmap.items),
        (ItemKind.CORRELATION, model.correlations),
        (ItemKind.INPUT, model.named),
        (ItemKind.OBJECTIVE, document.objectives),
        (ItemKind.KPI, tuple(kpi for objective in document.objectives for kpi in objective.kpis)),
    )
    for kind, group in groups:
        items.update({(kind, item.key): _fields(item, leave_out=("kpis",)) for item in group})
    return items


def _terms(document: CaseDocument, model: CaseModel) -> Mapping[str, Any]:
    return {**{name: getattr(document, name) for name in WORDS}, **{name: getattr(model, name) for name in TERMS}}


def _fields(value: Any, leave_out: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """Return the fields of a frozen value by name."""
    if not is_dataclass(value):
        raise TypeError(f"{value!r} has no fields")
    return {field.name: getattr(value, field.name) for field in fields(value) if field.name not in leave_out}


def _label(item: Mapping[str, Any]) -> str:
    """Return what a reader calls an item: its name or title, a line's description, an input's name."""
    named = [str(item[name]) for name in ("name", "title", "description", "first") if item.get(name)]
    return named[0] if named else ""
