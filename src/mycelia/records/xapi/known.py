"""What the store knows: activities, agents, and itself."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse

from mycelia.records.actions.storing import MAXIMUM_BATCH
from mycelia.records.calc.preparation import MOST_NAMED, MOST_NAMED_BY_ONE
from mycelia.records.queries.activities import canonical_activity, known_person
from mycelia.records.queries.statements import MAXIMUM_LIMIT
from mycelia.records.types import Json, Scope
from mycelia.records.xapi import answers, parameters
from mycelia.records.xapi.calls import Call
from mycelia.records.xapi.edge import Operation, resource

VERSIONS_1 = ("1.0.0", "1.0.1", "1.0.2", "1.0.3")
VERSION_2 = "2.0.0"
_READ = frozenset({Scope.STATEMENTS_READ, Scope.STATEMENTS_READ_MINE, Scope.STATE, Scope.PROFILE, Scope.DEFINE})
_READS_ALL = frozenset({Scope.STATEMENTS_READ, Scope.ALL_READ, Scope.ALL})


def _activity(call: Call) -> HttpResponse:
    parameters.only(call, "activityId", required=("activityId",))
    return answers.json(canonical_activity(parameters.activity_id(call)))


def _agent(call: Call) -> HttpResponse:
    parameters.only(call, "agent", required=("agent",))
    return answers.json(known_person(parameters.agent(call), reads_all=bool(call.sender.scopes & _READS_ALL)))


def _about(call: Call) -> HttpResponse:
    """Say which versions are spoken; who asks in 1.0.x is told of nothing later, which it could not understand.

    References:
        xAPI 1.0.3 Part Three 2.8; IEEE 9274.1.1-2023 4.1.6.7.
    """
    parameters.only(call)
    versions = VERSIONS_1 if call.version.startswith("1.") else (*VERSIONS_1, VERSION_2)
    return answers.json({"version": versions, "extensions": _extensions()})


def _extensions() -> Json:
    """Return what a client does well to know before it sends: the limits, where tokens are had, the own profile."""
    here = f"{settings.MYCELIA_PUBLIC_URL}/xapi"
    return {
        f"{here}/extensions/limits": {
            "statements": MAXIMUM_BATCH,
            "statements_bytes": settings.MYCELIA_XAPI_STATEMENTS_BYTES,
            "named_by_a_statement": MOST_NAMED_BY_ONE,
            "named_at_once": MOST_NAMED,
            "statements_answered": MAXIMUM_LIMIT,
            "document_bytes": settings.MYCELIA_XAPI_DOCUMENT_BYTES,
            "requests_per_minute": settings.MYCELIA_XAPI_REQUESTS_PER_MINUTE,
        },
        f"{here}/extensions/token-endpoint": f"{here}/oauth/token",
        f"{here}/extensions/profile": f"{here}/profile",
    }


activities = resource({"GET": Operation(_activity, _READ)})
agents = resource({"GET": Operation(_agent, _READ)})
about = resource({"GET": Operation(_about, needs_version=False, needs_client=False)})
