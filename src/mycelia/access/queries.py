"""Reading roles."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import CharField, Count, Q, QuerySet, Value

from mycelia.access.models import RoleAssignment
from mycelia.kernel import clock
from mycelia.kernel.policy import ANONYMOUS, Actor, Role, RoleGrant
from mycelia.kernel.prepared import PreparedQuery
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


def role_counts() -> dict[Role, int]:
    """Return how many active people are assigned each role today; a role that nobody holds is absent."""
    held = assignments().select_related(None).order_by().values("role").annotate(people=Count("person", distinct=True))
    return {Role(row["role"]): row["people"] for row in held}


def assignments_matching(*, role: Role | None, words: str) -> QuerySet[RoleAssignment]:
    """Return the assignments in force of a role, or of all, to the people the words name."""
    found = assignments() if role is None else assignments().filter(role=role)
    for word in words.split()[:6]:
        person = Q()
        for field in ("given_name", "family_name", "email", "employee_number"):
            person |= Q(**{f"person__{field}__icontains": word})
        found = found.filter(person)
    return found


def _held(person_id: int) -> list[tuple[Any, ...]]:
    return _GRANTS.rows(person_id=person_id, day=clock.today())


def _grants_query(person_id: int, day: date) -> QuerySet[Any, Any]:
    assigned = RoleAssignment.objects.effective(day).filter(person_id=person_id)
    leads = reports_of(person_id, day).order_by()[:1]
    implied = leads.annotate(held_role=Value(Role.MANAGER.value, CharField()), held_path=Value(NO_SUBTREE, CharField()))
    return (
        assigned.order_by()
        .values_list("role", "unit__path")
        .union(implied.values_list("held_role", "held_path"), all=True)
    )


_GRANTS = PreparedQuery(_grants_query, person_id=-1, day=date.min)
