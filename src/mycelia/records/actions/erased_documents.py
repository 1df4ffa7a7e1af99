"""The documents of a person who is taken out of the store."""

from __future__ import annotations

from collections.abc import Sequence

from mycelia.records.actions.interning import intern_agents
from mycelia.records.calc.documents import entity_tag
from mycelia.records.calc.pseudonyms import Erasure, content_without_person, text_without_person
from mycelia.records.models import Document
from mycelia.records.queries.documents import context_digest, document_digest
from mycelia.records.types import DocumentContext, DocumentKind


def rewrite_documents(ids: Sequence[int], erasure: Erasure) -> int:
    """Keep the documents of these agents under the pseudonym, without what names the person; return how many."""
    documents = list(Document.objects.filter(agent_id__in=ids).select_related("activity").order_by("stored"))
    if not documents:
        return 0
    number = intern_agents([erasure.pseudonym])[erasure.pseudonym]
    Document.objects.filter(digest__in=[one.digest for one in documents]).delete()
    rewritten = {one.digest: one for one in (_rewritten(document, erasure, number) for document in documents)}
    Document.objects.bulk_create(rewritten.values())
    return len(documents)


def _rewritten(document: Document, erasure: Erasure, agent_id: int) -> Document:
    context = DocumentContext(
        DocumentKind(document.kind),
        activity=None if document.activity is None else document.activity.iri,
        agent=erasure.pseudonym,
        registration=document.registration,
    )
    document.name = text_without_person(document.name, erasure)
    document.content = content_without_person(bytes(document.content), erasure)
    document.etag = entity_tag(document.content)
    document.agent_id = agent_id
    document.context = context_digest(context)
    document.digest = document_digest(context, document.name)
    return document
