"""The picture of a case that page, chart, snapshot and brief are made from.

`CaseSheet` is the one picture of a case, so a figure cannot differ between them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from mycelia.business_case.types.document import CaseDocument
from mycelia.business_case.types.figures import CaseFigures, YearlyFlows
from mycelia.business_case.types.lines import Basis, IsolationMethod
from mycelia.business_case.types.model import CaseModel
from mycelia.business_case.types.problems import Finding
from mycelia.business_case.types.readiness import Landscape
from mycelia.business_case.types.vocabulary import (
    Confidence,
    CostCategory,
    Direction,
    LineKind,
    MissingPart,
    SourceKind,
)


@dataclass(frozen=True)
class Missing:
    """One reason why a case cannot be presented, and the record whose form fixes it.

    Attributes:
        part: What is absent.
        objective_id: The objective it is absent from; None when it is absent from the case.
        kpi_id: The KPI it is absent from; None when it is absent from the objective or the case.
        subject: The title of that record, for a reader.
        line_kind, line_id: The line it is absent from; None when it is no line.
        work_item: Key of the work item it is absent from; empty when it is none.
        finding: What the model falls short of there; None when it is about objectives, KPIs or no line at all.
        named_input: Key of the named input it is absent from; empty when it is none.
    """

    part: MissingPart
    objective_id: int | None = None
    kpi_id: int | None = None
    subject: str = ""
    line_kind: LineKind | None = None
    line_id: int | None = None
    work_item: str = ""
    finding: Finding | None = None
    named_input: str = ""


@dataclass(frozen=True)
class Caution:
    """A finding that does not keep a case from being presented, and the record it is about; fields as in `Missing`."""

    finding: Finding
    subject: str = ""
    line_kind: LineKind | None = None
    line_id: int | None = None
    work_item: str = ""
    named_input: str = ""


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
    """One KPI as it stands. Text is empty and values are None where nothing was entered.

    Attributes:
        owner_is_active: Whether the owner is a person whose account works here; a name that means nobody is none.
    """

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
    key: str = ""
    value_per_unit: Decimal | None = None
    isolation_method: IsolationMethod | None = None


@dataclass(frozen=True)
class ObjectiveSheet:
    """One strategic objective with the KPIs that show whether it is met."""

    id: int
    title: str
    description: str = ""
    kpis: tuple[KpiSheet, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class LineSheet:
    """One cost or benefit line: who says so, how sure they are, and what it comes to.

    Attributes:
        amounts: Shape (years,), year 0 first.
        by_column: Shape (horizon_months + 1,), column 0 first.
        is_counted: Whether the figures contain it: not an intangible, nor learner time, or what saves it, when that is
            left out.
        is_shared: Whether all options have it.
        saves_learner_time: Whether it is a benefit that is left out where learner time is.
    """

    id: int
    category: str
    description: str
    source: str
    confidence: Confidence
    amounts: tuple[Decimal, ...]
    key: str = ""
    by_column: tuple[Decimal, ...] = ()
    is_counted: bool = True
    is_shared: bool = False
    is_placeholder: bool = False
    basis: Basis = Basis.AMOUNTS
    saves_learner_time: bool = field(default=False, metadata={"told": "where it is set"})

    @property
    def total(self) -> Decimal:
        """Sum over the horizon, undiscounted."""
        return sum(self.amounts, Decimal(0))

    @property
    def is_learner_time(self) -> bool:
        """Whether it is left out with learner time."""
        return self.saves_learner_time or self.category == CostCategory.LEARNER_TIME


@dataclass(frozen=True)
class Difference:
    """An option less doing nothing, in the case's currency; positive costs are costs on top."""

    npv: Decimal
    pv_costs: Decimal
    pv_benefits: Decimal
    total_costs: Decimal
    total_benefits: Decimal


@dataclass(frozen=True)
class OptionSheet:
    """One option with its own lines and the shared ones.

    Attributes:
        flows: Sums of the lines that are counted, by year.
        figures: As the case counts learner time.
        with_learner_time, without_learner_time: The figures either way.
        against_nothing: None for doing nothing itself.
        finish: Last day of its roadmap; None where it has none.
    """

    key: str
    name: str
    is_baseline: bool
    is_preferred: bool
    description: str
    costs: tuple[LineSheet, ...]
    benefits: tuple[LineSheet, ...]
    flows: YearlyFlows
    figures: CaseFigures
    with_learner_time: CaseFigures
    without_learner_time: CaseFigures
    against_nothing: Difference | None = None
    finish: date | None = None


@dataclass(frozen=True)
class CaseSheet:
    """The whole of one case at one instant.

    Attributes:
        horizon_months: Length after the initial column.
        rate_per_year: Discount rate as a fraction.
        is_short_programme: Whether the programme ROI counts the first year's benefits only.
        unit_name: The part of the organisation the case is about; empty for the whole company.
        costs, benefits, flows, figures: Those of the preferred option.
        as_of: The instant at which actual values were computed.
        document: Everything that was entered.
        options: Every option, in the order of the document.
        landscape: The organisation's blueprint as it stood; None where it was not looked at.
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
    document: CaseDocument
    options: tuple[OptionSheet, ...]
    landscape: Landscape | None = None

    @property
    def model(self) -> CaseModel:
        """What the figures are computed from."""
        return self.document.model
