"""What the platform counts of itself for the blueprint."""

from __future__ import annotations

from datetime import timedelta

from mycelia.business_case.models import Case
from mycelia.business_case.types import Usage
from mycelia.kernel import clock
from mycelia.learning import api as learning
from mycelia.people import api as people

ACTIVE_DAYS = 90


def platform_usage() -> Usage:
    """Return how many people there are, how many of them learnt within 90 days, and how many are in no unit."""
    today = clock.today()
    return Usage(
        people=people.active_count(),
        learners=learning.active_learner_count(since=today - timedelta(days=ACTIVE_DAYS)),
        without_unit=people.without_unit_count(today),
    )


def people_in_scope(case: Case) -> int:
    """Return how many active people the part of the organisation has that a case is about."""
    return people.count_in_unit(case.scope_unit_id)
