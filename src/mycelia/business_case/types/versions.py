"""What differs between two versions of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mycelia.business_case.types.items import FieldDifference, ItemKind


class VersionChange(StrEnum):
    """What happened to an item from one version to the other."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class ItemChange:
    """One item that differs.

    Attributes:
        name: What a reader calls it.
        fields: What was changed; `ours` is the newer value, `theirs` the older. Empty for a line that nobody touched
            and that comes to something else all the same.
        npv_effect: Of a line that the preferred option has in one of the versions, in the case's currency, before
            tax; None for everything else.
    """

    kind: ItemKind
    key: str
    name: str
    change: VersionChange
    fields: tuple[FieldDifference, ...]
    npv_effect: Decimal | None


@dataclass(frozen=True)
class VersionComparison:
    """All that differs; the effects and `tax_effect` add up to the change of the net present value.

    Attributes:
        names: What a reader calls the items of both versions, by key.
    """

    changes: tuple[ItemChange, ...]
    npv_before: Decimal
    npv_after: Decimal
    tax_effect: Decimal
    names: Mapping[str, str]
