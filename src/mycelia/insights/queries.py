"""Reading metrics: by id, through the register, so that no figure is computed in two ways."""

from __future__ import annotations

from typing import Any

from mycelia.insights import metrics  # noqa: F401  (declares every metric)
from mycelia.insights.errors import MetricParameterMissing
from mycelia.insights.registry import by_id, registered
from mycelia.insights.types import Metric, MetricMonth, MetricParameter, MetricQuery, MetricValue


def all_metrics() -> tuple[Metric, ...]:
    """Return every declared metric, by id."""
    return registered()


def metric_by_id(metric_id: str) -> Metric:
    """Return one metric.

    Raises:
        UnknownMetric: No metric has that id.
    """
    return by_id(metric_id)


def metric_value(metric_id: str, query: MetricQuery) -> MetricValue:
    """Return the value of a metric, with the version of its definition and the instant it is true for.

    Raises:
        UnknownMetric: No metric has that id.
        MetricParameterMissing: The metric requires a parameter that the query leaves open.
    """
    declared = _ready(metric_id, query)
    return MetricValue(declared.id, declared.version, declared.compute(query), query.until)


def metric_months(metric_id: str, query: MetricQuery) -> tuple[MetricMonth, ...]:
    """Return the record behind a value, month by month.

    Raises:
        UnknownMetric: No metric has that id.
        MetricParameterMissing: The metric requires a parameter that the query leaves open.
    """
    return _ready(metric_id, query).history(query)


def metric_people(metric_id: str, query: MetricQuery) -> Any:
    """Return the rows behind a value, each with `learner` and `completed_at`, as a query set the caller narrows.

    Raises:
        UnknownMetric: No metric has that id.
        MetricParameterMissing: The metric requires a parameter that the query leaves open.
    """
    return _ready(metric_id, query).people(query)


def _ready(metric_id: str, query: MetricQuery) -> Metric:
    declared = by_id(metric_id)
    if MetricParameter.COURSE in declared.requires and query.course_id is None:
        raise MetricParameterMissing(metric_id=metric_id)
    return declared
