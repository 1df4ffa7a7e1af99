"""What one row does to one person's employment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import date

from mycelia.people.calc.labels import Labels
from mycelia.people.types import (
    EmploymentStep,
    FieldChange,
    FileRow,
    KnownEmployment,
    KnownPerson,
    Placement,
    StepKind,
)


class HistoryWouldChange(Exception):
    """The row would change what was already in force before a later change."""

    def __init__(self, day: date, since: date) -> None:
        super().__init__(f"{day} is before {since}")
        self.day = day
        self.since = since


def placement_of(
    row: FileRow,
    known: KnownPerson | None,
    as_of: date,
    positions: Labels,
    locations: Labels,
    cost_centres: Labels,
) -> Placement:
    """Return where the row puts the person; a column the file does not have keeps what is known."""
    kept = _standing(known, row.valid_from or as_of)

    def code(labels: Labels, cell: str | None, present: str) -> str:
        return present if cell is None else labels.code_for(cell)

    manager = row.manager_employee_number
    return Placement(
        unit_code=row.unit_code,
        position_code=code(positions, row.position, kept.position_code),
        location_code=code(locations, row.location, kept.location_code),
        cost_centre_code=code(cost_centres, row.cost_centre, kept.cost_centre_code),
        manager_number=kept.manager_number if manager is None else manager,
    )


def step_for(known: KnownPerson | None, wanted: Placement, day: date) -> EmploymentStep | None:
    """Return the change of employment from `day` on; None when the record already says so for that day.

    Raises:
        HistoryWouldChange: A later employment is on record; an import adds to history and never rewrites it.
    """
    if known is None or not known.employments:
        return EmploymentStep(StepKind.OPEN, day, None, wanted)
    current = known.employment_on(day)
    if current is not None and current.placement == wanted:
        return None
    last = known.employments[-1]
    if day < last.valid_from:
        raise HistoryWouldChange(day, last.valid_from)
    if not last.covers(day):
        return EmploymentStep(StepKind.OPEN, day, None, wanted)
    kind = StepKind.CORRECT if day == last.valid_from else StepKind.REPLACE
    return EmploymentStep(kind, day, last.valid_to, wanted, last.id)


def placement_fields(
    before: Placement | None, step: EmploymentStep, shown: Callable[[str, str], str]
) -> Iterator[FieldChange]:
    """Yield what changes in the employment, each value as `shown(field, code)` gives it."""
    yield FieldChange("valid_from", "", str(step.valid_from))
    for attribute in fields(Placement):
        name = attribute.name.rsplit("_", 1)[0]
        old = getattr(before, attribute.name) if before else ""
        new = getattr(step.placement, attribute.name)
        if old != new:
            yield FieldChange(name, shown(name, old) if old else "", shown(name, new) if new else "")


def _standing(known: KnownPerson | None, day: date) -> Placement:
    if known is None or not known.employments:
        return Placement("")
    found: KnownEmployment = known.employment_on(day) or known.employments[-1]
    return found.placement
