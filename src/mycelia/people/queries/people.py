"""Finding people and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, Role
from mycelia.people.models import Employment, OrganisationUnit, Person
from mycelia.people.permissions import REPORTS_SQL, SeePerson, StaffUnit
from mycelia.people.types import PersonRow

_PLACES = ("unit", "position", "location", "cost_centre", "manager")
_SEARCHED = ("given_name", "family_name", "email", "employee_number")


def person_by_email(email: str) -> Person | None:
    """Return the person with this e-mail, whatever its case; None when there is none."""
    return Person.objects.filter(email__iexact=email).first()


def person_by_number(employee_number: str) -> Person | None:
    """Return the person with this employee number; None when there is none."""
    return Person.objects.filter(employee_number=employee_number).first()


def person_by_id(person_id: int) -> Person | None:
    """Return the person; None when there is none."""
    return Person.objects.filter(pk=person_id).first()


def unit_by_code(code: str) -> OrganisationUnit | None:
    """Return the unit with this code; None when there is none."""
    return OrganisationUnit.objects.filter(code=code).first()


def current_employment(person: Person, on: date | None = None) -> Employment | None:
    """Return where the person stands on a day, today by default; None when they are not employed then."""
    found = Employment.objects.filter(person=person).select_related(*_PLACES)
    return found.on(on or clock.today()).first()


def workplaces_of(person_id: int, *, of_reports: bool = False) -> frozenset[str]:
    """Return the paths of the units in which a person works today.

    Args:
        person_id: Whose units.
        of_reports: Also those in which the person's active reports work.
    """
    today, whose = Employment.objects.on(clock.today()), Q(person_id=person_id)
    if of_reports:
        whose |= Q(manager_id=person_id, person__is_active=True)
    return frozenset(today.filter(whose).values_list("unit__path", flat=True).order_by().distinct())


def employments_of(person: Person) -> QuerySet[Employment]:
    """Return the person's whole history, the latest first, with everything needed to show it."""
    return Employment.objects.filter(person=person).select_related(*_PLACES).order_by("-valid_from")


def reports_of(manager_id: int, on: date | None = None, *, indirect: bool = False) -> QuerySet[Person]:
    """Return the active people who report to somebody on a day, today by default.

    Args:
        manager_id: Whose reports.
        on: The day; today when None.
        indirect: Also the reports of reports, all the way down.
    """
    day = on or clock.today()
    people = Person.objects.filter(is_active=True)
    if indirect:
        return people.filter(pk__in=RawSQL(REPORTS_SQL, [manager_id, day, day, day, day]))  # noqa: S611
    direct = Employment.objects.filter(manager_id=manager_id).on(day)
    return people.filter(pk__in=direct.values("person_id"))


def leads_anyone(person_id: int, on: date | None = None) -> bool:
    """Return whether anybody reports to this person on a day, today by default."""
    return Employment.objects.filter(manager_id=person_id, person__is_active=True).on(on or clock.today()).exists()


def visible_people(actor: Actor) -> QuerySet[Person]:
    """Return the people the actor may see: themselves, their reports, the part of the company they administer."""
    return SeePerson().filter(actor, Person.objects.all())


def people_matching(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Return the people in whose name, e-mail or employee number every word of the text occurs."""
    for word in text.split()[:6]:
        found = Q()
        for field in _SEARCHED:
            found |= Q(**{f"{field}__icontains": word})
        people = people.filter(found)
    return people


def people_in_unit(people: QuerySet[Person], unit_path: str, on: date | None = None) -> QuerySet[Person]:
    """Return the people employed in a unit or below it on a day, today by default."""
    placed = Employment.objects.filter(unit__path__startswith=unit_path).on(on or clock.today())
    return people.filter(pk__in=placed.values("person_id"))


def active_count() -> int:
    """Return how many accounts are active."""
    return Person.objects.filter(is_active=True).count()


def count_in_unit(unit_id: int | None) -> int:
    """Return how many active people are employed in a unit or below it today; of the whole company for None."""
    if unit_id is None:
        return active_count()
    unit = OrganisationUnit.objects.get(pk=unit_id)
    return people_in_unit(Person.objects.filter(is_active=True), unit.path).count()


def without_unit_count(on: date) -> int:
    """Return how many active people are in no unit on a day, so that no report by unit shows them."""
    placed = Employment.objects.filter(unit__isnull=False).on(on)
    return Person.objects.filter(is_active=True).exclude(pk__in=placed.values("person_id")).count()


def names_of(person_ids: Collection[int]) -> Mapping[int, str]:
    """Return names by identifier."""
    return {person.pk: person.full_name for person in Person.objects.filter(pk__in=list(person_ids))}


def ids_of_people_named(words: str) -> list[int]:
    """Return who is meant by words of a name, an e-mail or an employee number; at most a thousand."""
    return list(people_matching(Person.objects.order_by(), words).values_list("pk", flat=True)[:1000])


def person_ids_by_number(numbers: Collection[str]) -> Mapping[str, int]:
    """Return identifiers by employee number."""
    return dict(Person.objects.filter(employee_number__in=list(numbers)).values_list("employee_number", "pk"))


def person_rows(people: Iterable[Person], on: date | None = None) -> list[PersonRow]:
    """Return what lists show of people, in the given order; one query however many people."""
    listed = list(people)
    day = on or clock.today()
    employments = Employment.objects.filter(person__in=listed).on(day)
    shown = employments.select_related("unit", "position", "location", "manager")
    standing = {employment.person_id: employment for employment in shown}
    return [_row(person, standing.get(person.pk)) for person in listed]


def administered_units(actor: Actor) -> list[OrganisationUnit]:
    """Return the units the actor administers, parents before children and siblings by name."""
    units = list(StaffUnit().filter(actor, OrganisationUnit.objects.all()))
    names = {str(unit.pk): unit.name.casefold() for unit in units}

    def place(unit: OrganisationUnit) -> list[str]:
        return [names.get(step, "") + "\0" + step for step in unit.path.strip("/").split("/")]

    return sorted(units, key=place)


def administers(actor: Actor) -> bool:
    """Return whether the actor administers people anywhere."""
    return actor.has(Role.TALENT_ADMINISTRATOR)


def _row(person: Person, employment: Employment | None) -> PersonRow:
    return PersonRow(
        id=person.pk,
        name=person.full_name,
        email=person.email,
        employee_number=person.employee_number,
        is_active=person.is_active,
        unit=employment.unit.name if employment else "",
        position=employment.position.title if employment and employment.position else "",
        location=employment.location.name if employment and employment.location else "",
        manager_id=employment.manager_id if employment else None,
        manager=employment.manager.full_name if employment and employment.manager else "",
    )
