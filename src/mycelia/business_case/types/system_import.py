"""What a file of systems would do to the register."""

from __future__ import annotations

from dataclasses import dataclass

from mycelia.business_case.types.blueprint import SystemTerms
from mycelia.business_case.types.performance import BookingFault


@dataclass(frozen=True)
class SystemChange:
    """What a row does: `terms` of the system as they shall be; `system_id` is None for one that is new."""

    system_id: int | None
    terms: SystemTerms


@dataclass(frozen=True)
class SystemPlan:
    """What applying a file would do; with any fault nothing is applied.

    Attributes:
        unchanged: How many of the file's rows are registered already, exactly as they stand in it.
    """

    new: tuple[SystemChange, ...]
    changed: tuple[SystemChange, ...]
    unchanged: int
    faults: tuple[BookingFault, ...]
