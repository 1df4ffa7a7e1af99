"""Everything that was entered for a case, in words and keys: what an export holds and a version keeps.

People, courses and units are named as they are called, not by number, so that a document is whole in another
installation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mycelia.business_case.types.lines import IsolationMethod
from mycelia.business_case.types.model import CaseModel
from mycelia.business_case.types.vocabulary import Direction, SourceKind


@dataclass(frozen=True)
class KpiDocument:
    """A KPI as entered; meanings as in `KpiTerms`. `owner` is an e-mail address, `course` a short name."""

    key: str
    name: str
    unit: str
    direction: Direction = Direction.RISE
    baseline_value: Decimal | None = None
    baseline_date: date | None = None
    baseline_evidence: str = ""
    target_value: Decimal | None = None
    target_date: date | None = None
    owner: str = ""
    source_kind: SourceKind | None = None
    metric_id: str = ""
    course: str = ""
    metric_since: date | None = None
    manual_evidence: str = ""
    manual_value: Decimal | None = None
    manual_value_date: date | None = None
    value_per_unit: Decimal | None = None
    isolation_method: IsolationMethod | None = None


@dataclass(frozen=True)
class ObjectiveDocument:
    """An objective with its KPIs."""

    key: str
    title: str
    description: str = ""
    kpis: tuple[KpiDocument, ...] = ()


@dataclass(frozen=True)
class CaseDocument:
    """A whole case as entered.

    Attributes:
        owner: E-mail address; empty for nobody.
        unit: Code of the unit; empty for the whole company.
    """

    slug: str
    name: str
    model: CaseModel
    summary: str = ""
    owner: str = ""
    unit: str = ""
    is_synthetic: bool = False
    objectives: tuple[ObjectiveDocument, ...] = ()
