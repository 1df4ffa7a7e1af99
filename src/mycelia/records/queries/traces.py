"""What the store can still say about a person."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db import OperationalError, connection, transaction

from mycelia.kernel.policy import Actor, require
from mycelia.records.models import Document, PersonAccount
from mycelia.records.permissions import ErasePersons
from mycelia.records.queries.identifiers import Named, account_names, identifiers_of, numbers_of
from mycelia.records.types import AgentKey

MOST_SHOWN = 20
SEARCH_SECONDS = 20
_LINKED = """
    SELECT count(*) FROM (
        SELECT stored, sequence FROM records_statementagent WHERE agent_id = ANY(%(ids)s)
        UNION SELECT stored, sequence FROM records_statement WHERE authority_id = ANY(%(ids)s)) linked
"""
_MENTIONING = """
    SELECT statement_id FROM records_statement WHERE convert_from(payload, 'UTF8') ILIKE ANY(%s)
    ORDER BY stored DESC, sequence DESC LIMIT %s
"""
_DOCUMENTS = """
    SELECT count(*) FROM records_document
    WHERE name ILIKE ANY(%(texts)s) OR encode(content, 'escape') ILIKE ANY(%(texts)s)
"""


@dataclass(frozen=True, slots=True)
class Traces:
    """What leads to a person.

    Args:
        identifiers: Identifiers of theirs that occur.
        statements: Statements that name one of them as actor, object, instructor, member or authority.
        documents: State and profile documents kept for them.
        has_account: Whether an opaque account name leads from statements to them.
    """

    identifiers: int
    statements: int
    documents: int
    has_account: bool

    @property
    def are_none(self) -> bool:
        """Return whether nothing leads to them."""
        return not (self.identifiers or self.statements or self.documents or self.has_account)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where the text of somebody's address or account name still stands; at most twenty statements are named."""

    statements: tuple[UUID, ...]
    documents: int


def traces_of(*, actor: Actor, person: Named, also: Collection[AgentKey] = ()) -> Traces:
    """Return what leads to a person now.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, ErasePersons())
    ids = numbers_of(identifiers_of(person, also))
    with connection.cursor() as cursor:
        cursor.execute(_LINKED, {"ids": ids})
        (statements,) = cursor.fetchone()
    documents = Document.objects.filter(agent_id__in=ids).count()
    return Traces(len(ids), statements, documents, PersonAccount.objects.filter(person_id=person.person_id).exists())


def mentions_of(*, actor: Actor, person: Named) -> Mentions | None:
    """Search the text of every statement and document for a person's address and account names.

    Returns:
        What was found; None when the search took longer than twenty seconds and was given up.

    Raises:
        PermissionDenied: The actor may not.
    """
    require(actor, ErasePersons())
    texts = [f"%{_literal(text)}%" for text in {person.email, *account_names(person.person_id)}]
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SEARCH_SECONDS}s"])
            cursor.execute(_MENTIONING, [texts, MOST_SHOWN])
            statements = tuple(one for (one,) in cursor.fetchall())
            cursor.execute(_DOCUMENTS, {"texts": texts})
            (documents,) = cursor.fetchone()
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
    except OperationalError:
        return None
    return Mentions(statements, documents)


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
