"""Keeping IRIs and agents once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from mycelia.records.calc.extraction import digest
from mycelia.records.types import AgentKey


def intern_iris(iris: Iterable[str]) -> dict[str, int]:
    """Return the number of each IRI, giving one to those that have none."""
    by_digest = {digest(iri): iri for iri in iris}
    numbers = _known("records_iri", by_digest)
    missing = sorted(by_digest.keys() - numbers.keys())
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO records_iri (digest, iri) SELECT * FROM unnest(%s::uuid[], %s::text[])"
                " ON CONFLICT (digest) DO NOTHING",
                [missing, [by_digest[one] for one in missing]],
            )
        numbers |= _known("records_iri", missing)
    return {iri: numbers[found] for found, iri in by_digest.items()}


def intern_agents(agents: Iterable[AgentKey]) -> dict[AgentKey, int]:
    """Return the number of each agent, giving one to those that have none."""
    by_digest = {digest(*key): key for key in agents}
    numbers = _known("records_agent", by_digest)
    missing = sorted(by_digest.keys() - numbers.keys())
    if missing:
        kinds, values, pages = zip(*(by_digest[one] for one in missing), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO records_agent (digest, kind, value, home_page)"
                " SELECT * FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[])"
                " ON CONFLICT (digest) DO NOTHING",
                [missing, list(kinds), list(values), list(pages)],
            )
        numbers |= _known("records_agent", missing)
    return {key: numbers[found] for found, key in by_digest.items()}


def _known(table: str, digests: Iterable[UUID]) -> dict[UUID, int]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT digest, id FROM {table} WHERE digest = ANY(%s)", [list(digests)])  # noqa: S608
        return dict(cursor.fetchall())
