"""Carrying out a plan: a handful of set statements, whatever the number of people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connection
from django.db.backends.utils import CursorWrapper

from mycelia.kernel import clock
from mycelia.people.actions.organisation import insert_unit
from mycelia.people.models import CostCentre, Location, OrganisationUnit, Position
from mycelia.people.types import ChangeKind, ImportPlan, KnownUnit, PersonChange, StepKind

_MANY = 1000
_PERSON_COLUMNS = (
    "password, is_superuser, employee_number, email, given_name, family_name, language, is_active, is_staff, created_at"
)
_STEP_TABLE = """
CREATE TEMPORARY TABLE people_import_step (
    number text, kind text, employment_id bigint, valid_from date, valid_to date,
    unit text, position text, location text, cost_centre text, manager text
) ON COMMIT DROP
"""
_PERSON_TABLE = """
CREATE TEMPORARY TABLE people_import_person (
    id bigint, email text, given_name text, family_name text, language text
) ON COMMIT DROP
"""
_RESOLVED = """
FROM people_import_step s
JOIN people_person p ON p.employee_number = s.number
JOIN people_organisationunit u ON u.code = s.unit
LEFT JOIN people_position o ON o.code = s.position
LEFT JOIN people_location l ON l.code = s.location
LEFT JOIN people_costcentre c ON c.code = s.cost_centre
LEFT JOIN people_person m ON m.employee_number = s.manager
"""
_CORRECTION = (
    "WITH r AS (SELECT s.employment_id, u.id AS unit_id, o.id AS position_id, l.id AS location_id,"  # noqa: S608
    " c.id AS cost_centre_id, m.id AS manager_id" + _RESOLVED + "WHERE s.kind = 'correct')"
    " UPDATE people_employment e SET unit_id = r.unit_id, position_id = r.position_id, location_id = r.location_id,"
    " cost_centre_id = r.cost_centre_id, manager_id = r.manager_id FROM r WHERE e.id = r.employment_id"
)
_INSERTION = (
    "INSERT INTO people_employment (person_id, valid_from, valid_to, unit_id, position_id, location_id,"
    " cost_centre_id, manager_id) SELECT p.id, s.valid_from, s.valid_to, u.id, o.id, l.id, c.id, m.id"
    + _RESOLVED
    + "WHERE s.kind <> 'correct'"
)


def write_plan(plan: ImportPlan, as_of: date) -> None:
    """Write everything a plan holds, in the running transaction."""
    _write_units(plan.new_units, plan.renamed_units)
    _write_entries(plan)
    with connection.cursor() as cursor:
        _update_people(cursor, [change for change in plan.changes if _touches_person(change)])
        _insert_people(cursor, [change for change in plan.changes if change.kind is ChangeKind.CREATED])
        _write_employments(cursor, [change for change in plan.changes if change.employment])
        leaving = [change.person_id for change in plan.changes if change.kind is ChangeKind.DEACTIVATED]
        _deactivate(cursor, leaving, as_of)
        if len(plan.changes) >= _MANY:
            # Otherwise the first pages after a large import run on plans for an empty company.
            cursor.execute("ANALYZE people_person, people_employment")


def copy_rows(cursor: CursorWrapper, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """Send rows to a table by COPY; both names are ours, never a user's."""
    with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _write_units(new: Sequence[KnownUnit], renamed: Sequence[KnownUnit]) -> None:
    parents = OrganisationUnit.objects.in_bulk({unit.parent_code for unit in new}, field_name="code")
    for unit in new:
        parents[unit.code] = insert_unit(unit.code, unit.name, parents.get(unit.parent_code))
    for unit in renamed:
        OrganisationUnit.objects.filter(code=unit.code).update(name=unit.name)


def _write_entries(plan: ImportPlan) -> None:
    entries = [(entry.list, entry.code, entry.name) for entry in plan.new_entries]
    Position.objects.bulk_create(Position(code=code, title=name) for kind, code, name in entries if kind == "position")
    Location.objects.bulk_create(Location(code=code, name=name) for kind, code, name in entries if kind == "location")
    CostCentre.objects.bulk_create(
        CostCentre(code=code, name=name) for kind, code, name in entries if kind == "cost_centre"
    )


def _touches_person(change: PersonChange) -> bool:
    identity = {"email", "given_name", "family_name", "language"}
    if change.kind is ChangeKind.REACTIVATED:
        return True
    return change.kind is ChangeKind.CHANGED and any(field.field in identity for field in change.fields)


def _update_people(cursor: CursorWrapper, changes: Sequence[PersonChange]) -> None:
    if not changes:
        return
    _fresh(cursor, "people_import_person", _PERSON_TABLE)
    values = (
        (c.person_id, c.values.email, c.values.given_name, c.values.family_name, c.values.language) for c in changes
    )
    copy_rows(cursor, "people_import_person", "id, email, given_name, family_name, language", values)
    # Two people may swap addresses: park them first, because uniqueness is checked row by row.
    cursor.execute(
        "UPDATE people_person p SET email = p.id || '@parked.invalid' FROM people_import_person i"
        " WHERE p.id = i.id AND p.email <> i.email"
    )
    cursor.execute(
        "UPDATE people_person p SET email = i.email, given_name = i.given_name, family_name = i.family_name,"
        " language = i.language, is_active = true FROM people_import_person i WHERE p.id = i.id"
    )


def _insert_people(cursor: CursorWrapper, changes: Sequence[PersonChange]) -> None:
    if not changes:
        return
    moment = clock.now()
    rows = (
        (
            make_password(None),
            False,
            change.values.employee_number,
            change.values.email,
            change.values.given_name,
            change.values.family_name,
            change.values.language,
            True,
            False,
            moment,
        )
        for change in changes
    )
    copy_rows(cursor, "people_person", _PERSON_COLUMNS, rows)


def _write_employments(cursor: CursorWrapper, changes: Sequence[PersonChange]) -> None:
    if not changes:
        return
    _fresh(cursor, "people_import_step", _STEP_TABLE)
    columns = "number, kind, employment_id, valid_from, valid_to, unit, position, location, cost_centre, manager"
    copy_rows(cursor, "people_import_step", columns, (_step_row(change) for change in changes))
    cursor.execute(
        "UPDATE people_employment e SET valid_to = s.valid_from FROM people_import_step s"
        " WHERE e.id = s.employment_id AND s.kind = 'replace'"
    )
    cursor.execute(_CORRECTION)
    corrected = cursor.rowcount
    cursor.execute(_INSERTION)
    if corrected + cursor.rowcount != len(changes):
        raise RuntimeError("an employment of the plan found no person or unit")


def _step_row(change: PersonChange) -> tuple[object, ...]:
    step = change.employment
    assert step is not None
    placement = step.placement
    return (
        change.values.employee_number,
        StepKind(step.kind).value,
        step.employment_id,
        step.valid_from,
        step.valid_to,
        placement.unit_code,
        placement.position_code or None,
        placement.location_code or None,
        placement.cost_centre_code or None,
        placement.manager_number or None,
    )


def _deactivate(cursor: CursorWrapper, people: Sequence[int | None], day: date) -> None:
    if not people:
        return
    ids = list(people)
    cursor.execute("UPDATE people_person SET is_active = false WHERE id = ANY(%s)", [ids])
    # A period that would begin on or after the day it ends never was.
    cursor.execute("DELETE FROM people_employment WHERE person_id = ANY(%s) AND valid_from >= %s", [ids, day])
    cursor.execute(
        "UPDATE people_employment SET valid_to = %s WHERE person_id = ANY(%s) AND (valid_to IS NULL OR valid_to > %s)",
        [day, ids, day],
    )


def _fresh(cursor: CursorWrapper, table: str, definition: str) -> None:
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
    cursor.execute(definition)
