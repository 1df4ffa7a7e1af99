"""Learning's in-process interface."""

from mycelia.learning.actions.answers import answer_question
from mycelia.learning.actions.enrolments import enrol, withdraw
from mycelia.learning.actions.history import import_history
from mycelia.learning.actions.progress import complete_lesson, open_lesson, record_attempt, start_package
from mycelia.learning.actions.settlement import settle_course
from mycelia.learning.permissions import EnrolOthers, Learn, OwnEnrolments, ReadProgress, ReadTeam
from mycelia.learning.queries.counts import (
    active_learner_count,
    completion_count,
    completion_months,
    completions,
    enrolled_count,
)
from mycelia.learning.queries.standings import (
    completion_of,
    enrolment_for,
    latest_enrolment,
    learner_overview,
    standing_of,
    standings_of,
    states_by_course,
)
from mycelia.learning.queries.team import team_progress

__all__ = [
    "EnrolOthers",
    "Learn",
    "OwnEnrolments",
    "ReadProgress",
    "ReadTeam",
    "active_learner_count",
    "answer_question",
    "complete_lesson",
    "completion_count",
    "completion_months",
    "completion_of",
    "completions",
    "enrol",
    "enrolled_count",
    "enrolment_for",
    "import_history",
    "latest_enrolment",
    "learner_overview",
    "open_lesson",
    "record_attempt",
    "settle_course",
    "standing_of",
    "standings_of",
    "start_package",
    "states_by_course",
    "team_progress",
    "withdraw",
]
