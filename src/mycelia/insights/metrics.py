"""Every metric of the product. A changed formula is a new version; a changed meaning is a new metric."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mycelia.insights.calc import percentage
from mycelia.insights.registry import metric
from mycelia.insights.types import MetricMonth, MetricParameter, MetricQuery
from mycelia.learning import api as learning

PERIOD_AND_PLACE = frozenset({MetricParameter.UNIT, MetricParameter.SINCE})
FIRST_DAY = date(1970, 1, 1)
COMPLETION_RECORD = _(
    "Completions recorded by the platform, one row for each completed enrolment, never changed later."
)
UNTIL_AS_OF = _("The instant shown with the value; what was recorded after it is not counted.")


def completions_by_month(query: MetricQuery) -> tuple[MetricMonth, ...]:
    """Return how many people completed in each month, every course where the query names none."""
    since = query.since.date() if query.since else FIRST_DAY
    months = learning.completion_months(
        course_id=query.course_id, since=since, until=query.until.date(), unit_path=query.unit_path
    )
    return tuple(MetricMonth(month, count) for month, count in months)


def completions_behind(query: MetricQuery) -> Any:
    """Return the completions that are counted, the latest first."""
    return learning.completions(
        course_id=query.course_id,
        until=query.until.date(),
        since=query.since.date() if query.since else None,
        unit_path=query.unit_path,
    ).select_related("learner")


def _people_who_completed(query: MetricQuery) -> int:
    return learning.completion_count(
        course_id=query.course_id,
        until=query.until.date(),
        since=query.since.date() if query.since else None,
        unit_path=query.unit_path,
    )


def _people_who_enrolled(query: MetricQuery) -> int:
    return learning.enrolled_count(
        course_id=query.course_id,
        until=query.until.date(),
        since=query.since.date() if query.since else None,
        unit_path=query.unit_path,
    )


@metric(
    id="course_completions_by_date",
    name=_("People who completed a course by a date"),
    definition=_(
        "Distinct people with at least one recorded completion of the course. A person who completed it twice counts "
        "once. In a part of the organisation, those count who were employed there on the day they completed; leaving "
        "afterwards does not take a completion back."
    ),
    unit=_("people"),
    formula=_("number of distinct learners among completions of the course with start ≤ completed at ≤ as-of"),
    source=COMPLETION_RECORD,
    as_of=UNTIL_AS_OF,
    version=1,
    requires=frozenset({MetricParameter.COURSE}),
    accepts=PERIOD_AND_PLACE,
    history=completions_by_month,
    people=completions_behind,
)
def course_completions_by_date(query: MetricQuery) -> Decimal:
    """Count the people who completed one course."""
    return Decimal(_people_who_completed(query))


@metric(
    id="any_completions_by_date",
    name=_("People who completed any course by a date"),
    definition=_("Distinct people with at least one recorded completion of any course. Each person counts once."),
    unit=_("people"),
    formula=_("number of distinct learners among all completions with start ≤ completed at ≤ as-of"),
    source=COMPLETION_RECORD,
    as_of=UNTIL_AS_OF,
    version=1,
    accepts=PERIOD_AND_PLACE,
    history=completions_by_month,
    people=completions_behind,
)
def any_completions_by_date(query: MetricQuery) -> Decimal:
    """Count the people who completed anything."""
    return Decimal(_people_who_completed(query))


@metric(
    id="course_completion_rate",
    name=_("Share of those enrolled who completed a course"),
    definition=_(
        "People who completed the course, in percent of the people who enrolled on it and did not withdraw. In a part "
        "of the organisation, a person is placed by their employment on the day they enrolled or completed."
    ),
    unit=_("%"),
    formula=_("100 × number of distinct people who completed ÷ number of distinct people who enrolled"),
    source=_("Enrolments and completions recorded by the platform."),
    as_of=UNTIL_AS_OF,
    version=1,
    requires=frozenset({MetricParameter.COURSE}),
    accepts=frozenset({MetricParameter.UNIT}),
    history=completions_by_month,
    people=completions_behind,
)
def course_completion_rate(query: MetricQuery) -> Decimal | None:
    """Return completed over enrolled in percent; None while nobody has enrolled."""
    everyone = replace(query, since=None)
    return percentage(_people_who_completed(everyone), _people_who_enrolled(everyone))
