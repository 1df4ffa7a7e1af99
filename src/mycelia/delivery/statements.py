"""What attempts tell the record store, in the transaction of the message that caused it."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from mycelia.delivery.calc.milestones import Milestone, Verb, milestones
from mycelia.delivery.models import Attempt
from mycelia.delivery.types import AttemptState
from mycelia.kernel import clock
from mycelia.records import api as records

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:mycelia:delivery:attempt")
_VERBS = {
    Verb.INITIALIZED: records.verbs.INITIALIZED,
    Verb.RESUMED: records.verbs.RESUMED,
    Verb.PROGRESSED: records.verbs.PROGRESSED,
    Verb.COMPLETED: records.verbs.COMPLETED,
    Verb.PASSED: records.verbs.PASSED,
    Verb.FAILED: records.verbs.FAILED,
    Verb.SUSPENDED: records.verbs.SUSPENDED,
    Verb.TERMINATED: records.verbs.TERMINATED,
}


def milestone_name(attempt_id: UUID, key: str) -> UUID:
    """Return the name of an attempt's milestone: the same for every replay."""
    return uuid5(_NAMESPACE, f"{attempt_id}:{key}")


def store_milestones(attempt: Attempt, before: AttemptState, after: AttemptState, *, parts: int) -> int:
    """Store what `after` has reached and the record store does not know yet; return how many statements."""
    reached = list(milestones(before, after, parts))
    if not reached:
        return 0
    named = {milestone_name(attempt.pk, one.key): one for one in reached}
    new = records.untold(named)
    if new:
        actor = records.agent_for(attempt.learner_id)
        records.store([_statement(attempt, one, actor, new[name]) for name, one in named.items() if name in new])
    return len(new)


def _statement(attempt: Attempt, milestone: Milestone, actor: Any, statement_id: UUID) -> dict[str, Any]:
    statement = {
        "id": str(statement_id),
        "actor": actor,
        "verb": _VERBS[milestone.verb],
        "object": {
            "objectType": "Activity",
            "id": attempt.activity_iri,
            "definition": {"name": {"en": attempt.activity_name}, "type": records.activity_types.LESSON},
        },
        "context": _context(attempt),
        "timestamp": clock.now().isoformat(),
    }
    result = _result(milestone)
    return {**statement, "result": result} if result else statement


def _context(attempt: Attempt) -> dict[str, Any]:
    context: dict[str, Any] = {
        "registration": str(attempt.registration),
        "platform": "Mycelia",
        "contextActivities": {"category": [records.profile_category()]},
    }
    if attempt.course_registration is not None:
        name = records.extension(records.extensions.COURSE_REGISTRATION)
        context["extensions"] = {name: str(attempt.course_registration)}
    return context


def _result(milestone: Milestone) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if milestone.completion is not None:
        result["completion"] = milestone.completion
    if milestone.success is not None:
        result["success"] = milestone.success
    if milestone.score_scaled is not None:
        result["score"] = {"scaled": float(milestone.score_scaled)}
    if milestone.duration is not None:
        result["duration"] = f"PT{milestone.duration // 100}.{milestone.duration % 100:02}S"
    if milestone.progress is not None:
        result["extensions"] = {records.extensions.PROGRESS: milestone.progress}
    return result
