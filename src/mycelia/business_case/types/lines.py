"""Cost and benefit lines as the arithmetic takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from mycelia.business_case.types.estimates import NONE, ONE, Adoption, Estimate
from mycelia.business_case.types.vocabulary import BenefitCategory, Confidence, CostCategory


class Basis(StrEnum):
    """How the amounts of a line come about: entered by year, or computed from its inputs."""

    AMOUNTS = "amounts"
    COMPUTED = "computed"


class Driver(StrEnum):
    """What a quantity is multiplied by in each month: nothing, all people, those who use it, or hours of content."""

    NONE = "none"
    HEADCOUNT = "headcount"
    ACTIVE_LEARNERS = "active_learners"
    CONTENT_HOURS = "content_hours"


class Recurrence(StrEnum):
    """When quantity x price falls due: once in the first column, or in every month, or spread as a yearly sum."""

    ONE_OFF = "one_off"
    MONTHLY = "monthly"
    YEARLY = "yearly"


class EvidenceGrade(StrEnum):
    """How strongly the claim of a benefit is supported; weakest last."""

    EXPERIMENT = "experiment"
    COMPARISON = "comparison"
    BEFORE_AFTER = "before_after"
    EXPERT = "expert"
    VENDOR = "vendor"
    NONE = "none"


class IsolationMethod(StrEnum):
    """How the effect of learning is told from everything else that moved the measure (Phillips)."""

    CONTROL_GROUP = "control_group"
    TREND_LINE = "trend_line"
    FORECASTING = "forecasting"
    PARTICIPANT_ESTIMATE = "participant_estimate"
    MANAGER_ESTIMATE = "manager_estimate"
    EXPERT_ESTIMATE = "expert_estimate"
    DIRECT = "direct"


@dataclass(frozen=True)
class Timing:
    """When a line runs, in columns: 0 is the initial column, then month 1 to the horizon.

    With a milestone, `start_month` counts from the column in which that work item finishes (0 = the same one), and
    the line ends in the column before the one in which `end_milestone` finishes. A delay of the roadmap moves both.
    An item that finishes before the case's start finishes in column 0, one that finishes in month m in column m.
    What recurs falls in months only: column 0 holds one-off costs and the first of `amounts`.

    Attributes:
        start_month: First column; with `start_milestone` the columns after its finish.
        end_month: Last column, included; None runs to the horizon. Ignored with `end_milestone`.
        start_milestone, end_milestone: Keys of work items.
    """

    start_month: int = 0
    end_month: int | None = None
    start_milestone: str | None = None
    end_milestone: str | None = None


THROUGHOUT = Timing()


@dataclass(frozen=True)
class CostLine:
    """One cost; never negative.

    COMPUTED: quantity x driver x price, once, every month, or a twelfth of it every month (YEARLY), while it runs,
    times the escalation of its year. AMOUNTS: `amounts[0]` in column 0 and a twelfth of `amounts[k]` in each month
    of year k; neither escalated nor moved by `timing`. Both times `spread` times (1 + `risk_adjustment`).
    A ONE_OFF line that a delay pushes beyond the horizon, or beyond its own end, does not occur. The year of month m
    is the m / 12 rounded up; column 0 is not escalated and has the headcount of the start.

    Attributes:
        key: Stable name within the case.
        option: Key of the option it belongs to; None is shared by all options.
        unit: What one of the quantity is, for readers.
        spread: Multiplier on the whole line, for uncertainty that is not of quantity or price.
        risk_adjustment: Flat share added for risk, 0 or more.
        escalation_per_year: Fraction per year from the second year on; None takes the case's inflation.
        confidence, source, cost_centre: Who says so and who pays.
        is_placeholder: A default nobody has confirmed; a case with one cannot be presented.
    """

    key: str
    category: CostCategory
    description: str
    option: str | None = None
    basis: Basis = Basis.COMPUTED
    amounts: tuple[Decimal, ...] = ()
    quantity: Estimate = ONE
    unit: str = ""
    driver: Driver = Driver.NONE
    price: Estimate = NONE
    recurrence: Recurrence = Recurrence.ONE_OFF
    timing: Timing = THROUGHOUT
    spread: Estimate = ONE
    risk_adjustment: Decimal = Decimal(0)
    escalation_per_year: Decimal | None = None
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM
    cost_centre: str = ""
    is_placeholder: bool = False

    @property
    def is_learner_time(self) -> bool:
        """Whether it is left out of the figures together with learner time."""
        return self.category is CostCategory.LEARNER_TIME


@dataclass(frozen=True)
class BenefitLine:
    """One benefit; never negative.

    COMPUTED: the builder's yearly amount at full effect / 12 in each month while it runs, x adoption x ramp
    (linear over `ramp_months`, at the month's middle) x the escalation of its year; nothing in column 0.
    AMOUNTS: as in `CostLine`. Both x isolation x confidence factor x spread x (1 - `risk_adjustment`).
    An intangible is told and never counted.

    Attributes:
        saves_learner_time: What it saves is time of learners, so it is left out of the figures where learner time is.
        category: Names the builder: `calc.builders` gives its inputs with units, and its formula.
        inputs: By the builder's input names.
        adoption: None is full from the start; `follows_case_adoption` takes the case's curve instead.
        isolation: Share of the effect that is due to this, 0 to 1.
        confidence_factor: Share by which the estimate is trusted, 0 to 1 (Phillips).
        kpi: Key of the KPI whose movement it claims; `claimed_movement` is how much of it, in the KPI's unit.
    """

    key: str
    category: BenefitCategory
    description: str
    option: str | None = None
    basis: Basis = Basis.COMPUTED
    amounts: tuple[Decimal, ...] = ()
    inputs: Mapping[str, Estimate] = field(default_factory=dict)
    timing: Timing = THROUGHOUT
    adoption: Adoption | None = None
    follows_case_adoption: bool = False
    ramp_months: int = 0
    isolation: Estimate = ONE
    isolation_method: IsolationMethod | None = None
    confidence_factor: Estimate = ONE
    spread: Estimate = ONE
    risk_adjustment: Decimal = Decimal(0)
    escalation_per_year: Decimal | None = None
    kpi: str | None = None
    claimed_movement: Decimal | None = None
    evidence_grade: EvidenceGrade = EvidenceGrade.NONE
    is_intangible: bool = False
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM
    is_placeholder: bool = False
    saves_learner_time: bool = field(default=False, metadata={"told": "where it is set"})

    @property
    def is_learner_time(self) -> bool:
        """Whether it is left out of the figures together with learner time."""
        return self.saves_learner_time
