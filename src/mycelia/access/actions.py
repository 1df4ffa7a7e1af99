"""Giving and taking roles."""

from __future__ import annotations

from datetime import date

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection, transaction

from mycelia.access.errors import ImpliedRole, LastAdministrator, UnknownPerson
from mycelia.access.events import RoleGranted, RoleRevoked
from mycelia.access.models import ASSIGNED_ROLES, RoleAssignment
from mycelia.access.permissions import AssignRoles
from mycelia.audit import api as audit
from mycelia.kernel import clock, events
from mycelia.kernel.policy import Actor, Role, require

_OBJECT = "access.RoleAssignment"


@transaction.atomic
def grant_role(
    *, actor: Actor, person_id: int, role: Role, unit_id: int | None = None, valid_from: date | None = None
) -> RoleAssignment:
    """Give a role over a unit and everything below it, or over the whole company; giving it twice changes nothing.

    Raises:
        PermissionDenied: The actor may not assign roles.
        ImpliedRole: The role follows from the people file.
        UnknownPerson: There is no such active person.
    """
    require(actor, AssignRoles())
    _check(person_id, role)
    assignment, is_new = RoleAssignment.objects.get_or_create(
        person_id=person_id,
        role=role.value,
        unit_id=unit_id,
        valid_to=None,
        defaults={"valid_from": valid_from or clock.today(), "granted_by_id": actor.person_id},
    )
    if is_new:
        _tell(actor, assignment, "access.role.grant")
        events.publish(RoleGranted(person_id, role.value))
    return assignment


@transaction.atomic
def revoke_role(*, actor: Actor, assignment: RoleAssignment) -> RoleAssignment:
    """End an assignment at once; one that has ended stays as it is.

    Raises:
        PermissionDenied: The actor may not assign roles.
        LastAdministrator: Nobody would be left to administer the whole company.
    """
    require(actor, AssignRoles())
    _lock_administrators()
    held = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
    if held.valid_to is not None and held.valid_to <= clock.today():
        return held
    _keep_an_administrator(held)
    held.valid_to = max(clock.today(), held.valid_from)
    held.save(update_fields=["valid_to"])
    _tell(actor, held, "access.role.revoke")
    events.publish(RoleRevoked(held.person_id, held.role))
    return held


def make_sign_in_link(*, actor: Actor, person_id: int) -> str:
    """Return an address where the person sets a password, once, within three days; for those e-mail cannot reach.

    Raises:
        PermissionDenied: The actor may not assign roles.
        UnknownPerson: There is no such active person.
    """
    require(actor, AssignRoles())
    person = get_user_model().objects.filter(pk=person_id, is_active=True).first()
    if person is None:
        raise UnknownPerson(person_id=person_id)
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    audit.record(actor=actor, action="access.sign_in_link.create", object_type="people.Person", object_id=person_id)
    return f"{settings.MYCELIA_PUBLIC_URL}/accounts/password/reset/key/{key}/"


def _check(person_id: int, role: Role) -> None:
    if role not in ASSIGNED_ROLES:
        raise ImpliedRole(role=role.value)
    if not get_user_model().objects.filter(pk=person_id, is_active=True).exists():
        raise UnknownPerson(person_id=person_id)


def _lock_administrators() -> None:
    """Let only one revocation look for another administrator at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('mycelia.access.administrators', 0))")


def _keep_an_administrator(held: RoleAssignment) -> None:
    if held.role != Role.IT_ADMINISTRATOR or held.unit_id is not None:
        return
    others = RoleAssignment.objects.effective(clock.today()).filter(
        role=Role.IT_ADMINISTRATOR, unit=None, person__is_active=True
    )
    if not others.exclude(pk=held.pk).exists():
        raise LastAdministrator(person_id=held.person_id)


def _tell(actor: Actor, assignment: RoleAssignment, action: str) -> None:
    details = {"person": assignment.person_id, "role": assignment.role, "unit": assignment.unit_id}
    audit.record(actor=actor, action=action, object_type=_OBJECT, object_id=assignment.pk, details=details)
