"""Which verbs occur."""

from __future__ import annotations

from django.db import connection

from mycelia.records.queries.keys import agent_id, known_iris
from mycelia.records.types import AgentKey

_USED = """
    WITH RECURSIVE used AS (
        (SELECT verb_id FROM records_statement ORDER BY verb_id LIMIT 1)
      UNION ALL
        SELECT (SELECT s.verb_id FROM records_statement s WHERE s.verb_id > used.verb_id ORDER BY s.verb_id LIMIT 1)
        FROM used WHERE used.verb_id IS NOT NULL)
    SELECT verb_id FROM used WHERE verb_id IS NOT NULL
"""
_USED_BY = """
    SELECT DISTINCT l.verb_id FROM records_statementagent l
    JOIN records_statement s ON s.stored = l.stored AND s.sequence = l.sequence
    WHERE l.agent_id = %s AND l.is_direct AND s.actor_id = l.agent_id
"""


def used_verbs() -> list[str]:
    """Return the IRIs of the verbs that occur, found by skipping through the index."""
    return _verbs(_USED, [])


def verbs_used_by(actor: AgentKey) -> list[str]:
    """Return the IRIs of the verbs of statements in which somebody acts."""
    number = agent_id(actor)
    return [] if number is None else _verbs(_USED_BY, [number])


def _verbs(query: str, values: list[int]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return sorted(known_iris(number for (number,) in cursor.fetchall()).values())
