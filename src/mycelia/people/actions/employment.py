"""One person at a time: hiring, moving, leaving."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.events import publish
from mycelia.kernel.policy import Actor, require
from mycelia.people.actions.lock import wait_for_directory
from mycelia.people.errors import EmploymentNotPossible
from mycelia.people.events import PersonDeactivated, PersonJoined, PersonMoved
from mycelia.people.models import CostCentre, Employment, Location, OrganisationUnit, Person, Position
from mycelia.people.permissions import ManagePerson, StaffUnit
from mycelia.people.queries.people import reports_of


@transaction.atomic
def hire(
    *,
    actor: Actor,
    employee_number: str,
    email: str,
    given_name: str,
    family_name: str,
    unit: OrganisationUnit,
    on: date | None = None,
    position: Position | None = None,
    location: Location | None = None,
    cost_centre: CostCentre | None = None,
    manager: Person | None = None,
    language: str = "en",
) -> Person:
    """Add a person and their first employment; they sign in once they have set a password.

    Raises:
        PermissionDenied: The unit is not in the part of the organisation the actor administers.
        EmploymentNotPossible: The employee number or the e-mail is taken.
    """
    require(actor, StaffUnit(), unit)
    wait_for_directory()
    taken = Person.objects.filter(employee_number=employee_number) | Person.objects.filter(email__iexact=email)
    if taken.exists():
        raise EmploymentNotPossible(_("The employee number or the e-mail belongs to somebody already."))
    person = Person.objects.create_user(
        email, None, employee_number=employee_number, given_name=given_name, family_name=family_name, language=language
    )
    Employment.objects.create(
        person=person,
        valid_from=on or clock.today(),
        unit=unit,
        position=position,
        location=location,
        cost_centre=cost_centre,
        manager=manager,
    )
    _record(actor, "hire", person, {"unit": unit.code, "from": str(on or clock.today())})
    publish(PersonJoined(person.pk))
    return person


@transaction.atomic
def move(*, actor: Actor, person: Person, on: date | None = None, **placement: Any) -> Employment:
    """Change where a person stands from a day on, today by default; the past stays as it was.

    Args:
        actor: Who does it.
        person: Who moves.
        on: First day of the new employment; on the very day the last one began, that one is corrected.
        placement: Any of `unit`, `position`, `location`, `cost_centre`, `manager`; what is left out stays.

    Raises:
        PermissionDenied: The person or the new unit is outside the part the actor administers.
        EmploymentNotPossible: The person is not employed, a later change is on record, or the manager reports
            to the person.
    """
    require(actor, ManagePerson(), person)
    require(actor, StaffUnit(), placement.get("unit") or _last(person).unit)
    wait_for_directory()
    day, last = on or clock.today(), _last(person)
    if day < last.valid_from or (last.valid_to is not None and last.valid_to <= day):
        raise EmploymentNotPossible
    _require_possible_manager(person, placement.get("manager"), day)
    changed = last if day == last.valid_from else _successor(last, day)
    for name in ("unit", "position", "location", "cost_centre", "manager"):
        if name in placement:
            setattr(changed, name, placement[name])
    changed.save()
    _record(actor, "move", person, {"from": str(day), "unit": changed.unit.code})
    publish(PersonMoved(person.pk))
    return changed


@transaction.atomic
def leave(*, actor: Actor, person: Person, on: date | None = None) -> None:
    """End a person's employment on a day, today by default: the first day they no longer work here.

    Once that day has come the account is deactivated, at once or by the nightly job. Every record stays.

    Raises:
        PermissionDenied: The person is outside the part of the organisation the actor administers.
    """
    require(actor, ManagePerson(), person)
    wait_for_directory()
    day = on or clock.today()
    employments = Employment.objects.filter(person=person)
    employments.filter(valid_from__gte=day).delete()
    employments.on(day).update(valid_to=day)
    _record(actor, "leave", person, {"on": str(day)})
    if day <= clock.today():
        deactivate(person)


def deactivate_leavers() -> int:
    """Deactivate the people whose last employment has ended, and return how many; run every night."""
    today, actor = clock.today(), Actor.system("end of employment")
    over = Person.objects.filter(is_active=True, employments__isnull=False).exclude(
        pk__in=Employment.objects.exclude(valid_to__lte=today).values("person_id")
    )
    people = list(over.distinct())
    for person in people:
        with transaction.atomic():
            deactivate(person)
            _record(actor, "deactivate", person, {"on": str(today)})
    return len(people)


def deactivate(person: Person) -> None:
    """Close the account: whoever it is signed out with the next request and cannot sign in."""
    person.is_active = False
    person.save(update_fields=["is_active"])
    publish(PersonDeactivated(person.pk))


def _last(person: Person) -> Employment:
    last = Employment.objects.filter(person=person).order_by("-valid_from").first()
    if last is None:
        raise EmploymentNotPossible
    return last


def _successor(last: Employment, day: date) -> Employment:
    end = last.valid_to
    last.valid_to = day
    last.save(update_fields=["valid_to"])
    last.pk, last.valid_from, last.valid_to = None, day, end
    last._state.adding = True
    return last


def _require_possible_manager(person: Person, manager: Person | None, day: date) -> None:
    if manager is None:
        return
    if manager == person or reports_of(person.pk, day, indirect=True).filter(pk=manager.pk).exists():
        raise EmploymentNotPossible(_("The manager reports to this person. Nothing was changed."))


def _record(actor: Actor, verb: str, person: Person, details: dict[str, Any]) -> None:
    audit.record(
        actor=actor,
        action=f"people.person.{verb}",
        object_type="people.Person",
        object_id=person.pk,
        details={"employee_number": person.employee_number, **details},
    )
