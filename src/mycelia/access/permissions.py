"""Who may give and take roles, and see the state of the platform."""

from __future__ import annotations

from mycelia.kernel.policy import Role, Rule


class AssignRoles(Rule):
    """Giving and taking roles, and making sign-in links, is for IT administrators."""

    code = "access.assign_roles"
    roles = frozenset({Role.IT_ADMINISTRATOR})


class OperatePlatform(Rule):
    """The state of the platform is for IT administrators."""

    code = "access.operate_platform"
    roles = frozenset({Role.IT_ADMINISTRATOR})
