"""What a roadmap and a blueprint together say is needed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.types import (
    CalendarKind,
    ContentMove,
    Landscape,
    Lifecycle,
    Resource,
    Roadmap,
    RoleNeed,
    SystemNeed,
    WorkItem,
)

PEOPLE_UNITS = frozenset({"", "person", "persons", "people", "fte"})
DAYS_A_WEEK = 7


def role_needs(roadmap: Roadmap, option: str | None) -> tuple[RoleNeed, ...]:
    """Return each role or thing that the open work items of an option need, the most days first.

    Days are working days: those of an item counted in elapsed days are reduced by the share of days that are worked.
    """
    found: dict[tuple[str, str], list[tuple[Resource, WorkItem, Decimal]]] = {}
    for item in open_items(roadmap, option):
        for resource in item.resources:
            unit = "" if resource.unit.strip().casefold() in PEOPLE_UNITS else resource.unit.strip()
            row = (resource, item, resource.quantity * working_days(item, roadmap))
            found.setdefault((resource.role.strip(), unit), []).append(row)
    needs = (
        RoleNeed(
            role,
            unit,
            days=sum((days for _resource, _item, days in rows), Decimal(0)),
            peak=max(resource.quantity for resource, _item, _days in rows),
            items=tuple(dict.fromkeys(item.title for _resource, item, _days in rows)),
        )
        for (role, unit), rows in found.items()
    )
    return tuple(sorted(needs, key=lambda need: (-need.days, need.role.casefold(), need.unit)))


def unstaffed(roadmap: Roadmap, option: str | None) -> tuple[str, ...]:
    """Return the titles of open work items that take time and name nobody who does them."""
    return tuple(
        item.title for item in open_items(roadmap, option) if not item.resources and working_days(item, roadmap) > 0
    )


def open_items(roadmap: Roadmap, option: str | None) -> Iterator[WorkItem]:
    """Yield the work items that an option shares or owns and that are not finished."""
    for item in roadmap.items:
        if item.finished_on is None and item.option in (None, option):
            yield item


def working_days(item: WorkItem, roadmap: Roadmap) -> Decimal:
    """Return the expected working days of an item; a milestone takes none."""
    if item.is_milestone:
        return Decimal(0)
    days = expected(item.duration_days)
    if item.calendar is CalendarKind.WORKING:
        return days
    return days * len(set(roadmap.working_weekdays)) / DAYS_A_WEEK


def system_needs(landscape: Landscape) -> tuple[SystemNeed, ...]:
    """Return the systems that are planned or in pilot, and any that the target gives a part and that is not in use."""
    wanted = {key for model in landscape.models for key in (*model.masters_target, *model.consumers_target)}
    return tuple(
        SystemNeed(system.key, system.name, system.lifecycle, system.yearly_cost, system.currency)
        for system in landscape.systems
        if system.lifecycle in (Lifecycle.PLANNED, Lifecycle.PILOT) or (system.key in wanted and not system.is_live)
    )


def content_moves(landscape: Landscape) -> tuple[ContentMove, ...]:
    """Return the content models whose masters differ between today and the target, with the systems' names."""
    names = {system.key: system.name for system in landscape.systems}
    return tuple(
        ContentMove(
            model.key,
            model.name,
            tuple(sorted(names.get(key, key) for key in model.masters_today)),
            tuple(sorted(names.get(key, key) for key in model.masters_target)),
        )
        for model in landscape.models
        if set(model.masters_today) != set(model.masters_target) and model.masters_target
    )
