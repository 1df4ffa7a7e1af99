"""What is needed to carry a case out, derived from its roadmap and from the blueprint."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mycelia.business_case.types.blueprint import Lifecycle
from mycelia.business_case.types.readiness import ReadinessFinding


@dataclass(frozen=True)
class RoleNeed:
    """One role or thing across the roadmap.

    Attributes:
        unit: Empty for people; else what one of the quantity is.
        days: Expected person-days: quantity x working days, summed over items; for things the days they are held.
        peak: The largest quantity that a single item needs.
        items: Titles of the work items that need it, in the order of the roadmap.
    """

    role: str
    unit: str
    days: Decimal
    peak: Decimal
    items: tuple[str, ...]


@dataclass(frozen=True)
class SystemNeed:
    """A system that the target needs and that is not in full use yet."""

    key: str
    name: str
    lifecycle: Lifecycle
    yearly_cost: Decimal | None
    currency: str


@dataclass(frozen=True)
class ContentMove:
    """A content model whose master changes between today and the target."""

    key: str
    name: str
    masters_today: tuple[str, ...]
    masters_target: tuple[str, ...]


@dataclass(frozen=True)
class Needs:
    """Everything that is needed.

    Attributes:
        person_days: Sum over the roles.
        unstaffed: Titles of open work items that take time and name no role, so that the sum is too low.
        content_hours: Expected hours of content the case is about; None without a case.
        prerequisites: Open findings to settle first.
    """

    roles: tuple[RoleNeed, ...] = ()
    things: tuple[RoleNeed, ...] = ()
    person_days: Decimal = Decimal(0)
    unstaffed: tuple[str, ...] = ()
    systems: tuple[SystemNeed, ...] = ()
    moves: tuple[ContentMove, ...] = ()
    content_hours: Decimal | None = None
    prerequisites: tuple[ReadinessFinding, ...] = ()
