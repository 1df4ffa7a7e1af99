"""Wagtail's groups, kept in step with the roles people hold."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group

from mycelia.content.studio_permissions import AUTHORS, CURATORS, STUDIO_GROUPS, TALENT_ADMINISTRATORS
from mycelia.kernel.policy import Role

GROUP_OF_ROLE = {
    Role.AUTHOR: AUTHORS,
    Role.CURATOR: CURATORS,
    Role.TALENT_ADMINISTRATOR: TALENT_ADMINISTRATORS,
}


def align_studio_groups(*, person_id: int, roles: Iterable[Role]) -> None:
    """Make the studio groups of a person the ones of their roles; one query when nothing changes."""
    wanted = {GROUP_OF_ROLE[role] for role in roles if role in GROUP_OF_ROLE}
    memberships = Group.user_set.through.objects.filter(group__name__in=STUDIO_GROUPS, person_id=person_id)
    held = dict(memberships.values_list("group__name", "pk"))
    if surplus := [pk for name, pk in held.items() if name not in wanted]:
        memberships.filter(pk__in=surplus).delete()
    for group in Group.objects.filter(name__in=wanted - held.keys()) if wanted - held.keys() else ():
        group.user_set.add(person_id)
