"""SQL conditions of a statement filter, over the alias of a statement."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mycelia.records.queries.keys import agent_id, iri_id
from mycelia.records.types import StatementFilter

Clause = tuple[str, tuple[Any, ...]]
VOIDED = (
    "NOT s.is_voiding AND (EXISTS (SELECT 1 FROM records_voiding v WHERE v.target_id = s.statement_id)"
    " OR EXISTS (SELECT 1 FROM records_ownvoiding v"
    " WHERE v.target_id = s.statement_id AND v.authority_id = s.authority_id))"
)
"""Whether a statement is voided."""


@dataclass(frozen=True, slots=True)
class Criteria:
    """A filter with its texts replaced by their numbers; `is_empty` when one of them was never stored."""

    agent: int | None = None
    verb: int | None = None
    activity: int | None = None
    registration: Any = None
    related_agents: bool = False
    related_activities: bool = False
    authority: int | None = None
    is_empty: bool = False

    @property
    def narrows(self) -> bool:
        """Return whether the content of statements matters, so that references to matching ones match too."""
        return any(part is not None for part in (self.agent, self.verb, self.activity, self.registration))


def criteria(wanted: StatementFilter) -> Criteria:
    """Look up the numbers a filter's texts are kept under."""
    agent = None if wanted.agent is None else agent_id(wanted.agent)
    verb = None if wanted.verb is None else iri_id(wanted.verb)
    activity = None if wanted.activity is None else iri_id(wanted.activity)
    authority = None if wanted.authority is None else agent_id(wanted.authority)
    pairs = ((wanted.agent, agent), (wanted.verb, verb), (wanted.activity, activity), (wanted.authority, authority))
    return Criteria(
        agent=agent,
        verb=verb,
        activity=activity,
        registration=wanted.registration,
        related_agents=wanted.related_agents,
        related_activities=wanted.related_activities,
        authority=authority,
        is_empty=any(text is not None and number is None for text, number in pairs),
    )


def content(wanted: Criteria, alias: str) -> Iterator[Clause]:
    """Yield the conditions on what a statement says."""
    if wanted.verb is not None:
        yield f"{alias}.verb_id = %s", (wanted.verb,)
    if wanted.registration is not None:
        yield f"{alias}.registration = %s", (wanted.registration,)
    if wanted.agent is not None:
        yield _agent(wanted, alias)
    if wanted.activity is not None:
        yield _linked("records_statementactivity", "activity_id", alias, wanted.related_activities), (wanted.activity,)


def place(wanted: StatementFilter, alias: str) -> Iterator[Clause]:
    """Yield the conditions on where a statement stands in the order of the store."""
    if wanted.since is not None:
        yield f"{alias}.stored > %s", (wanted.since,)
    if wanted.until is not None:
        yield f"{alias}.stored <= %s", (wanted.until,)
    if wanted.after is not None:
        order = ">" if wanted.ascending else "<"
        # The first condition prunes partitions, which a comparison of rows does not.
        yield f"{alias}.stored {order}= %s", (wanted.after.stored,)
        yield f"({alias}.stored, {alias}.sequence) {order} (%s, %s)", tuple(wanted.after)


def joined(clauses: Iterator[Clause] | list[Clause]) -> Clause:
    """Return the clauses as one condition."""
    parts = list(clauses)
    sql = " AND ".join(clause for clause, _ in parts) or "true"
    return sql, tuple(value for _, values in parts for value in values)


def _agent(wanted: Criteria, alias: str) -> Clause:
    linked = _linked("records_statementagent", "agent_id", alias, wanted.related_agents)
    if wanted.related_agents:
        return f"({linked} OR {alias}.authority_id = %s)", (wanted.agent, wanted.agent)
    return linked, (wanted.agent,)


def _linked(table: str, column: str, alias: str, related: bool) -> str:
    direct = "" if related else " AND l.is_direct"
    return (
        f"EXISTS (SELECT 1 FROM {table} l WHERE l.{column} = %s AND l.stored = {alias}.stored"  # noqa: S608
        f" AND l.sequence = {alias}.sequence{direct})"
    )
