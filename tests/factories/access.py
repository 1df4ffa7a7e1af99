"""Roles for tests."""

from __future__ import annotations

from typing import Any

from mycelia.access import api
from mycelia.kernel.policy import Actor, Role
from tests.factories.people import make_person


def make_holder(*roles: Role, **fields: Any) -> Any:
    """Create a person who is assigned the roles over the whole company."""
    person = make_person(**fields)
    for role in roles:
        api.grant_role(actor=Actor.system("tests"), person_id=person.pk, role=role)
    return person
