"""Units: making, renaming and moving them, with the paths that scopes rely on."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils.translation import gettext as _

from mycelia.audit import api as audit
from mycelia.kernel.errors import InvalidInput
from mycelia.kernel.policy import Actor, require
from mycelia.people.actions.lock import wait_for_directory
from mycelia.people.models import OrganisationUnit
from mycelia.people.permissions import ManageOrganisation


@transaction.atomic
def create_unit(*, actor: Actor, code: str, name: str, parent: OrganisationUnit | None) -> OrganisationUnit:
    """Add a unit under a parent, or as the top when `parent` is None.

    Raises:
        PermissionDenied: The actor is not a talent administrator of the whole company.
        InvalidInput: The code is taken.
    """
    require(actor, ManageOrganisation())
    wait_for_directory()
    if OrganisationUnit.objects.filter(code=code).exists():
        raise InvalidInput(_("The code %(code)s is taken by another unit.") % {"code": code})
    unit = insert_unit(code, name, parent)
    audit.record(
        actor=actor,
        action="people.unit.create",
        object_type="people.OrganisationUnit",
        object_id=unit.pk,
        details={"code": code, "name": name, "parent": parent.code if parent else None},
    )
    return unit


@transaction.atomic
def move_unit(*, actor: Actor, unit: OrganisationUnit, parent: OrganisationUnit) -> OrganisationUnit:
    """Put a unit, with everything below it, under another parent; scopes follow at once.

    Raises:
        PermissionDenied: The actor is not a talent administrator of the whole company.
        InvalidInput: The new parent is the unit itself or lies below it.
    """
    require(actor, ManageOrganisation())
    wait_for_directory()
    unit.refresh_from_db()
    parent.refresh_from_db()
    if parent.path.startswith(unit.path):
        raise InvalidInput(_("A unit cannot stand below itself. Nothing was changed."))
    before = unit.parent.code if unit.parent else None
    old_path, unit.path, unit.parent = unit.path, f"{parent.path}{unit.pk}/", parent
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_organisationunit SET path = %s || substr(path, %s) WHERE path LIKE %s",
            [unit.path, len(old_path) + 1, f"{old_path}%"],
        )
    unit.save(update_fields=["parent"])
    audit.record(
        actor=actor,
        action="people.unit.move",
        object_type="people.OrganisationUnit",
        object_id=unit.pk,
        details={"code": unit.code, "from": before, "to": parent.code},
    )
    return unit


def insert_unit(code: str, name: str, parent: OrganisationUnit | None) -> OrganisationUnit:
    """Insert a unit with its path; the key is drawn first because the path ends in it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('people_organisationunit', 'id'))")
        (key,) = cursor.fetchone()
    path = f"{parent.path if parent else '/'}{key}/"
    return OrganisationUnit.objects.create(pk=key, code=code, name=name, parent=parent, path=path)
