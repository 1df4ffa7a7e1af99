"""Reading documents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from mycelia.records.calc.extraction import digest
from mycelia.records.errors import DocumentNotFound
from mycelia.records.models import Document as Row
from mycelia.records.types import Document, DocumentContext


def context_digest(context: DocumentContext) -> UUID:
    """Return what documents of one kind, activity and agent are listed under; the registration is no part of it."""
    agent = context.agent or ("", "", "")
    return digest(context.kind.value, context.activity or "", *agent)


def document_digest(context: DocumentContext, name: str) -> UUID:
    """Return what one document is found by."""
    agent = context.agent or ("", "", "")
    registration = "" if context.registration is None else str(context.registration)
    return digest(context.kind.value, context.activity or "", *agent, registration, name)


def document(context: DocumentContext, name: str) -> Document:
    """Return one document.

    Raises:
        DocumentNotFound: There is none of that name.
    """
    row = Row.objects.filter(digest=document_digest(context, name)).first()
    if row is None:
        raise DocumentNotFound(name=name)
    return Document(row.content_type, bytes(row.content), row.etag, row.stored)


def document_names(context: DocumentContext, since: datetime | None = None) -> tuple[list[str], datetime | None]:
    """Return the names of documents, and when the newest of them was changed; each name once.

    Args:
        context: Where they lie; states of every registration unless one is named.
        since: Only those changed after this moment.
    """
    rows = Row.objects.filter(context=context_digest(context))
    if context.registration is not None:
        rows = rows.filter(registration=context.registration)
    if since is not None:
        rows = rows.filter(stored__gt=since)
    found = rows.values("name").annotate(newest=Max("stored")).order_by("newest", "name")
    names = [(row["name"], row["newest"]) for row in found]
    return [name for name, _ in names], names[-1][1] if names else None
