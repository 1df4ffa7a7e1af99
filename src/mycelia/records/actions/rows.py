"""Writing the rows of new statements."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from mycelia.records.actions.definitions import learn_definitions
from mycelia.records.actions.interning import intern_agents, intern_iris
from mycelia.records.calc.definitions import gathered
from mycelia.records.types import AgentKey, Prepared

Numbered = Sequence[tuple[int, Prepared]]
_STATEMENT_TYPES = (
    *("timestamptz", "bigint", "uuid", "timestamptz", "integer", "integer", "integer", "uuid", "boolean"),
    *("text", "text", "bytea"),
)


def write_rows(numbered: Numbered) -> None:
    """Write statements, their links, references and voidings, each table with one command."""
    if not numbered:
        return
    extracts = [one.extract for _, one in numbered]
    iris = intern_iris({e.verb for e in extracts}.union(*(e.activities for e in extracts)))
    named = {key for e in extracts for key in (e.actor, e.authority) if key is not None}
    agents = intern_agents(named.union(*(e.agents for e in extracts)))
    _write_statements(numbered, iris, agents)
    _write_agents(numbered, iris, agents)
    _write_activities(numbered, iris)
    _write_references(numbered)
    learn_definitions(gathered(one.definitions for _, one in numbered), iris)


def _write_statements(numbered: Numbered, iris: dict[str, int], agents: dict[AgentKey, int]) -> None:
    rows = [
        (
            one.stored,
            number,
            one.statement_id,
            one.occurred,
            iris[one.extract.verb],
            agents.get(one.extract.actor) if one.extract.actor else None,
            agents.get(one.extract.authority) if one.extract.authority else None,
            one.extract.registration,
            one.extract.is_voiding,
            one.extract.object_kind.value,
            one.version,
            one.payload,
        )
        for number, one in numbered
    ]
    _insert(
        "records_statement (stored, sequence, statement_id, occurred, verb_id, actor_id, authority_id, registration,"
        " is_voiding, object_kind, version, payload)",
        _STATEMENT_TYPES,
        rows,
    )


def _write_agents(numbered: Numbered, iris: dict[str, int], agents: dict[AgentKey, int]) -> None:
    rows = [
        (one.stored, number, agents[key], iris[one.extract.verb], is_direct)
        for number, one in numbered
        for key, is_direct in one.extract.agents.items()
    ]
    _insert(
        "records_statementagent (stored, sequence, agent_id, verb_id, is_direct)",
        ("timestamptz", "bigint", "integer", "integer", "boolean"),
        rows,
    )


def _write_activities(numbered: Numbered, iris: dict[str, int]) -> None:
    rows = [
        (one.stored, number, iris[activity], iris[one.extract.verb], is_direct)
        for number, one in numbered
        for activity, is_direct in one.extract.activities.items()
    ]
    _insert(
        "records_statementactivity (stored, sequence, activity_id, verb_id, is_direct)",
        ("timestamptz", "bigint", "integer", "integer", "boolean"),
        rows,
    )


def _write_references(numbered: Numbered) -> None:
    referring = [(number, one) for number, one in numbered if one.extract.target_id is not None]
    _insert(
        "records_statementreference (target_id, stored, sequence, statement_id)",
        ("uuid", "timestamptz", "bigint", "uuid"),
        [(one.extract.target_id, one.stored, number, one.statement_id) for number, one in referring],
    )
    voided = sorted({one.extract.target_id for _, one in referring if one.extract.is_voiding and one.extract.target_id})
    _insert("records_voiding (target_id)", ("uuid",), [(target,) for target in voided], "ON CONFLICT DO NOTHING")


def _insert(into: str, types: Sequence[str], rows: Sequence[tuple[object, ...]], suffix: str = "") -> None:
    if not rows:
        return
    arrays = ", ".join(f"%s::{name}[]" for name in types)
    columns = [list(column) for column in zip(*rows, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {into} SELECT * FROM unnest({arrays}) {suffix}", columns)  # noqa: S608
