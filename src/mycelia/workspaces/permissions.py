"""Who may see a workspace. What stands in it is filtered by the apps it comes from."""

from __future__ import annotations

from mycelia.kernel.policy import Actor, Role, Rule


class SeeHome(Rule):
    """Open one's own home page: every person."""

    code = "workspaces.see_home"

    def permits(self, actor: Actor) -> bool:
        """Return whether this is a person."""
        return actor.person_id is not None


class SeeOwnTeam(Rule):
    """Open the page of one's own reports: everybody who has any."""

    code = "workspaces.see_own_team"
    roles = frozenset({Role.MANAGER})
