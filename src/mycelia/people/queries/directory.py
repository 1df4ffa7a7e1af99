"""The whole directory as the planner of imports compares a file with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from mycelia.people.models import CostCentre, Employment, Location, OrganisationUnit, Person, Position
from mycelia.people.types import Directory, KnownEmployment, KnownPerson, KnownUnit, PersonValues, Placement


def directory() -> Directory:
    """Return everything known about people, in seven queries whatever the size of the company."""
    return Directory(
        people=_people(),
        units={
            code: KnownUnit(code, name, parent or "")
            for code, name, parent in OrganisationUnit.objects.values_list("code", "name", "parent__code").order_by()
        },
        positions=dict(Position.objects.values_list("code", "title")),
        locations=dict(Location.objects.values_list("code", "name")),
        cost_centres=dict(CostCentre.objects.values_list("code", "name")),
    )


def _people() -> Mapping[str, KnownPerson]:
    employments = _employments()
    columns = ("pk", "employee_number", "email", "given_name", "family_name", "language", "is_active")
    return {
        number: KnownPerson(
            pk, PersonValues(number, email, given, family, language), active, tuple(employments.get(pk, ()))
        )
        for pk, number, email, given, family, language, active in Person.objects.order_by().values_list(*columns)
    }


def _employments() -> Mapping[int, list[KnownEmployment]]:
    found: dict[int, list[KnownEmployment]] = defaultdict(list)
    rows = Employment.objects.order_by("person_id", "valid_from").values_list(
        "person_id",
        "pk",
        "valid_from",
        "valid_to",
        "unit__code",
        "position__code",
        "location__code",
        "cost_centre__code",
        "manager__employee_number",
    )
    for person_id, pk, valid_from, valid_to, *codes in rows:
        placement = Placement(*(code or "" for code in codes))
        found[person_id].append(KnownEmployment(pk, valid_from, valid_to, placement))
    return found
