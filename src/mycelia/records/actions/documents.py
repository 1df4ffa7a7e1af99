"""Putting, merging and deleting documents."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction

from mycelia.kernel import clock
from mycelia.records.actions.interning import intern_agents, intern_iris, keep_texts
from mycelia.records.calc.documents import (
    Preconditions,
    check_new,
    check_preconditions,
    check_replacing,
    entity_tag,
    merged,
)
from mycelia.records.errors import RequestTooLarge
from mycelia.records.models import Document as Row
from mycelia.records.queries.documents import context_digest, document_digest
from mycelia.records.types import Document, DocumentContext, DocumentKind

Replacement = Callable[[Document | None], bytes]
NOTHING_DEMANDED = Preconditions()


def put_document(
    context: DocumentContext,
    name: str,
    *,
    content_type: str,
    content: bytes,
    version: str,
    given: Preconditions = NOTHING_DEMANDED,
) -> None:
    """Store a document, in place of the one that has its name.

    Args:
        context: Where it lies.
        name: Its name there.
        content_type: As sent, kept byte for byte.
        content: As sent.
        version: "1.0.3" or "2.0.0"; a state may be overwritten blindly under the first.
        given: What the request demands of the stored document.

    Raises:
        DocumentExists: It would replace one that the request says nothing about.
        MissingPrecondition: A new profile came without `If-None-Match` or `If-Match`.
        PreconditionFailed: The stored document does not meet what is demanded.
    """
    is_state = context.kind is DocumentKind.STATE
    may_overwrite = is_state and version.startswith("1.")

    def replacement(stored: Document | None) -> bytes:
        tag = None if stored is None else stored.etag
        check_preconditions(tag, given)
        check_replacing(tag, given, must_demand=not is_state, may_overwrite=may_overwrite)
        return content

    _replace(context, name, content_type, replacement)


def post_document(
    context: DocumentContext,
    name: str,
    *,
    content_type: str,
    content: bytes,
    given: Preconditions = NOTHING_DEMANDED,
) -> None:
    """Merge a JSON object into the stored one, or store it where there is none.

    Raises:
        InvalidDocument: One of the two is no JSON object.
        PreconditionFailed: The stored document does not meet what is demanded.
        RequestTooLarge: Merged, it would be longer than a document may be.
    """

    def replacement(stored: Document | None) -> bytes:
        check_preconditions(None if stored is None else stored.etag, given)
        if stored is None:
            check_new(content_type, content)
            return content
        result = merged((stored.content_type, stored.content), (content_type, content))
        if len(result) > settings.MYCELIA_XAPI_DOCUMENT_BYTES:
            raise RequestTooLarge(settings.MYCELIA_XAPI_DOCUMENT_BYTES)
        return result

    _replace(context, name, content_type, replacement)


@transaction.atomic
def delete_document(context: DocumentContext, name: str, *, given: Preconditions = NOTHING_DEMANDED) -> None:
    """Remove a document; one that is not there is gone already.

    Raises:
        PreconditionFailed: The stored document does not meet what is demanded.
    """
    stored = _locked(context, name)
    check_preconditions(None if stored is None else stored.etag, given)
    Row.objects.filter(digest=document_digest(context, name)).delete()


def delete_documents(context: DocumentContext) -> int:
    """Remove every state of an activity and agent, of one registration where it is named; return how many."""
    rows = Row.objects.filter(context=context_digest(context))
    if context.registration is not None:
        rows = rows.filter(registration=context.registration)
    return rows.delete()[0]


@transaction.atomic
def _replace(context: DocumentContext, name: str, content_type: str, replacement: Replacement) -> None:
    """Store what takes the document's place; of two writers the second sees what the first has stored."""
    while True:
        stored = _locked(context, name)
        content = replacement(stored)
        if stored is not None:
            Row.objects.filter(digest=document_digest(context, name)).update(
                content_type=content_type, content=content, etag=entity_tag(content), stored=clock.now()
            )
            return
        if _insert(context, name, content_type, content):
            return


def _locked(context: DocumentContext, name: str) -> Document | None:
    row = Row.objects.select_for_update().filter(digest=document_digest(context, name)).first()
    return None if row is None else Document(row.content_type, bytes(row.content), row.etag, row.stored)


def _insert(context: DocumentContext, name: str, content_type: str, content: bytes) -> bool:
    """Store a new document; return False when another writer was quicker, whose row is then committed."""
    keep_texts()
    values = [
        document_digest(context, name),
        context_digest(context),
        context.kind.value,
        None if context.activity is None else intern_iris([context.activity])[context.activity],
        None if context.agent is None else intern_agents([context.agent])[context.agent],
        context.registration,
        name,
        content_type,
        content,
        entity_tag(content),
        clock.now(),
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO records_document (digest, context, kind, activity_id, agent_id, registration, name,"
            " content_type, content, etag, stored) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (digest) DO NOTHING",
            values,
        )
        return bool(cursor.rowcount)
