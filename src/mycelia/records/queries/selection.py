"""The SQL that finds statements: each branch runs along one index in the order of the store and stops at the limit."""

from __future__ import annotations

from collections.abc import Iterator

from mycelia.records.queries.clauses import VOIDED, Clause, Criteria, content, joined, place
from mycelia.records.types import StatementFilter

_COLUMNS = "s.stored, s.sequence, s.statement_id, s.occurred, s.registration, s.payload"
PAGE_BYTES = 16 * 1024 * 1024
BEFORE = "sum(octet_length(s.payload)) OVER (ORDER BY <order> ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
"""The bytes of the rows that come before one, which PostgreSQL knows without reading them."""
_BOUNDED = """
    SELECT <columns>, s.matching FROM (
        SELECT s.*, count(*) OVER () AS matching, <before> AS before FROM (SELECT * FROM <page>) s) s
    WHERE coalesce(s.before, 0) < %s ORDER BY <order>
"""
_BETWEEN = " JOIN records_statement q ON q.stored = p.stored AND q.sequence = p.sequence AND <between>"
_REFERRING = """
    WITH RECURSIVE referring(stored, sequence, statement_id) AS (
        SELECT r.stored, r.sequence, r.statement_id FROM records_statementreference r
        JOIN records_statementkey k ON k.statement_id = r.target_id
        JOIN records_statement t ON t.stored = k.stored AND t.sequence = k.sequence
        WHERE <matching>
      UNION
        SELECT r.stored, r.sequence, r.statement_id FROM records_statementreference r
        JOIN referring p ON r.target_id = p.statement_id<between>)
    SELECT stored, sequence FROM referring
"""


def selection(wanted: StatementFilter, found: Criteria) -> Clause:
    """Return the query of one page, with how many match on every row: at most one more than the limit.

    A page ends early after `PAGE_BYTES`; lengths are known to PostgreSQL without reading the statements.

    References:
        xAPI 1.0.3 Part Three 2.1.3: filters, order, and statements that reference a matching one.
    """
    branches = list(_branches(wanted, found))
    if found.narrows:
        branches.append(_referring(wanted, found))
    order = _order(wanted, "s")
    limit = wanted.limit + 1
    parts = [f"(SELECT {_COLUMNS} {sql} ORDER BY {order} LIMIT {limit})" for sql, _ in branches]
    values = tuple(value for _, given in branches for value in given)
    union = " UNION ".join(parts)
    page = f"({union}) s ORDER BY {order} LIMIT {limit}"
    bounded = _BOUNDED.replace("<columns>", _COLUMNS).replace("<before>", BEFORE).replace("<page>", page)
    return bounded.replace("<order>", order), (*values, PAGE_BYTES)


def _branches(wanted: StatementFilter, found: Criteria) -> Iterator[Clause]:
    if found.agent is not None:
        yield _through("records_statementagent", "agent_id", found.agent, wanted, found)
        if wanted.related_agents:
            yield _plain(wanted, found, ("s.authority_id = %s", (found.agent,)))
    elif found.activity is not None:
        yield _through("records_statementactivity", "activity_id", found.activity, wanted, found)
    else:
        yield _plain(wanted, found, ("true", ()))


def _plain(wanted: StatementFilter, found: Criteria, first: Clause) -> Clause:
    sql, values = joined([first, *place(wanted, "s"), *content(found, "s"), *_always(wanted, found)])
    return f"FROM records_statement s WHERE {sql}", values


def _through(table: str, column: str, number: int, wanted: StatementFilter, found: Criteria) -> Clause:
    """Drive by the link table: its index holds the order, the verb and whether the link is direct."""
    is_agent = column == "agent_id"
    related = wanted.related_agents if is_agent else wanted.related_activities
    first: Clause = (f"d.{column} = %s" + ("" if related else " AND d.is_direct"), (number,))
    verb: list[Clause] = [] if found.verb is None else [("d.verb_id = %s", (found.verb,))]
    rest = Criteria(
        activity=found.activity if is_agent else None,
        related_activities=found.related_activities,
        registration=found.registration,
    )
    sql, values = joined([first, *verb, *place(wanted, "d"), *content(rest, "s"), *_always(wanted, found)])
    join = f"FROM {table} d JOIN records_statement s ON s.stored = d.stored AND s.sequence = d.sequence"
    return f"{join} WHERE {sql}", values


def _referring(wanted: StatementFilter, found: Criteria) -> Clause:
    """Follow references backwards from matching statements, voided ones included, to whatever refers to them.

    Only through statements that the reader may see: what comes back must say nothing of any other.
    """
    matching, values = joined([*content(found, "t"), *_seen(wanted, found, "t")])
    referring = _REFERRING.replace("<matching>", matching)
    between, through = joined(_seen(wanted, found, "q"))
    referring = referring.replace("<between>", _BETWEEN.replace("<between>", between) if through else "")
    rest, more = joined([*place(wanted, "s"), *_always(wanted, found)])
    join = f"FROM ({referring}) d JOIN records_statement s ON s.stored = d.stored AND s.sequence = d.sequence"
    return f"{join} WHERE {rest}", (*values, *through, *more)


def _always(wanted: StatementFilter, found: Criteria) -> Iterator[Clause]:
    if not wanted.includes_voided:
        yield f"NOT ({VOIDED})", ()
    yield from _seen(wanted, found, "s")


def _seen(wanted: StatementFilter, found: Criteria, alias: str) -> Iterator[Clause]:
    """Yield the conditions on whose statements are seen at all."""
    if wanted.acting_only and found.agent is not None:
        yield f"{alias}.actor_id = %s", (found.agent,)
    if found.authority is not None:
        yield f"{alias}.authority_id = %s", (found.authority,)


def _order(wanted: StatementFilter, alias: str) -> str:
    direction = "ASC" if wanted.ascending else "DESC"
    return f"{alias}.stored {direction}, {alias}.sequence {direction}"
