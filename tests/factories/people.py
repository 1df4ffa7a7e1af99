"""People, units and employments for tests."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from django.db import connection

from mycelia.people.models import Employment, OrganisationUnit, Person

_numbers = count(1)
FIRST_DAY = date(2025, 1, 1)


def make_unit(code: str = "", *, name: str = "", parent: OrganisationUnit | None = None) -> OrganisationUnit:
    """Create a unit with its path."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_organisationunit', 'id'))")
        (key,) = cursor.fetchone()
    code = code or f"U{key}"
    path = f"{parent.path if parent else '/'}{key}/"
    return OrganisationUnit.objects.create(id=key, code=code, name=name or f"Unit {code}", parent=parent, path=path)


def make_person(
    email: str = "",
    *,
    unit: OrganisationUnit | None = None,
    manager: Person | None = None,
    valid_from: date = FIRST_DAY,
    password: str | None = None,
    **fields: Any,
) -> Person:
    """Create a person; with a unit, also the employment that lasts."""
    number = next(_numbers)
    fields = {
        "employee_number": f"T{number:05}",
        "given_name": "Test",
        "family_name": f"Person {number}",
    } | fields
    person = Person.objects.create_user(email or f"person{number}@example.com", password, **fields)
    if unit is not None:
        make_employment(person, unit=unit, manager=manager, valid_from=valid_from)
    return person


def make_employment(
    person: Person, *, unit: OrganisationUnit, valid_from: date = FIRST_DAY, valid_to: date | None = None, **fields: Any
) -> Employment:
    """Create one employment row."""
    return Employment.objects.create(person=person, unit=unit, valid_from=valid_from, valid_to=valid_to, **fields)
