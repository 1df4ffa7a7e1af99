"""The words of a business case: its states, categories and errors of arithmetic."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

EARLIEST_DAY = date(1990, 1, 1)
LATEST_DAY = date(2199, 12, 31)


class EmptyCashFlow(ValueError):
    """A figure was asked of no years at all."""


class ImpossibleRate(ValueError):
    """A discount rate of -100 % a year or less: money cannot lose more than all of its value."""


class ImpossibleDraws(ValueError):
    """A simulation was asked for with fewer than 100 or more than 1,000,000 draws, or a negative or huge seed."""


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
    """Where the actual value of a KPI comes from: a metric, a reading by hand, or an uploaded series of readings."""

    PLATFORM = "platform"
    MANUAL = "manual"
    SERIES = "series"


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


class MissingPart(StrEnum):
    """What can be absent from a case that is to be presented."""

    OBJECTIVES = "objectives"
    COSTS = "costs"
    BENEFITS = "benefits"
    KPI = "kpi"
    BASELINE_VALUE = "baseline_value"
    BASELINE_DATE = "baseline_date"
    BASELINE_EVIDENCE = "baseline_evidence"
    TARGET_VALUE = "target_value"
    TARGET_DATE = "target_date"
    OWNER = "owner"
    OWNER_INACTIVE = "owner_inactive"
    SOURCE = "source"
    SOURCE_METRIC = "source_metric"
    SOURCE_EVIDENCE = "source_evidence"
    CONFIRMATION = "confirmation"
    ADOPTION_CONFIRMATION = "adoption_confirmation"
    DURATION_CONFIRMATION = "duration_confirmation"
    INPUT_CONFIRMATION = "input_confirmation"
    ISOLATION = "isolation"
    CONFIDENCE_FACTOR = "confidence_factor"
    OWN_MOVEMENT = "own_movement"
    POSSIBLE_MOVEMENT = "possible_movement"
    SUPPORT = "support"
    MONTHS = "months"
    ADOPTION_MONTHS = "adoption_months"
    RATE_SOURCE = "rate_source"
    INFLATION_SOURCE = "inflation_source"
    TAX_SOURCE = "tax_source"
