"""The documents of a person who is taken out of the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q

from mycelia.records.actions.interning import intern_agents
from mycelia.records.calc.documents import entity_tag
from mycelia.records.calc.erasures import Erasure
from mycelia.records.calc.pseudonyms import content_without_person
from mycelia.records.models import Agent, Document, Iri
from mycelia.records.queries.documents import context_digest, document_digest
from mycelia.records.types import AgentKey, DocumentContext, DocumentKind


def rewrite_documents(erasure: Erasure, ids: Sequence[int], activities: Mapping[int, int]) -> int:
    """Keep the documents of these agents and activities under what takes their place, without what names the person.

    Where two become the same one the later stays.

    Args:
        erasure: Who disappears.
        ids: The numbers of their identifiers.
        activities: The numbers of activities, each with the one in its place.

    Returns:
        How many documents were rewritten.
    """
    concerned = Document.objects.filter(Q(agent_id__in=ids) | Q(activity_id__in=activities))
    documents = list(concerned.select_for_update().order_by("stored"))
    if not documents:
        return 0
    pseudonym = intern_agents([erasure.pseudonym])[erasure.pseudonym]
    Document.objects.filter(digest__in=[one.digest for one in documents]).delete()
    for document in documents:
        document.agent_id = pseudonym if document.agent_id in ids else document.agent_id
        document.activity_id = activities.get(document.activity_id or 0, document.activity_id)
    agents = Agent.objects.in_bulk([one.agent_id for one in documents if one.agent_id])
    iris = Iri.objects.in_bulk([one.activity_id for one in documents if one.activity_id])
    rewritten = {one.digest: one for one in (_rewritten(document, erasure, agents, iris) for document in documents)}
    Document.objects.filter(digest__in=rewritten).delete()
    Document.objects.bulk_create(rewritten.values())
    return len(documents)


def _rewritten(document: Document, erasure: Erasure, agents: Mapping[int, Agent], iris: Mapping[int, Iri]) -> Document:
    agent = None if document.agent_id is None else agents[document.agent_id]
    context = DocumentContext(
        DocumentKind(document.kind),
        activity=None if document.activity_id is None else iris[document.activity_id].iri,
        agent=None if agent is None else AgentKey(agent.kind, agent.value, agent.home_page),
        registration=document.registration,
    )
    document.name = erasure.text(document.name)
    document.content = content_without_person(bytes(document.content), erasure)
    document.etag = entity_tag(document.content)
    document.context = context_digest(context)
    document.digest = document_digest(context, document.name)
    return document
