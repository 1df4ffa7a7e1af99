"""What a person states when creating or changing a part of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mycelia.business_case.types.vocabulary import BenefitCategory, Confidence, CostCategory, Direction, SourceKind


@dataclass(frozen=True)
class CaseTerms:
    """What a person states about a case when creating or changing it; meanings as in `CaseSheet`."""

    name: str
    currency: str
    start: date
    summary: str = ""
    horizon_months: int = 36
    rate_per_year: Decimal = Decimal("0.10")
    is_short_programme: bool = False
    is_synthetic: bool = False
    owner_id: int | None = None
    scope_unit_id: int | None = None


@dataclass(frozen=True)
class KpiTerms:
    """What a person states about a KPI; everything but name and unit may still be unknown.

    Attributes:
        course_id: The course that a platform metric is narrowed to.
        metric_since: First day that a platform metric counts; None counts from the first record.
    """

    name: str
    unit: str
    direction: Direction = Direction.RISE
    baseline_value: Decimal | None = None
    baseline_date: date | None = None
    baseline_evidence: str = ""
    target_value: Decimal | None = None
    target_date: date | None = None
    owner_id: int | None = None
    source_kind: SourceKind | None = None
    metric_id: str = ""
    course_id: int | None = None
    metric_since: date | None = None
    manual_evidence: str = ""
    manual_value: Decimal | None = None
    manual_value_date: date | None = None


@dataclass(frozen=True)
class LineTerms:
    """What a person states about a cost or benefit line.

    Attributes:
        amounts: Shape (at most years,), year 0 first, in the case's currency, none negative; years left out are 0.
    """

    category: CostCategory | BenefitCategory
    description: str
    amounts: tuple[Decimal, ...]
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM
