"""Reading roles."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Concat

from mycelia.access.models import RoleAssignment
from mycelia.kernel import clock
from mycelia.kernel.policy import ANONYMOUS, Actor, Role, RoleGrant
from mycelia.people.api import reports_of

NO_SUBTREE = "/-/"
"""Reach of an implied role: no organisation path begins like this, so `unit_paths` leads to nothing."""


def actor_for(person: Any) -> Actor:
    """Return the actor a person is, with one query; anonymous when nobody active is meant.

    A Django superuser is an IT administrator for the whole company, so that the first start has one.
    """
    if not getattr(person, "is_active", False) or person.pk is None:
        return ANONYMOUS
    grants = [RoleGrant(Role.LEARNER, NO_SUBTREE)]
    if person.is_superuser:
        grants.append(RoleGrant(Role.IT_ADMINISTRATOR))
    grants.extend(RoleGrant(Role(role), path) for role, path in _held(person.pk))
    return Actor(person.pk, person.full_name, tuple(grants))


def assignments(on: Any = None) -> QuerySet[RoleAssignment]:
    """Return the assignments in force, with person and unit."""
    held = RoleAssignment.objects.effective(on or clock.today())
    return held.filter(person__is_active=True).select_related("person", "unit", "granted_by")


def history_of(person_id: int) -> QuerySet[RoleAssignment]:
    """Return every assignment a person has had, newest first."""
    return (
        RoleAssignment.objects.filter(person_id=person_id)
        .select_related("unit", "granted_by")
        .order_by("-valid_from", "-pk")
    )


def holders(role: Role) -> QuerySet[Any]:
    """Return the active people who are assigned a role today."""
    held = RoleAssignment.objects.effective(clock.today()).filter(role=role)
    return get_user_model().objects.filter(is_active=True, pk__in=held.values("person_id"))


def people_named(words: str) -> QuerySet[Any]:
    """Return the people whose name, e-mail or employee number holds all the words."""
    found = get_user_model().objects.annotate(
        search_text=Concat("given_name", Value(" "), "family_name", Value(" "), "email", Value(" "), "employee_number")
    )
    for word in words.split():
        found = found.filter(search_text__icontains=word)
    return found


def names_of(people: Collection[int]) -> Mapping[int, str]:
    """Return the full names of people by identifier."""
    return {person.pk: person.full_name for person in get_user_model().objects.filter(pk__in=people)}


def find_people(words: str) -> list[int]:
    """Return the identifiers of at most a hundred people the words mean."""
    exact = Q(pk=int(words)) if words.isdecimal() and len(words) < 18 else Q(pk__in=())
    named = list(people_named(words).values_list("pk", flat=True)[:100])
    return named or list(get_user_model().objects.filter(exact).values_list("pk", flat=True))


def _held(person_id: int) -> list[tuple[str, str | None]]:
    assigned = RoleAssignment.objects.effective(clock.today()).filter(person_id=person_id)
    leads = reports_of(person_id).order_by()[:1]
    implied = leads.annotate(held_role=Value(Role.MANAGER.value, CharField()), held_path=Value(NO_SUBTREE, CharField()))
    both = (
        assigned.order_by()
        .values_list("role", "unit__path")
        .union(implied.values_list("held_role", "held_path"), all=True)
    )
    return list(both)
