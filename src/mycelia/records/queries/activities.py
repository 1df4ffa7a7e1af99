"""What is known of activities and agents."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from django.db import connection

from mycelia.records.calc.extraction import agent_key, digest
from mycelia.records.calc.persons import hashed_mailbox, names_of, person
from mycelia.records.models import ActivityDefinition, Agent
from mycelia.records.types import AgentKey, Json

SEEN_FOR_NAMES = 100
_NEWEST = """
    SELECT s.payload FROM records_agent a
    JOIN records_statementagent l ON l.agent_id = a.id
    JOIN records_statement s ON s.stored = l.stored AND s.sequence = l.sequence
    WHERE a.digest = %s ORDER BY l.stored DESC, l.sequence DESC LIMIT %s
"""


def canonical_definitions(activities: Collection[str]) -> Mapping[str, Json]:
    """Return what is known of activities, by IRI; those without any definition are left out."""
    by_digest = {digest(iri): iri for iri in activities}
    rows = ActivityDefinition.objects.filter(activity__digest__in=by_digest)
    found = rows.values_list("activity__digest", "definition")
    return {by_digest[key]: msgspec.json.decode(bytes(definition)) for key, definition in found}


def canonical_activity(activity: str) -> Json:
    """Return an activity with everything that is known of it; one never heard of has its id alone."""
    definition = canonical_definitions([activity]).get(activity)
    known: Json = {"objectType": "Activity", "id": activity}
    return known if definition is None else {**known, "definition": definition}


def known_person(agent: Json, *, reads_all: bool) -> Json:
    """Return the Person of an agent: its names in its newest hundred statements, and its identifiers.

    Args:
        agent: The agent asked for, valid.
        reads_all: Whether whoever asks may read everybody's statements; if not, they learn no more than they know.

    Identifiers are joined only where they are certainly one agent's: a mailbox and its hash. The accounts under which
    this installation records people lead to nobody, here as everywhere.
    """
    own = agent_key(agent)
    if not reads_all:
        return person(agent, ())
    keys = [key for key in (own, None if own is None else _known_hash(own)) if key is not None]
    names = [name for key in keys for name in _recorded_names(key)]
    return person(agent, names, keys)


def _known_hash(key: AgentKey) -> AgentKey | None:
    hashed = hashed_mailbox(key)
    return hashed if hashed is not None and Agent.objects.filter(digest=digest(*hashed)).exists() else None


def _recorded_names(key: AgentKey) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [digest(*key), SEEN_FOR_NAMES])
        payloads = [bytes(payload) for (payload,) in cursor.fetchall()]
    return [name for payload in payloads for name in names_of(key, msgspec.json.decode(payload))]
