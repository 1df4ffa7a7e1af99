"""Roles and actors as other apps use them.

`actor_for` says what a person may do; `grant_role` and `revoke_role` change it; `holders` and `assignments` read it;
`register_platform_figure` adds a figure to the page `/platform/`.
"""

from mycelia.access.actions import grant_role, make_sign_in_link, revoke_role
from mycelia.access.permissions import AssignRoles, OperatePlatform
from mycelia.access.platform import PlatformFigure, figures, register_platform_figure
from mycelia.access.queries import (
    NO_SUBTREE,
    actor_for,
    assignments,
    assignments_matching,
    history_of,
    holders,
    role_counts,
)

__all__ = [
    "NO_SUBTREE",
    "AssignRoles",
    "OperatePlatform",
    "PlatformFigure",
    "actor_for",
    "assignments",
    "assignments_matching",
    "figures",
    "grant_role",
    "history_of",
    "holders",
    "make_sign_in_link",
    "register_platform_figure",
    "revoke_role",
    "role_counts",
]
