"""The in-process interface of `insights`."""

from mycelia.insights.queries import all_metrics, metric_by_id, metric_months, metric_people, metric_value
from mycelia.insights.types import Metric, MetricMonth, MetricParameter, MetricQuery, MetricValue

__all__ = [
    "Metric",
    "MetricMonth",
    "MetricParameter",
    "MetricQuery",
    "MetricValue",
    "all_metrics",
    "metric_by_id",
    "metric_months",
    "metric_people",
    "metric_value",
]
