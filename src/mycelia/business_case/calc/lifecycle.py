"""Which state of a system may follow which."""

from __future__ import annotations

from mycelia.business_case.types import Lifecycle

NEXT: dict[Lifecycle, tuple[Lifecycle, ...]] = {
    Lifecycle.PLANNED: (Lifecycle.PILOT, Lifecycle.ACTIVE, Lifecycle.RETIRED),
    Lifecycle.PILOT: (Lifecycle.ACTIVE, Lifecycle.SUNSET, Lifecycle.RETIRED),
    Lifecycle.ACTIVE: (Lifecycle.SUNSET,),
    Lifecycle.SUNSET: (Lifecycle.ACTIVE, Lifecycle.RETIRED),
    Lifecycle.RETIRED: (),
}
"""A plan or a pilot may be dropped; what is in use is first announced as ending; what is retired stays retired."""


def may_follow(state: Lifecycle, following: Lifecycle) -> bool:
    """Return whether a system in one state may be put into another; staying is always allowed.

    Example:
        >>> may_follow(Lifecycle.ACTIVE, Lifecycle.RETIRED)
        False
    """
    return following is state or following in NEXT[state]
