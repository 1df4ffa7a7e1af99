"""Pseudonymising everything that was recorded about a person."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from mycelia.audit import api as audit
from mycelia.kernel.policy import Actor, require
from mycelia.records.actions.erased_documents import rewrite_documents
from mycelia.records.actions.erased_routes import forget_refusals, rename_in_filters
from mycelia.records.actions.interning import intern_agents
from mycelia.records.calc.pseudonyms import Erasure, hashes_given_up, without_person
from mycelia.records.models import Attachment, PersonAccount
from mycelia.records.permissions import ErasePersons
from mycelia.records.queries.identifiers import Named, account_names, identifiers_of, numbers_of
from mycelia.records.types import AgentKey

PART = 500
_LINKED = """
    SELECT s.stored, s.sequence, s.payload FROM records_statement s JOIN (
        SELECT stored, sequence FROM records_statementagent WHERE agent_id = ANY(%(ids)s)
        UNION SELECT stored, sequence FROM records_statement WHERE authority_id = ANY(%(ids)s)
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
_RELINK = """
    WITH places AS (SELECT * FROM unnest(%(stored)s::timestamptz[], %(sequences)s::bigint[]) AS p (stored, sequence)),
    gone AS (
        DELETE FROM records_statementagent l USING places p
        WHERE l.stored = p.stored AND l.sequence = p.sequence AND l.agent_id = ANY(%(ids)s) RETURNING l.*)
    INSERT INTO records_statementagent (stored, sequence, agent_id, verb_id, is_direct)
    SELECT stored, sequence, %(pseudonym)s, min(verb_id), bool_or(is_direct) FROM gone GROUP BY stored, sequence
"""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was pseudonymised."""

    statements: int
    documents: int
    attachments: int


def erase_person(*, actor: Actor, person: Named, also: Collection[AgentKey] = ()) -> Erased:
    """Take a person out of every statement and document; a pseudonym that leads nowhere stands in their place.

    Statements are rewritten in parts, and writers go on meanwhile; the last part, which also forgets the identifiers,
    makes them wait. Repeating it after a stop goes on. Copies outside (exports, backups, detached months) are not
    reached.

    Args:
        actor: Who does it.
        person: Whom; found under their account here, their address in any form, and their number here.
        also: Further identifiers of theirs, as other systems have sent them.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, ErasePersons())
    keys = identifiers_of(person, also)
    texts = {person.email, person.full_name, *account_names(person.person_id)}
    texts |= {key.value.removeprefix("mailto:") for key in keys if key.kind != "account"}
    pseudonym = AgentKey("account", f"erased-{uuid4()}", settings.MYCELIA_PUBLIC_URL)
    erasure = Erasure(frozenset(keys), frozenset(texts), pseudonym)
    ids = numbers_of(erasure.keys)
    first = _in_parts(erasure, ids)
    with transaction.atomic():
        return _finish(actor, person, erasure, ids, first)


def _finish(actor: Actor, person: Named, erasure: Erasure, ids: list[int], so_far: tuple[int, int]) -> Erased:
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE records_statementkey IN SHARE ROW EXCLUSIVE MODE")
    ids = sorted({*ids, *numbers_of(erasure.keys)})
    rest = _in_parts(erasure, ids)
    documents = rewrite_documents(ids, erasure)
    rename_in_filters(erasure)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM records_agent WHERE id = ANY(%s)", [ids])
        cursor.execute("UPDATE records_interning SET generation = %s", [secrets.randbits(52)])
    PersonAccount.objects.filter(person_id=person.person_id).delete()
    done = Erased(so_far[0] + rest[0], documents, so_far[1] + rest[1])
    counts = {"statements": done.statements, "documents": done.documents, "attachments": done.attachments}
    audit.record(
        actor=actor, action="records.erase", object_type="people.Person", object_id=person.person_id, details=counts
    )
    return done


def _in_parts(erasure: Erasure, ids: Sequence[int]) -> tuple[int, int]:
    statements = attachments = 0
    while ids:
        with transaction.atomic():
            rewritten, removed = _part(erasure, ids)
        statements, attachments = statements + rewritten, attachments + removed
        if not rewritten:
            break
    return statements, attachments


def _part(erasure: Erasure, ids: Sequence[int]) -> tuple[int, int]:
    values: dict[str, Any] = {"ids": list(ids), "part": PART}
    with connection.cursor() as cursor:
        cursor.execute(_LINKED, values)
        rows = cursor.fetchall()
        if not rows:
            return 0, 0
        stored, sequences, found = zip(*rows, strict=True)
        payloads = [bytes(one) for one in found]
        values |= {"stored": list(stored), "sequences": list(sequences)}
        values["pseudonym"] = intern_agents([erasure.pseudonym])[erasure.pseudonym]
        cursor.execute(_REWRITE, {**values, "payloads": [without_person(one, erasure) for one in payloads]})
        cursor.execute(_RELINK, values)
    forget_refusals(stored, sequences)
    removed, _ = Attachment.objects.filter(sha2__in=hashes_given_up(payloads, erasure)).delete()
    return len(rows), removed
