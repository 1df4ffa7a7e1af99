"""Values of a business case: what the arithmetic takes and gives, free of Django and of the database.

`CaseSheet` is the one picture of a case. The page, the chart, the snapshot of a presentation and the
PDF brief are all made from it, so a figure cannot differ between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

EARLIEST_DAY = date(1990, 1, 1)
LATEST_DAY = date(2199, 12, 31)


class EmptyCashFlow(ValueError):
    """A figure was asked of no years at all."""


class ImpossibleRate(ValueError):
    """A discount rate of -100 % a year or less: money cannot lose more than all of its value."""


class UnequalYears(ValueError):
    """Costs and benefits do not cover the same years."""


class CaseState(StrEnum):
    """A draft is open to change; a presented case is frozen as a snapshot until it is changed again."""

    DRAFT = "draft"
    PRESENTED = "presented"


class Direction(StrEnum):
    """Which way a KPI has to move to be an improvement."""

    RISE = "rise"
    FALL = "fall"


class SourceKind(StrEnum):
    """Where the actual value of a KPI comes from."""

    PLATFORM = "platform"
    MANUAL = "manual"


class Confidence(StrEnum):
    """How much trust the owner of a line puts in its amounts."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class LineKind(StrEnum):
    """The two sides of the case."""

    COST = "cost"
    BENEFIT = "benefit"


class CostCategory(StrEnum):
    """What money is spent on."""

    LICENCES = "licences"
    INFRASTRUCTURE = "infrastructure"
    INTEGRATION = "integration"
    MIGRATION = "migration"
    CONTENT_DEVELOPMENT = "content_development"
    INTERNAL_LABOUR = "internal_labour"
    EXTERNAL_SERVICES = "external_services"
    CHANGE_AND_COMMUNICATION = "change_and_communication"
    SUPPORT = "support"
    LEARNER_TIME = "learner_time"
    CONTINGENCY = "contingency"


class BenefitCategory(StrEnum):
    """What the company gains."""

    TIME_SAVED = "time_saved"
    TIME_TO_PROFICIENCY = "time_to_proficiency"
    TURNOVER_AVOIDED = "turnover_avoided"
    INCIDENTS_AVOIDED = "incidents_avoided"
    RETIRED_SYSTEMS = "retired_systems"
    TRAVEL_AVOIDED = "travel_avoided"
    ERRORS_AVOIDED = "errors_avoided"
    REVENUE_UPLIFT = "revenue_uplift"
    CUSTOM = "custom"


@dataclass(frozen=True)
class YearlyFlows:
    """Costs and benefits of the same years, in one currency, both as positive amounts.

    Attributes:
        costs: Shape (years,), year 0 (the undiscounted initial column) first.
        benefits: Shape (years,), year 0 first.

    Raises:
        EmptyCashFlow: There is no year.
        UnequalYears: The two sides differ in length.
    """

    costs: tuple[Decimal, ...]
    benefits: tuple[Decimal, ...]

    def __post_init__(self) -> None:
        if not self.costs and not self.benefits:
            raise EmptyCashFlow
        if len(self.costs) != len(self.benefits):
            raise UnequalYears

    @property
    def net(self) -> tuple[Decimal, ...]:
        """Benefit less cost of each year, year 0 first."""
        return tuple(b - c for b, c in zip(self.benefits, self.costs, strict=True))


@dataclass(frozen=True)
class CaseFigures:
    """Every headline figure of one case; money in the case's currency, rates and shares as fractions.

    `None` means that the figure does not exist for these flows (a ratio over no cost, a payback that never
    comes), never zero.

    Attributes:
        pv_costs_by_year: Present value of each year's costs, year 0 first.
        pv_benefits_by_year: Present value of each year's benefits, year 0 first.
        roi_discounted: Net present value over present value of costs (the Total Economic Impact convention).
        roi_programme: (Benefits - costs) / costs, undiscounted (the Phillips convention).
        programme_benefits: The benefits that `roi_programme` counts: all, or the first year's only.
        payback_simple_months: Months after the start until the undiscounted sum is repaid for good.
        payback_discounted_months: The same on present values.
        internal_rates: Every rate above -100 % at which the net present value is zero, ascending.
        modified_internal_rate: Finance and reinvestment both at the case's discount rate.
        break_even_benefits: Share of the planned benefits at which the net present value is zero.
        break_even_costs: Multiple of the planned costs at which the net present value is zero.
    """

    rate_per_year: Decimal
    pv_costs_by_year: tuple[Decimal, ...]
    pv_benefits_by_year: tuple[Decimal, ...]
    total_costs: Decimal
    total_benefits: Decimal
    pv_costs: Decimal
    pv_benefits: Decimal
    npv: Decimal
    roi_discounted: Decimal | None
    roi_programme: Decimal | None
    programme_benefits: Decimal
    bcr_discounted: Decimal | None
    bcr_undiscounted: Decimal | None
    payback_simple_months: Decimal | None
    payback_discounted_months: Decimal | None
    internal_rates: tuple[Decimal, ...]
    modified_internal_rate: Decimal | None
    break_even_benefits: Decimal | None
    break_even_costs: Decimal | None


class MissingPart(StrEnum):
    """What can be absent from a case that is to be presented."""

    OBJECTIVES = "objectives"
    COSTS = "costs"
    BENEFITS = "benefits"
    KPI = "kpi"
    BASELINE_VALUE = "baseline_value"
    BASELINE_DATE = "baseline_date"
    TARGET_VALUE = "target_value"
    TARGET_DATE = "target_date"
    OWNER = "owner"
    OWNER_INACTIVE = "owner_inactive"
    SOURCE = "source"
    SOURCE_METRIC = "source_metric"
    SOURCE_EVIDENCE = "source_evidence"


@dataclass(frozen=True)
class Missing:
    """One reason why a case cannot be presented, and the record whose form fixes it.

    Attributes:
        part: What is absent.
        objective_id: The objective it is absent from; None when it is absent from the case.
        kpi_id: The KPI it is absent from; None when it is absent from the objective or the case.
        subject: The title of that record, for a reader.
    """

    part: MissingPart
    objective_id: int | None = None
    kpi_id: int | None = None
    subject: str = ""


@dataclass(frozen=True)
class Actual:
    """A KPI's value as the platform computed it, with the instant it is true for.

    Attributes:
        metric_id: The metric in the register of `insights`.
        metric_version: The version of its definition.
        value: In the KPI's own unit; None when nothing was recorded that it could be computed from.
        as_of: The instant up to which records were counted.
    """

    metric_id: str
    metric_version: int
    value: Decimal | None
    as_of: datetime


@dataclass(frozen=True)
class KpiSheet:
    """One KPI as it stands. Text is empty and values are None where nothing was entered."""

    id: int
    name: str
    unit: str
    direction: Direction
    baseline_value: Decimal | None = None
    baseline_date: date | None = None
    baseline_evidence: str = ""
    target_value: Decimal | None = None
    target_date: date | None = None
    owner_name: str = ""
    owner_is_active: bool = True
    source_kind: SourceKind | None = None
    metric_id: str = ""
    metric_subject: str = ""
    manual_evidence: str = ""
    manual_value: Decimal | None = None
    manual_value_date: date | None = None
    actual: Actual | None = None


@dataclass(frozen=True)
class ObjectiveSheet:
    """One strategic objective with the KPIs that show whether it is met."""

    id: int
    title: str
    description: str = ""
    kpis: tuple[KpiSheet, ...] = ()


@dataclass(frozen=True)
class LineSheet:
    """One cost or benefit line: who says so, how sure they are, and the amount of each year from year 0."""

    id: int
    category: str
    description: str
    source: str
    confidence: Confidence
    amounts: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """Sum over the horizon, undiscounted."""
        return sum(self.amounts, Decimal(0))


@dataclass(frozen=True)
class CaseSheet:
    """The whole of one case at one instant.

    Attributes:
        horizon_months: Length after the initial column; whole years, because amounts are yearly.
        rate_per_year: Discount rate as a fraction.
        is_short_programme: Whether the programme ROI counts the first year's benefits only.
        unit_name: The part of the organisation the case is about; empty for the whole company.
        as_of: The instant at which actual values were computed.
    """

    slug: str
    name: str
    summary: str
    currency: str
    start: date
    horizon_months: int
    rate_per_year: Decimal
    is_short_programme: bool
    is_synthetic: bool
    owner_name: str
    unit_name: str
    objectives: tuple[ObjectiveSheet, ...]
    costs: tuple[LineSheet, ...]
    benefits: tuple[LineSheet, ...]
    flows: YearlyFlows
    figures: CaseFigures
    as_of: datetime


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
