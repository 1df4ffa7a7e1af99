"""The record behind an actual value, down to the people where the actor may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mycelia.business_case.models import Case, Kpi
from mycelia.business_case.queries.sheets import actual_query
from mycelia.business_case.types import SourceKind
from mycelia.insights import api as insights
from mycelia.insights.errors import MetricParameterMissing, UnknownMetric
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.people import api as people

MOST_PEOPLE = 100


@dataclass(frozen=True)
class PersonRow:
    """One row behind an actual value: who, and when."""

    name: str
    moment: datetime


@dataclass(frozen=True)
class ActualRecord:
    """An actual value with everything needed to check it.

    Attributes:
        metric: The definition it was computed by.
        query: What the definition was asked.
        value: The answer.
        months: The record it was counted from, by month.
        people: The latest rows of that record whose people the actor may see, at most `MOST_PEOPLE`.
    """

    metric: insights.Metric
    query: insights.MetricQuery
    value: insights.MetricValue
    months: tuple[insights.MetricMonth, ...]
    people: tuple[PersonRow, ...]


def actual_record(actor: Actor, case: Case, kpi: Kpi) -> ActualRecord | None:
    """Return the record behind a KPI's actual value; None when the platform does not compute it."""
    if kpi.source_kind != SourceKind.PLATFORM:
        return None
    query = actual_query(kpi, case, clock.now())
    try:
        return ActualRecord(
            insights.metric_by_id(kpi.metric_id),
            query,
            insights.metric_value(kpi.metric_id, query),
            insights.metric_months(kpi.metric_id, query),
            _people(actor, kpi.metric_id, query),
        )
    except (UnknownMetric, MetricParameterMissing):
        return None


def _people(actor: Actor, metric_id: str, query: insights.MetricQuery) -> tuple[PersonRow, ...]:
    rows = insights.metric_people(metric_id, query).filter(learner__in=people.visible_people(actor))
    return tuple(PersonRow(row.learner.full_name, row.completed_at) for row in rows[:MOST_PEOPLE])
