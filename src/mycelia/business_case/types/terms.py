"""What a person states when creating or changing a part of a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mycelia.business_case.types.lines import IsolationMethod
from mycelia.business_case.types.model import Discounting
from mycelia.business_case.types.vocabulary import BenefitCategory, Confidence, CostCategory, Direction, SourceKind


@dataclass(frozen=True)
class CaseTerms:
    """What a person states about a case when creating or changing it; meanings as in `CaseModel` and `CaseSheet`."""

    name: str
    currency: str
    start: date
    summary: str = ""
    horizon_months: int = 36
    rate_per_year: Decimal = Decimal("0.10")
    discounting: Discounting = Discounting.YEAR_END
    inflation_per_year: Decimal = Decimal(0)
    tax_rate: Decimal | None = None
    is_short_programme: bool = False
    counts_learner_time: bool = True
    is_synthetic: bool = False
    owner_id: int | None = None
    scope_unit_id: int | None = None
    rate_source: str = ""
    rate_confidence: Confidence | None = None
    inflation_source: str = ""
    inflation_confidence: Confidence | None = None
    tax_source: str = ""
    tax_confidence: Confidence | None = None


@dataclass(frozen=True)
class ObjectiveTerms:
    """A strategic objective in the words of the company; `key` is empty for one that does not exist yet."""

    title: str
    description: str = ""
    key: str = ""


@dataclass(frozen=True)
class KpiTerms:
    """What a person states about a KPI; everything but name and unit may still be unknown.

    Attributes:
        course_id: The course that a platform metric is narrowed to.
        metric_since: First day that a platform metric counts; None counts from the first record.
        value_per_unit: What one unit of movement is worth in the case's currency, where that is claimed.
        isolation_method: How the effect on it is told from everything else that moved it.
        owner_text, course_text: What an imported file called an owner or course that does not exist here.
        objective: Key of its objective; empty where the objective is stated otherwise.
        key: Empty for one that does not exist yet.
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
    value_per_unit: Decimal | None = None
    isolation_method: IsolationMethod | None = None
    owner_text: str = ""
    course_text: str = ""
    objective: str = ""
    key: str = ""


@dataclass(frozen=True)
class RoadmapCalendar:
    """The days that a roadmap is counted in; meanings as in `Roadmap`."""

    start: date | None = None
    working_weekdays: tuple[int, ...] = (0, 1, 2, 3, 4)
    holidays: tuple[date, ...] = ()


@dataclass(frozen=True)
class LineTerms:
    """What a person states about a cost or benefit line whose amounts are entered by year.

    Attributes:
        amounts: Shape (at most years,), year 0 first, in the case's currency, none negative; years left out are 0.
    """

    category: CostCategory | BenefitCategory
    description: str
    amounts: tuple[Decimal, ...]
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM
