"""What sources send over time, and what of it is refused.

Counts are of requests, as `actions.uses` gathers them: by minute for a week, by hour after that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Sum

from mycelia.records.models import CredentialUse
from mycelia.records.queries.keys import agent_id, agent_ids, known_iris
from mycelia.records.types import AgentKey, Step

COUNTED_TO = 100_000
"""More statements of one source than this are not counted."""
NEWEST = 1_000
ACCEPTED = "accepted"
_STEPS = """
    SELECT b.at, coalesce(sum(u.requests) FILTER (WHERE u.outcome = %(accepted)s), 0)::bigint,
           coalesce(sum(u.requests) FILTER (WHERE u.outcome <> %(accepted)s), 0)::bigint
    FROM generate_series(%(since)s::timestamptz, %(last)s::timestamptz, %(width)s::interval) b (at)
    LEFT JOIN records_credentialuse u ON u.since >= b.at AND u.since < b.at + %(width)s::interval <narrow>
    GROUP BY b.at ORDER BY b.at
"""
_SENT = """
    SELECT a.id, (SELECT count(*) FROM (SELECT 1 FROM records_statement s
        WHERE s.authority_id = a.id AND s.stored >= %s LIMIT %s) n)
    FROM unnest(%s::int[]) a (id)
"""
_VERBS = """
    SELECT n.verb_id, count(*) FROM (SELECT s.verb_id FROM records_statement s WHERE s.authority_id = %s
        ORDER BY s.stored DESC, s.sequence DESC LIMIT %s) n GROUP BY 1 ORDER BY 2 DESC, 1
"""


def uses_by_source(since: datetime) -> Mapping[int | None, Mapping[str, int]]:
    """Return the requests since a moment by credential and outcome; under None those that named no known one."""
    rows = CredentialUse.objects.filter(since__gte=since).values_list("credential_id", "outcome")
    found: dict[int | None, dict[str, int]] = {}
    for credential_id, outcome, total in rows.annotate(total=Sum("requests")).order_by("-total", "outcome"):
        found.setdefault(credential_id, {})[outcome] = total
    return found


def steps(since: datetime, until: datetime, width: timedelta, credential_id: int | None = None) -> tuple[Step, ...]:
    """Return the requests in each step of time, empty ones included; of one credential, or of everybody."""
    narrow = "" if credential_id is None else "AND u.credential_id = %(credential)s"
    values: dict[str, Any] = {
        "accepted": ACCEPTED,
        "since": since,
        "last": until - width,
        "width": width,
        "credential": credential_id,
    }
    with connection.cursor() as cursor:
        cursor.execute(_STEPS.replace("<narrow>", narrow), values)
        return tuple(Step(*row) for row in cursor.fetchall())


def statements_sent(authorities: Collection[AgentKey], since: datetime) -> Mapping[AgentKey, int]:
    """Return how many statements came under each authority since a moment, counted to `COUNTED_TO` + 1."""
    numbers = {number: key for key, number in agent_ids(authorities).items()}
    with connection.cursor() as cursor:
        cursor.execute(_SENT, [since, COUNTED_TO + 1, list(numbers)])
        return {numbers[number]: count for number, count in cursor.fetchall()}


def verbs_sent(authority: AgentKey) -> tuple[tuple[str, int], ...]:
    """Return the verbs of an authority's newest thousand statements, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute(_VERBS, [agent_id(authority), NEWEST])
        rows = cursor.fetchall()
    iris = known_iris(number for number, _count in rows)
    return tuple((iris[number], count) for number, count in rows)
