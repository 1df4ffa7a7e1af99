"""The statements of a person who is taken out of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from mycelia.records.actions.erased_activities import numbers_instead
from mycelia.records.actions.erased_routes import forget_refusals
from mycelia.records.actions.interning import intern_agents, keep_texts
from mycelia.records.calc.erasures import Erasure
from mycelia.records.calc.pseudonyms import without_person
from mycelia.records.calc.transfer import hashes_in

PART = 500
_LINKED = """
    SELECT s.stored, s.sequence, s.payload FROM records_statement s JOIN (
        SELECT stored, sequence FROM records_statementagent WHERE agent_id = ANY(%(ids)s)
        UNION SELECT stored, sequence FROM records_statement WHERE authority_id = ANY(%(ids)s)
        UNION SELECT stored, sequence FROM records_statementactivity WHERE activity_id = ANY(%(activities)s)
        LIMIT %(part)s
    ) found USING (stored, sequence) ORDER BY s.stored, s.sequence FOR UPDATE OF s
"""
_REWRITE = """
    UPDATE records_statement s SET payload = new.payload,
        actor_id = CASE WHEN actor_id = ANY(%(ids)s) THEN %(pseudonym)s ELSE actor_id END,
        authority_id = CASE WHEN authority_id = ANY(%(ids)s) THEN %(pseudonym)s ELSE authority_id END
    FROM unnest(%(stored)s::timestamptz[], %(sequences)s::bigint[], %(payloads)s::bytea[])
        AS new (stored, sequence, payload)
    WHERE s.stored = new.stored AND s.sequence = new.sequence
"""
_RELINK_AGENTS = """
    WITH places AS (SELECT * FROM unnest(%(stored)s::timestamptz[], %(sequences)s::bigint[]) AS p (stored, sequence)),
    gone AS (
        DELETE FROM records_statementagent l USING places p
        WHERE l.stored = p.stored AND l.sequence = p.sequence AND l.agent_id = ANY(%(ids)s) RETURNING l.*)
    INSERT INTO records_statementagent (stored, sequence, agent_id, verb_id, is_direct)
    SELECT stored, sequence, %(pseudonym)s, min(verb_id), bool_or(is_direct) FROM gone GROUP BY stored, sequence
"""
_RELINK_ACTIVITIES = """
    WITH places AS (SELECT * FROM unnest(%(stored)s::timestamptz[], %(sequences)s::bigint[]) AS p (stored, sequence)),
    numbers AS (SELECT * FROM unnest(%(activities)s::integer[], %(instead)s::integer[]) AS n (old, number)),
    gone AS (
        DELETE FROM records_statementactivity l USING places p
        WHERE l.stored = p.stored AND l.sequence = p.sequence AND l.activity_id = ANY(%(activities)s) RETURNING l.*)
    INSERT INTO records_statementactivity (stored, sequence, activity_id, verb_id, is_direct)
    SELECT g.stored, g.sequence, n.number, min(g.verb_id), bool_or(g.is_direct)
    FROM gone g JOIN numbers n ON n.old = g.activity_id GROUP BY g.stored, g.sequence, n.number
    ON CONFLICT (activity_id, stored, sequence)
        DO UPDATE SET is_direct = records_statementactivity.is_direct OR excluded.is_direct
"""
_KEEP_VOIDED = """
    INSERT INTO records_voiding (target_id)
    SELECT v.target_id FROM records_ownvoiding v JOIN records_statementkey k ON k.statement_id = v.target_id
    JOIN records_statement s ON s.stored = k.stored AND s.sequence = k.sequence AND s.authority_id = v.authority_id
    WHERE v.authority_id = ANY(%(ids)s) ORDER BY v.target_id ON CONFLICT DO NOTHING
"""
_REWRITE_VOIDING = """
    UPDATE records_ownvoiding v SET authority_id = %(pseudonym)s
    FROM unnest(%(stored)s::timestamptz[], %(sequences)s::bigint[]) AS p (stored, sequence)
    JOIN records_statement s ON s.stored = p.stored AND s.sequence = p.sequence
    WHERE v.statement_id = s.statement_id AND v.authority_id = ANY(%(ids)s)
"""
_DETACH = """
    DELETE FROM records_statementattachment l
    USING unnest(%s::timestamptz[], %s::bigint[], %s::text[]) AS n (stored, sequence, sha2)
    WHERE l.stored = n.stored AND l.sequence = n.sequence AND l.sha2 = n.sha2
"""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """How many statements were rewritten, and the SHA-2 of the attachments they lost."""

    statements: int = 0
    hashes: frozenset[str] = frozenset()


def rewrite_statements(erasure: Erasure, ids: Sequence[int], instead: Mapping[int, str]) -> Rewritten:
    """Rewrite every statement that names one of the agents or activities, in parts.

    Args:
        erasure: Who disappears.
        ids: The numbers of their identifiers.
        instead: The numbers of activities whose IRI leads to them, with the IRI that takes its place.
    """
    done = Rewritten()
    while ids or instead:
        with transaction.atomic():
            keep_texts()
            part = _part(erasure, ids, numbers_instead(instead))
        if not part.statements:
            break
        done = Rewritten(done.statements + part.statements, done.hashes | part.hashes)
    return done


def _part(erasure: Erasure, ids: Sequence[int], activities: Mapping[int, int]) -> Rewritten:
    values: dict[str, Any] = {"ids": list(ids), "activities": list(activities), "instead": list(activities.values())}
    with connection.cursor() as cursor:
        cursor.execute(_LINKED, {**values, "part": PART})
        rows = cursor.fetchall()
        if not rows:
            return Rewritten()
        stored, sequences, found = zip(*rows, strict=True)
        places = [row[:2] for row in rows]
        payloads = [bytes(one) for one in found]
        values |= {"stored": list(stored), "sequences": list(sequences)}
        values["pseudonym"] = intern_agents([erasure.pseudonym])[erasure.pseudonym]
        rewritten = [without_person(one, erasure) for one in payloads]
        cursor.execute(_KEEP_VOIDED, values)
        cursor.execute(_REWRITE, {**values, "payloads": rewritten})
        cursor.execute(_REWRITE_VOIDING, values)
        cursor.execute(_RELINK_AGENTS, values)
        cursor.execute(_RELINK_ACTIVITIES, values)
    forget_refusals(stored, sequences)
    lost = [set(hashes_in(old)) - set(hashes_in(new)) for old, new in zip(payloads, rewritten, strict=True)]
    _detach([(*place, sha2) for place, hashes in zip(places, lost, strict=True) for sha2 in hashes])
    return Rewritten(len(rows), frozenset().union(*lost))


def _detach(given_up: Sequence[tuple[datetime, int, str]]) -> None:
    if given_up:
        with connection.cursor() as cursor:
            cursor.execute(_DETACH, [list(column) for column in zip(*given_up, strict=True)])
