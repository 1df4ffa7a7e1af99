"""Keeping IRIs and agents once, and remembering their numbers in this process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

import psycopg
from django.db import connection, transaction

from mycelia.records.calc.extraction import digest
from mycelia.records.types import AgentKey, Prepared

_ROOM = 200_000
_BEGIN = "SELECT set_config('lock_timeout', %s, true), (SELECT generation FROM records_interning)"
# One snapshot, so the numbers are those of the generation.
_LOOK_UP = """
    SELECT NULL::uuid, generation FROM records_interning
    UNION ALL SELECT digest, id FROM records_iri WHERE digest = ANY(%s)
    UNION ALL SELECT digest, id FROM records_agent WHERE digest = ANY(%s)
"""
Text = TypeVar("Text", str, AgentKey)


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of texts."""

    iris: Mapping[str, int]
    agents: Mapping[AgentKey, int]


class _Memory(Generic[Text]):
    """Numbers that are committed, by text; all are forgotten when there are too many or texts were taken back.

    A reader holds the mapping it began with, which only grows; forgetting begins a new one.
    """

    def __init__(self, find: Callable[[psycopg.Cursor[Any], Collection[Text]], dict[Text, int]]) -> None:
        self._find: Callable[[psycopg.Cursor[Any], Collection[Text]], dict[Text, int]] = find
        self.known: dict[Text, int] = {}

    def numbers(self, cursor: psycopg.Cursor[Any], texts: Iterable[Text]) -> Mapping[Text, int]:
        known = self.known
        missing = {text for text in texts if text not in known}
        if not missing:
            return known
        found = self._find(cursor, missing)
        transaction.on_commit(lambda: self.remember(known, found))
        return {**{text: known[text] for text in texts if text in known}, **found}

    def remember(self, began_with: dict[Text, int], found: Mapping[Text, int]) -> None:
        if began_with is self.known:
            if len(began_with) + len(found) > _ROOM:
                self.forget()
            self.known.update(found)

    def forget(self) -> None:
        self.known = {}


def intern(cursor: psycopg.Cursor[Any], statements: Collection[Prepared], *, generation: int | None) -> Numbers:
    """Return the numbers of all texts of some statements, giving one to those that have none.

    Args:
        cursor: In the running transaction; numbers are remembered when it commits.
        statements: What is about to be written.
        generation: Of the interned texts; read by the transaction's first write, which waits for an
            erasure under way. What was remembered under another one is forgotten; None remembers nothing.
    """
    _begin_generation(generation)
    iris, agents = _texts(statements)
    return Numbers(_iris.numbers(cursor, iris), _agents.numbers(cursor, agents))


def ensure_remembered(statements: Collection[Prepared], *, patience_milliseconds: int) -> None:
    """Learn the numbers of the texts of some statements, outside any transaction.

    Those that have one are looked up by a single query; where one has none, it gets it in a transaction of its own. A
    text that comes with a statement that is then refused keeps its number; it is found again with the next one.

    Raises:
        psycopg.errors.LockNotAvailable: Another transaction is giving one a number for longer than that.
    """
    if _remembers(statements):
        return
    _look_up(*_texts(statements))
    if _remembers(statements):
        return
    with transaction.atomic(), connection.cursor() as cursor:
        keep_texts()
        cursor.execute(_BEGIN, [f"{patience_milliseconds}ms"])
        _, generation = cursor.fetchone()
        intern(cursor.cursor, statements, generation=generation)


def _texts(statements: Collection[Prepared]) -> tuple[set[str], set[AgentKey]]:
    iris = {one.extract.verb for one in statements}
    agents = {key for one in statements for key in (one.extract.actor, one.extract.authority) if key is not None}
    iris.update(*(one.extract.activities for one in statements))
    agents.update(*(one.extract.agents for one in statements))
    return iris, agents


def _remembers(statements: Collection[Prepared]) -> bool:
    known, generation = remembered()
    return generation is not None and all(one.extract.is_known(known.iris, known.agents) for one in statements)


def _look_up(iris: Collection[str], agents: Collection[AgentKey]) -> None:
    """Remember the numbers of those texts that have one."""
    iri_of = {digest(iri): iri for iri in iris if iri not in _iris.known}
    agent_of = {digest(*key): key for key in agents if key not in _agents.known}
    with connection.cursor() as cursor:
        cursor.execute(_LOOK_UP, [list(iri_of), list(agent_of)])
        found = dict(cursor.fetchall())
    generation = found.pop(None, None)
    _begin_generation(generation)
    with _guard:
        if generation is not None and generation == _generation:  # else another thread has found a newer one meanwhile
            _iris.remember(_iris.known, {iri_of[one]: found[one] for one in found if one in iri_of})
            _agents.remember(_agents.known, {agent_of[one]: found[one] for one in found if one in agent_of})


def remembered() -> tuple[Numbers, int | None]:
    """Return what this process remembers, and the generation under which it holds."""
    generation = _generation
    return Numbers(_iris.known, _agents.known), generation


def keep_texts() -> None:
    """Keep the texts that the running transaction looks up from being taken back until its end.

    The writing of statements does so by its first command. An erasure, or the removal of texts that nothing refers to,
    is over, or waits until what refers to them is committed.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE records_statementkey IN ROW EXCLUSIVE MODE")


def intern_iris(iris: Collection[str]) -> dict[str, int]:
    """Return the number of each IRI, giving one to those that have none; nothing is remembered.

    The caller's transaction keeps them (`keep_texts`) until something refers to them.
    """
    with connection.cursor() as cursor:
        return _find_iris(cursor.cursor, iris)


def intern_agents(agents: Collection[AgentKey]) -> dict[AgentKey, int]:
    """Return the number of each agent, like `intern_iris`."""
    with connection.cursor() as cursor:
        return _find_agents(cursor.cursor, agents)


_generation: int | None = None
_guard = Lock()


def _begin_generation(generation: int | None) -> None:
    global _generation
    if generation is None or generation != _generation:
        with _guard:
            _iris.forget()
            _agents.forget()
            _generation = generation


def _find_iris(cursor: psycopg.Cursor[Any], iris: Collection[str]) -> dict[str, int]:
    by_digest = {digest(iri): iri for iri in iris}
    numbers = _numbers(cursor, "records_iri", by_digest, ("iri",), lambda one: (by_digest[one],))
    return {iri: numbers[found] for found, iri in by_digest.items()}


def _find_agents(cursor: psycopg.Cursor[Any], agents: Collection[AgentKey]) -> dict[AgentKey, int]:
    by_digest = {digest(*key): key for key in agents}
    numbers = _numbers(cursor, "records_agent", by_digest, ("kind", "value", "home_page"), by_digest.__getitem__)
    return {key: numbers[found] for found, key in by_digest.items()}


def _numbers(
    cursor: psycopg.Cursor[Any],
    table: str,
    digests: Iterable[UUID],
    columns: tuple[str, ...],
    row: Callable[[UUID], tuple[str, ...]],
) -> dict[UUID, int]:
    numbers = _known(cursor, table, digests)
    missing = sorted(one for one in digests if one not in numbers)
    if missing:
        texts = [list(column) for column in zip(*map(row, missing), strict=True)]
        arrays = ", ".join(["%s::uuid[]", *["%s::text[]"] * len(columns)])
        cursor.execute(
            f"INSERT INTO {table} (digest, {', '.join(columns)}) SELECT * FROM unnest({arrays})"  # noqa: S608
            " ON CONFLICT (digest) DO NOTHING",
            [missing, *texts],
        )
        numbers |= _known(cursor, table, missing)
    return numbers


def _known(cursor: psycopg.Cursor[Any], table: str, digests: Iterable[UUID]) -> dict[UUID, int]:
    cursor.execute(f"SELECT digest, id FROM {table} WHERE digest = ANY(%s)", [list(digests)])  # noqa: S608
    return dict(cursor.fetchall())


_iris: _Memory[str] = _Memory(_find_iris)
_agents: _Memory[AgentKey] = _Memory(_find_agents)
