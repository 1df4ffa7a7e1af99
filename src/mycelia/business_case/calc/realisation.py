"""How much of a planned benefit counts as realised: only as much as its evidence shows.

Booked benefits count as booked. Without bookings, a line counts the plan of a month times the share of the claimed
movement that its KPI has made, between 0 and 1; no reading, or evidence that is only a vendor's word or none, counts
as no improvement.

References:
    Phillips and Phillips, guiding principles: when no improvement is shown, assume none; the source of the data must
    be credible.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mycelia.business_case.types import (
    Booking,
    Direction,
    EvidenceGrade,
    LineKind,
    PlannedBenefit,
    Proof,
    Realised,
)

ZERO = Decimal(0)
WEAK = frozenset({EvidenceGrade.VENDOR, EvidenceGrade.NONE})


def movement_share(benefit: PlannedBenefit, reading: Decimal) -> Decimal:
    """Return the share of the claimed movement that a reading shows, between 0 and 1.

    Example:
        >>> plan = PlannedBenefit("a", "", (), EvidenceGrade.BEFORE_AFTER, Decimal(20), Direction.FALL, Decimal(8))
        >>> movement_share(plan, Decimal(18))
        Decimal('0.25')
    """
    if benefit.baseline is None or not benefit.claimed_movement:
        return ZERO
    moved = reading - benefit.baseline
    if benefit.direction is Direction.FALL:
        moved = -moved
    return min(Decimal(1), max(ZERO, moved / benefit.claimed_movement))


def realised(benefit: PlannedBenefit, bookings: Sequence[tuple[int, Booking]], *, closed: int) -> Realised:
    """Return what a benefit brought in the closed columns.

    Args:
        bookings: Those of this case with the column each falls in; other lines' and costs are passed over.
        closed: The last closed column.
    """
    mine = [(column, b.amount) for column, b in bookings if b.kind is LineKind.BENEFIT and b.item == benefit.key]
    own = [(column, amount) for column, amount in mine if column <= closed]
    if own:
        booked = tuple(sum((amount for at, amount in own if at == column), ZERO) for column in range(closed + 1))
        return Realised(benefit.key, booked, Proof.BOOKED)
    proof = _proof(benefit, closed)
    if proof in {Proof.NO_KPI, Proof.WEAK_EVIDENCE}:
        return Realised(benefit.key, (ZERO,) * (closed + 1), proof)
    return Realised(benefit.key, tuple(_measured(benefit, column) for column in range(closed + 1)), proof)


def _measured(benefit: PlannedBenefit, column: int) -> Decimal:
    reading = _reading(benefit, column)
    return ZERO if reading is None else benefit.by_column[column] * movement_share(benefit, reading)


def _proof(benefit: PlannedBenefit, closed: int) -> Proof:
    reading = _reading(benefit, closed)
    if benefit.claimed_movement is None or benefit.baseline is None:
        return Proof.NO_KPI
    if benefit.grade in WEAK:
        return Proof.WEAK_EVIDENCE
    if reading is None:
        return Proof.NO_READING
    return Proof.MEASURED if movement_share(benefit, reading) > 0 else Proof.NO_MOVEMENT


def _reading(benefit: PlannedBenefit, column: int) -> Decimal | None:
    return benefit.readings[column] if column < len(benefit.readings) else None
