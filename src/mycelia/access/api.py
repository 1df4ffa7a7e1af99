"""Roles and actors as other apps use them.

`actor_for` says what a person may do; `grant_role` and `revoke_role` change it; `holders` and `assignments` read it;
`register_platform_figure` adds a figure to the page `/platform/`.
"""

from mycelia.access.actions import grant_role, revoke_role
from mycelia.access.permissions import AssignRoles, OperatePlatform
from mycelia.access.platform import PlatformFigure, register_platform_figure
from mycelia.access.queries import NO_SUBTREE, actor_for, assignments, history_of, holders, names_of

__all__ = [
    "NO_SUBTREE",
    "AssignRoles",
    "OperatePlatform",
    "PlatformFigure",
    "actor_for",
    "assignments",
    "grant_role",
    "history_of",
    "holders",
    "names_of",
    "register_platform_figure",
    "revoke_role",
]
