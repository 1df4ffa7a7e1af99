"""When people missing from a full file may be deactivated."""

from __future__ import annotations

from enum import StrEnum

BRAKE_SHARE = 0.20
BRAKE_PEOPLE = 10


class Refusal(StrEnum):
    """Why deactivations are not carried out yet."""

    UNCONFIRMED = "unconfirmed"
    BRAKE = "brake"


def refusal(deactivations: int, employed: int, *, confirmed: int | None, brake_released: bool) -> Refusal | None:
    """Return what still stands against deactivating so many people, None when nothing does.

    Args:
        deactivations: People who would be deactivated.
        employed: People employed today.
        confirmed: The number the sender has confirmed; None is none.
        brake_released: The sender has also confirmed an unusually large number.

    Example:
        >>> refusal(3, 250, confirmed=3, brake_released=False)
    """
    if deactivations == 0:
        return None
    if confirmed != deactivations:
        return Refusal.UNCONFIRMED
    if brakes(deactivations, employed) and not brake_released:
        return Refusal.BRAKE
    return None


def brakes(deactivations: int, employed: int) -> bool:
    """Return whether so many people leaving at once is more likely a cut-off file than the truth."""
    return deactivations > BRAKE_PEOPLE and deactivations > employed * BRAKE_SHARE
