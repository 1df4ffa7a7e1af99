"""What a metric is, what it is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any


class MetricParameter(StrEnum):
    """What a metric can be narrowed to."""

    COURSE = "course"
    UNIT = "unit"
    SINCE = "since"


@dataclass(frozen=True)
class MetricQuery:
    """The question put to a metric.

    Attributes:
        until: Count what happened up to and including this instant (aware, UTC).
        since: Count from this instant on; None is from the first record.
        course_id: One course; None is every course, where the metric allows that.
        unit_path: Path prefix of an organisation subtree; None is the whole company.
    """

    until: datetime
    since: datetime | None = None
    course_id: int | None = None
    unit_path: str | None = None


@dataclass(frozen=True)
class MetricValue:
    """An answer, with what it takes to check it.

    Attributes:
        value: In the metric's unit; None when it cannot be computed (nothing to divide by).
        as_of: The instant up to which records were counted.
    """

    metric_id: str
    metric_version: int
    value: Decimal | None
    as_of: datetime


@dataclass(frozen=True)
class MetricMonth:
    """One month of the record behind a value."""

    month: date
    count: int


@dataclass(frozen=True)
class Metric:
    """One metric, declared once.

    Attributes:
        id: Stable name, as stored with KPIs.
        name: For a reader.
        definition: What is counted and what is not.
        unit: Unit of the value.
        formula: How the value comes from the record.
        source: Which record it is read from.
        as_of: What instant a value is true for.
        version: Raised whenever the formula changes.
        requires: Parameters without which there is no value.
        accepts: Parameters that narrow it when given.
        compute: The function itself, from a query to a value or None.
        history: The function that gives the record by month.
        people: The function that gives the rows behind a value, each with `learner` and `completed_at`; who may see
            whose name is for the caller to decide.
    """

    id: str
    name: Any
    definition: Any
    unit: Any
    formula: Any
    source: Any
    as_of: Any
    version: int
    requires: frozenset[MetricParameter]
    accepts: frozenset[MetricParameter]
    compute: Callable[[MetricQuery], Decimal | None]
    history: Callable[[MetricQuery], tuple[MetricMonth, ...]]
    people: Callable[[MetricQuery], Any]
