"""The register of metrics: each is declared once, and completely."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from typing import Any

from mycelia.insights.errors import IncompleteMetric, UnknownMetric
from mycelia.insights.types import Metric, MetricMonth, MetricParameter, MetricQuery

Compute = Callable[[MetricQuery], Decimal | None]

TEXTS = ("id", "name", "definition", "unit", "formula", "source", "as_of")
"""The fields a reader needs; `blank_texts` names those that say nothing."""

_metrics: dict[str, Metric] = {}


def metric(
    *,
    history: Callable[[MetricQuery], tuple[MetricMonth, ...]],
    people: Callable[[MetricQuery], Any],
    requires: frozenset[MetricParameter] = frozenset(),
    accepts: frozenset[MetricParameter] = frozenset(),
    **declared: Any,
) -> Callable[[Compute], Compute]:
    """Declare a metric; used as a decorator on the function that computes it.

    Args:
        history: Gives the record by month.
        people: Gives the rows behind a value.
        requires: Parameters without which there is no value.
        accepts: Parameters that narrow it.
        declared: The remaining fields of `Metric`.

    Raises:
        IncompleteMetric: A field is missing or empty, or the id is taken.
    """

    def register(compute: Compute) -> Compute:
        known = {field.name for field in fields(Metric)}
        values = {
            "compute": compute,
            "history": history,
            "people": people,
            "requires": requires,
            "accepts": accepts,
            **declared,
        }
        _refuse_incomplete(values, known)
        declaration = Metric(**values)
        _metrics[declaration.id] = declaration
        return compute

    return register


def registered() -> tuple[Metric, ...]:
    """Return every metric, by id."""
    return tuple(_metrics[key] for key in sorted(_metrics))


def by_id(metric_id: str) -> Metric:
    """Return one metric.

    Raises:
        UnknownMetric: No metric has that id.
    """
    try:
        return _metrics[metric_id]
    except KeyError:
        raise UnknownMetric(metric_id=metric_id) from None


def blank_texts(declaration: Metric) -> tuple[str, ...]:
    """Return the fields of a declaration that say nothing; a test fails on any."""
    return tuple(key for key in TEXTS if not str(getattr(declaration, key)).strip())


def _refuse_incomplete(values: dict[str, Any], known: set[str]) -> None:
    wrong = known ^ values.keys()
    if wrong:
        raise IncompleteMetric(f"{values.get('id')}: {', '.join(sorted(wrong))}")
    if values["version"] < 1 or values["id"] in _metrics:
        raise IncompleteMetric(f"{values['id']}: version below 1, or declared twice")
