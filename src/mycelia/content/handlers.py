"""What content does when something happens below it."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from mycelia.access.api import actor_for
from mycelia.access.events import RoleGranted, RoleRevoked
from mycelia.content import api
from mycelia.kernel.events import subscribe
from mycelia.kernel.policy import Role


@subscribe(RoleGranted)
@subscribe(RoleRevoked)
def on_roles_changed(event: RoleGranted | RoleRevoked) -> None:
    """Keep the studio's groups in step with the roles a person holds now."""
    person = get_user_model().objects.filter(pk=event.person_id).first()
    if person is not None:
        roles = {grant.role for grant in actor_for(person).grants}
        api.align_studio_groups(person_id=person.pk, roles=roles & set(Role))
