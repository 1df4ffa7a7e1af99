"""What happened beside what was planned: bookings, readings, and the months that follow from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mycelia.business_case.types.lines import EvidenceGrade
from mycelia.business_case.types.vocabulary import Direction, LineKind


@dataclass(frozen=True)
class Booking:
    """One row of a ledger: money that was spent, or a benefit that was booked with its evidence.

    Attributes:
        line: Number of the row in its file, the header being 1; None for one that is stored.
        amount: In the case's currency; negative is a credit note or a correction.
        reference: The ledger's own document number, unique within the case.
        category: Category of the costs; empty for a benefit.
        item: Key of the cost or benefit line; None when the booking is only of a category.
    """

    booked_on: date
    amount: Decimal
    reference: str
    kind: LineKind = LineKind.COST
    category: str = ""
    item: str | None = None
    description: str = ""
    cost_centre: str = ""
    line: int | None = None


@dataclass(frozen=True)
class BookingFault:
    """One row of a file of bookings, values or systems that cannot be taken, and why."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class PlannedCosts:
    """What a category was planned to cost.

    Attributes:
        by_column: Shape (horizon_months + 1,), column 0 first.
    """

    category: str
    by_column: tuple[Decimal, ...]


@dataclass(frozen=True)
class PlannedBenefit:
    """What a benefit line was planned to bring, and the KPI that can prove it.

    Attributes:
        by_column: Shape (horizon_months + 1,), column 0 first.
        claimed_movement: How far the KPI moves at full effect, in its unit, above 0; None when no KPI is claimed.
        readings: Values of the KPI by column, each the last one up to that column's end; None before the first.
    """

    key: str
    description: str
    by_column: tuple[Decimal, ...]
    grade: EvidenceGrade
    baseline: Decimal | None = None
    direction: Direction = Direction.RISE
    claimed_movement: Decimal | None = None
    readings: tuple[Decimal | None, ...] = ()


class PlanKind(StrEnum):
    """What a plan is: the case as presented, as frozen without being presented, or as it stands."""

    PRESENTED = "presented"
    FROZEN = "frozen"
    DRAFT = "draft"


class Proof(StrEnum):
    """Why a benefit counts in a month, or does not."""

    BOOKED = "booked"
    MEASURED = "measured"
    NO_KPI = "no_kpi"
    NO_READING = "no_reading"
    WEAK_EVIDENCE = "weak_evidence"
    NO_MOVEMENT = "no_movement"


@dataclass(frozen=True)
class Realised:
    """What a benefit line brought, as far as its evidence goes.

    Attributes:
        by_column: Shape (closed + 1,), column 0 first.
        proof: Of the last closed column.
    """

    key: str
    by_column: tuple[Decimal, ...]
    proof: Proof


@dataclass(frozen=True)
class Course:
    """Plan, actual and forecast of one series; each of shape (horizon_months + 1,), column 0 first.

    Attributes:
        actual: None in the columns that are not closed.
        forecast: The actual where there is one, what is expected after it.
        factor: What the remaining plan was multiplied by.
    """

    name: str
    plan: tuple[Decimal, ...]
    actual: tuple[Decimal | None, ...]
    forecast: tuple[Decimal, ...]
    factor: Decimal

    def to_date(self) -> tuple[Decimal, Decimal]:
        """Return plan and actual summed over the closed columns."""
        pairs = [(p, a) for p, a in zip(self.plan, self.actual, strict=True) if a is not None]
        return sum((p for p, _ in pairs), Decimal(0)), sum((a for _, a in pairs), Decimal(0))


@dataclass(frozen=True)
class Performance:
    """A case's plan, actual and forecast through its closed months.

    Attributes:
        closed: The last closed column; None while no month is closed.
        costs: By category.
        benefits: By line, with the proof of each in `proofs`.
        plan_version: Number of the version that the plan is; None for the draft.
    """

    closed: int | None
    costs: tuple[Course, ...]
    benefits: tuple[Course, ...]
    proofs: Mapping[str, Proof]
    total_costs: Course
    total_benefits: Course
    plan_version: int | None = None


class GateDecision(StrEnum):
    """What was decided at a stage gate."""

    CONTINUE = "continue"
    CHANGE = "change"
    STOP = "stop"


@dataclass(frozen=True)
class LedgerPlan:
    """What applying a ledger file would do; with any fault nothing is applied.

    Attributes:
        new: Bookings that are not stored yet.
        unchanged: How many of the file's rows are stored already, exactly as they stand in it.
        early: Those of the new ones that lie so long before the case begins that the day may be wrong.
    """

    new: tuple[Booking, ...]
    unchanged: int
    faults: tuple[BookingFault, ...]
    early: tuple[Booking, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One value of a KPI, with where it is written; `line` is its row in a file."""

    read_on: date
    value: Decimal
    evidence: str
    line: int | None = None


@dataclass(frozen=True)
class ReadingChange:
    """Readings of one KPI in place of others of their days.

    Attributes:
        kpi: Key of the KPI.
        before: Those that stood there; none for a day that had none.
        after: Those that stand there then.
    """

    kpi: str
    before: tuple[Reading, ...]
    after: tuple[Reading, ...]

    def reversed(self) -> ReadingChange:
        """Return what takes it back."""
        return ReadingChange(self.kpi, self.after, self.before)


@dataclass(frozen=True)
class SeriesPlan:
    """What applying a file of a KPI's values would do; with any fault nothing is applied.

    Attributes:
        replaced: Readings in place of others of their days.
        unchanged: How many of the file's rows are stored already, exactly as they stand in it.
    """

    new: tuple[Reading, ...]
    replaced: tuple[Reading, ...]
    unchanged: int
    faults: tuple[BookingFault, ...]
