"""What the store can still say about a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import OperationalError, connection, transaction
from django.db.models import Q

from mycelia.kernel.policy import Actor, require
from mycelia.records.models import Document, PersonAccount
from mycelia.records.permissions import ErasePersons
from mycelia.records.queries.identifiers import Named, erasure_of, numbers_of
from mycelia.records.queries.identifying import containing, identifying_definitions, identifying_iris
from mycelia.records.types import AgentKey

MOST_SHOWN = 20
SEARCH_SECONDS = 20
_LINKED = """
    SELECT count(*) FROM (
        SELECT stored, sequence FROM records_statementagent WHERE agent_id = ANY(%(ids)s)
        UNION SELECT stored, sequence FROM records_statement WHERE authority_id = ANY(%(ids)s)
        UNION SELECT stored, sequence FROM records_statementactivity WHERE activity_id = ANY(%(activities)s)) linked
"""
_MENTIONING = """
    SELECT statement_id FROM records_statement WHERE convert_from(payload, 'UTF8') ILIKE ANY(%s)
    ORDER BY stored DESC, sequence DESC LIMIT %s
"""
_DOCUMENTS = """
    SELECT count(*) FROM records_document
    WHERE name ILIKE ANY(%(texts)s) OR encode(content, 'escape') ILIKE ANY(%(texts)s)
"""
_ACTIVITIES = """
    SELECT count(*) FROM records_iri i LEFT JOIN records_activity a ON a.activity_id = i.id
    WHERE i.iri ILIKE ANY(%(texts)s) OR convert_from(a.definition, 'UTF8') ILIKE ANY(%(texts)s)
"""


@dataclass(frozen=True, slots=True)
class Traces:
    """What leads to a person.

    Args:
        identifiers: Identifiers of theirs that occur.
        statements: Statements that name one of them as actor, object, instructor, member or authority, or an activity
            by an IRI that holds one.
        documents: State and profile documents kept for them.
        activities: Activities whose IRI holds an identifier of theirs, or whose definition holds one or their name.
        has_account: Whether an opaque account name leads from statements to them.
    """

    identifiers: int
    statements: int
    documents: int
    activities: int
    has_account: bool

    @property
    def are_none(self) -> bool:
        """Return whether nothing leads to them."""
        return not (self.identifiers or self.statements or self.documents or self.activities or self.has_account)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where the text of an identifier of somebody still stands; at most twenty statements are named."""

    statements: tuple[UUID, ...]
    documents: int
    activities: int

    @property
    def are_none(self) -> bool:
        """Return whether it stands nowhere."""
        return not (self.statements or self.documents or self.activities)


def traces_of(*, actor: Actor, person: Named, also: Collection[AgentKey] = ()) -> Traces:
    """Return what leads to a person now.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, ErasePersons())
    erasure = erasure_of(person, also, pseudonym="erased")
    ids, iris = numbers_of(erasure.keys), identifying_iris(erasure)
    with connection.cursor() as cursor:
        cursor.execute(_LINKED, {"ids": ids, "activities": list(iris)})
        (statements,) = cursor.fetchone()
    return Traces(
        identifiers=len(ids),
        statements=statements,
        documents=Document.objects.filter(Q(agent_id__in=ids) | Q(activity_id__in=list(iris))).count(),
        activities=len({*iris, *identifying_definitions(erasure)}),
        has_account=PersonAccount.objects.filter(person_id=person.person_id).exists(),
    )


def mentions_of(*, actor: Actor, person: Named, also: Collection[AgentKey] = ()) -> Mentions | None:
    """Search the text of every statement, document and activity for a person's addresses, hashes and account names.

    Returns:
        What was found; None when the search took longer than twenty seconds and was given up.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, ErasePersons())
    texts = containing(erasure_of(person, also, pseudonym="erased").forms)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SEARCH_SECONDS}s"])
            cursor.execute(_MENTIONING, [texts, MOST_SHOWN])
            statements = tuple(one for (one,) in cursor.fetchall())
            cursor.execute(_DOCUMENTS, {"texts": texts})
            (documents,) = cursor.fetchone()
            cursor.execute(_ACTIVITIES, {"texts": texts})
            (activities,) = cursor.fetchone()
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError:
        return None
    return Mentions(statements, documents, activities)
