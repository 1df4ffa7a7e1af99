"""The parts of a case that are edited on their own, and the edits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mycelia.business_case.types.estimates import Correlation
from mycelia.business_case.types.lines import BenefitLine, CostLine
from mycelia.business_case.types.model import Drivers, Option
from mycelia.business_case.types.named_inputs import NamedInput
from mycelia.business_case.types.performance import Reading
from mycelia.business_case.types.roadmap import Phase, WorkItem
from mycelia.business_case.types.terms import CaseTerms, KpiTerms, ObjectiveTerms, RoadmapCalendar

ItemValue = (
    CaseTerms
    | Drivers
    | RoadmapCalendar
    | Option
    | Phase
    | WorkItem
    | CostLine
    | BenefitLine
    | ObjectiveTerms
    | KpiTerms
    | Correlation
    | NamedInput
)


class ItemKind(StrEnum):
    """What kind of part an item is; every case has exactly one of the first three."""

    TERMS = "terms"
    DRIVERS = "drivers"
    CALENDAR = "calendar"
    OPTION = "option"
    PHASE = "phase"
    WORK_ITEM = "item"
    COST = "cost"
    BENEFIT = "benefit"
    OBJECTIVE = "objective"
    KPI = "kpi"
    CORRELATION = "correlation"
    INPUT = "input"


SINGLE = frozenset({ItemKind.TERMS, ItemKind.DRIVERS, ItemKind.CALENDAR})
VALUE_TYPES: dict[ItemKind, type[ItemValue]] = {
    ItemKind.TERMS: CaseTerms,
    ItemKind.DRIVERS: Drivers,
    ItemKind.CALENDAR: RoadmapCalendar,
    ItemKind.OPTION: Option,
    ItemKind.PHASE: Phase,
    ItemKind.WORK_ITEM: WorkItem,
    ItemKind.COST: CostLine,
    ItemKind.BENEFIT: BenefitLine,
    ItemKind.OBJECTIVE: ObjectiveTerms,
    ItemKind.KPI: KpiTerms,
    ItemKind.CORRELATION: Correlation,
    ItemKind.INPUT: NamedInput,
}


def kind_of(value: ItemValue) -> ItemKind:
    """Return the kind of item that a value states."""
    return next(kind for kind, value_type in VALUE_TYPES.items() if type(value) is value_type)


@dataclass(frozen=True)
class ItemState:
    """An item as it is stored.

    Attributes:
        key: Name within the case; for the terms, drivers and calendar, that kind's name.
        revision: How often it was changed, counted from 1; an edit states the one it saw.
        position: Place among its kind.
    """

    kind: ItemKind
    key: str
    revision: int
    position: int
    value: ItemValue


@dataclass(frozen=True)
class Addition:
    """A new item; a key that is empty is made up."""

    value: ItemValue


@dataclass(frozen=True)
class Alteration:
    """A changed item: the whole value as it is to be, and the revision that was seen."""

    value: ItemValue
    seen_revision: int


@dataclass(frozen=True)
class Removal:
    """An item that goes, and the revision that was seen. An objective takes its KPIs along."""

    kind: ItemKind
    key: str
    seen_revision: int


Edit = Addition | Alteration | Removal


@dataclass(frozen=True)
class FieldDifference:
    """A field that two people, or two versions, state differently; values as they are written in JSON."""

    field: str
    ours: object
    theirs: object


@dataclass(frozen=True)
class Entry:
    """What happened to one item.

    Attributes:
        before, after: Values as they are written in JSON; None where the item was not there.
        revision: The item's revision afterwards; that of one removed goes on when it comes back.
        readings: Those of a KPI that was removed, which come back with it.
    """

    kind: ItemKind
    key: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    revision: int
    position: int
    readings: tuple[Reading, ...] = ()
