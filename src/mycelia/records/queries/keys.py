"""Identifiers of interned texts, without writing any."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mycelia.records.calc.extraction import digest
from mycelia.records.models import Agent, Iri
from mycelia.records.types import AgentKey


def iri_id(iri: str) -> int | None:
    """Return the number of an IRI; None when no statement has used it."""
    return Iri.objects.filter(digest=digest(iri)).values_list("id", flat=True).first()


def agent_id(key: AgentKey) -> int | None:
    """Return the number of an agent; None when no statement has used it."""
    return Agent.objects.filter(digest=digest(*key)).values_list("id", flat=True).first()


def agent_ids(keys: Collection[AgentKey]) -> dict[AgentKey, int]:
    """Return the numbers of agents; those that no statement has used are left out."""
    digests = {digest(*key): key for key in keys}
    found = Agent.objects.filter(digest__in=digests).values_list("digest", "id")
    return {digests[one]: number for one, number in found}


def known_iris(ids: Iterable[int]) -> dict[int, str]:
    """Return IRIs by number."""
    return dict(Iri.objects.filter(id__in=list(ids)).values_list("id", "iri"))
