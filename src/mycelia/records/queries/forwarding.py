"""Destinations, what waits for them, and what they refused."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from mycelia.kernel import clock
from mycelia.records.errors import DeadLetterNotFound, DestinationNotFound
from mycelia.records.models import DeadLetter, DeliveryCount, Destination
from mycelia.records.queries.clauses import criteria
from mycelia.records.queries.consistency import consistent_through
from mycelia.records.queries.selection import PAGE_BYTES, selection
from mycelia.records.queries.statements import statements
from mycelia.records.types import AgentKey, Cursor, DeliveryHour, Standing, StatementFilter, StoredStatement, Waiting

LAST_SEQUENCE = 2**63 - 1
COUNTED_TO = 10_000
"""Statements that wait for a destination are not counted beyond this."""
MOST_READ = 100
_REFERRED_EARLIER = """
    WITH RECURSIVE earlier (stored, sequence, statement_id) AS (
        SELECT r.stored, r.sequence, r.statement_id FROM records_statementreference r
        WHERE r.target_id = ANY(%(targets)s) AND (r.stored, r.sequence) <= (%(stored)s, %(sequence)s)
      UNION
        SELECT r.stored, r.sequence, r.statement_id FROM records_statementreference r
        JOIN earlier p ON r.target_id = p.statement_id
        WHERE (r.stored, r.sequence) <= (%(stored)s, %(sequence)s)),
    page AS (
    SELECT s.stored, s.sequence, s.statement_id, s.occurred, s.registration, s.payload
    FROM earlier e JOIN records_statement s ON s.stored = e.stored AND s.sequence = e.sequence
    WHERE e.statement_id <> ALL(%(targets)s)
      AND (%(authority)s::bigint IS NULL OR s.authority_id = %(authority)s)
      AND (%(since)s::timestamptz IS NULL OR s.stored > %(since)s)
      AND (%(after_stored)s::timestamptz IS NULL
           OR (s.stored, s.sequence) > (%(after_stored)s, %(after_sequence)s::bigint))
    ORDER BY s.stored, s.sequence LIMIT %(limit)s)
    SELECT stored, sequence, statement_id, occurred, registration, payload, matching FROM (
        SELECT p.*, count(*) OVER () AS matching,
            sum(octet_length(p.payload)) OVER (ORDER BY p.stored, p.sequence) - octet_length(p.payload) AS before
        FROM page p) b
    WHERE before < %(most_bytes)s ORDER BY stored, sequence
"""


def destinations() -> QuerySet[Destination]:
    """Return every destination by name, with `dead`, the number of its dead letters."""
    return Destination.objects.annotate(dead=Count("dead_letters")).order_by("name")


def destination(destination_id: int) -> Destination:
    """Return one destination.

    Raises:
        DestinationNotFound: There is none.
    """
    found = Destination.objects.filter(pk=destination_id).first()
    if found is None:
        raise DestinationNotFound(destination_id=destination_id)
    return found


def due_destinations() -> list[int]:
    """Return the numbers of those that may be sent something now."""
    due = Q(next_attempt_at=None) | Q(next_attempt_at__lte=clock.now())
    return list(Destination.objects.filter(due, pause_reason="").order_by("pk").values_list("pk", flat=True))


def dead_letters(found: Destination) -> QuerySet[DeadLetter]:
    """Return the dead letters of a destination, the one refused last first."""
    return found.dead_letters.order_by("-last_refused_at", "-pk")


def dead_letter(found: Destination, statement_id: UUID) -> DeadLetter:
    """Return one dead letter.

    Raises:
        DeadLetterNotFound: There is none, or none any more.
    """
    letter = found.dead_letters.filter(statement_id=statement_id).first()
    if letter is None:
        raise DeadLetterNotFound(statement_id=str(statement_id))
    return letter


def wanted_by(found: Destination) -> StatementFilter:
    """Return which statements a destination gets, voided ones included, from its cursor on."""
    return StatementFilter(
        agent=None if found.agent is None else AgentKey(*found.agent),
        verb=found.verb or None,
        activity=found.activity or None,
        related_agents=found.related_agents,
        related_activities=found.related_activities,
        authority=None if found.authority is None else AgentKey(*found.authority),
        since=found.since,
        ascending=True,
        after=cursor_of(found),
        includes_voided=True,
    )


def cursor_of(found: Destination) -> Cursor | None:
    """Return the place up to which nothing need be sent any more; None is the beginning."""
    if found.cursor_stored is None or found.cursor_sequence is None:
        return None
    return Cursor(found.cursor_stored, found.cursor_sequence)


def next_statements(found: Destination, limit: int) -> tuple[tuple[StoredStatement, ...], Cursor]:
    """Return the statements that come next, and a place before which nothing that matches can still appear.

    The place is that of the last one while more wait, else the moment up to which the store is settled; so a
    destination that wants little need not look through all the rest again. Large statements make it fewer than the
    limit (`selection.PAGE_BYTES`), though one at least.
    """
    through = consistent_through()
    page = statements(replace(wanted_by(found), until=through, limit=limit))
    return page.statements, page.more or Cursor(through, LAST_SEQUENCE)


def next_statement(found: Destination) -> StoredStatement | None:
    """Return the statement that comes next, None where none waits."""
    return next(iter(next_statements(found, 1)[0]), None)


def newest_statement(found: Destination) -> StoredStatement | None:
    """Return the last statement that a destination gets, None where none is settled yet."""
    wanted = replace(wanted_by(found), until=consistent_through(), ascending=False, after=None, limit=1)
    return next(iter(statements(wanted).statements), None)


def referring_earlier(found: Destination, batch: Sequence[StoredStatement]) -> Iterator[tuple[StoredStatement, ...]]:
    """Yield, by pages, statements before the end of a batch that refer to one of it, such as a voiding that came first.

    They matched nothing while what they refer to was not stored, and a cursor may have passed them. Whatever else a
    destination asks for (source, moment) holds for them as for all others.
    """
    known = criteria(wanted_by(found))
    values: dict[str, Any] = {
        "targets": [one.statement_id for one in batch],
        "stored": batch[-1].stored,
        "sequence": batch[-1].sequence,
        "authority": known.authority,
        "since": found.since,
    }
    after: Cursor | None = None
    is_more = not known.is_empty
    while is_more:
        stored, sequence = (None, None) if after is None else after
        page, is_more = _referring_page(values | {"after_stored": stored, "after_sequence": sequence})
        if page:
            after = page[-1].cursor
            yield page


def _referring_page(values: Mapping[str, Any]) -> tuple[tuple[StoredStatement, ...], bool]:
    """Return a page, bounded in number and bytes, and whether there are more."""
    with connection.cursor() as cursor:
        cursor.execute(_REFERRED_EARLIER, {**values, "limit": MOST_READ + 1, "most_bytes": PAGE_BYTES})
        rows = cursor.fetchmany(MOST_READ)
    page = tuple(StoredStatement(row[2], row[0], row[1], row[3], row[4], False, bytes(row[5])) for row in rows)
    return page, bool(rows) and rows[0][6] > len(page)


def waiting(found: Destination) -> Waiting:
    """Return how far a destination lags."""
    return lags([found])[found.pk]


def lags(found: Sequence[Destination]) -> dict[int, Waiting]:
    """Return how far each destination lags, all of them counted in one query."""
    through, parts, values = consistent_through(), list[str](), list[Any]()
    for one in found:
        wanted = replace(wanted_by(one), until=through, limit=COUNTED_TO)
        known = criteria(wanted)
        if not known.is_empty:
            sql, given = selection(wanted, known)
            parts.append(f"SELECT %s::bigint, coalesce(max(matching), 0), min(stored) FROM ({sql}) w")  # noqa: S608
            values += [one.pk, *given]
    none = {one.pk: Waiting(0, False, None) for one in found}
    if not parts:
        return none
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        rows = cursor.fetchall()
    return none | {number: Waiting(min(n, COUNTED_TO), n > COUNTED_TO, oldest) for number, n, oldest in rows}


def delivered_lately(numbers: Collection[int], span: timedelta) -> dict[int, tuple[int, int, int]]:
    """Return the statements delivered and refused and the attempts that failed, by destination, in whole hours."""
    rows = (
        DeliveryCount.objects.filter(destination__in=numbers, since__gt=hour_of(clock.now()) - span)
        .values_list("destination_id")
        .annotate(Sum("delivered"), Sum("refused"), Sum("failures"))
    )
    return {number: (delivered, refused, failures) for number, delivered, refused, failures in rows}


def delivered_by_hour(found: Destination, span: timedelta) -> tuple[DeliveryHour, ...]:
    """Return what became of forwarding in each whole hour up to the present one, empty hours included."""
    last = hour_of(clock.now())
    rows = DeliveryCount.objects.filter(destination=found, since__gt=last - span)
    known = {one.since: DeliveryHour(one.since, one.delivered, one.refused, one.failures) for one in rows}
    hours = [last - timedelta(hours=back) for back in reversed(range(int(span / timedelta(hours=1))))]
    return tuple(known.get(hour, DeliveryHour(hour)) for hour in hours)


def hour_of(moment: datetime) -> datetime:
    """Return the beginning of the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def standing() -> tuple[Standing, ...]:
    """Return how every destination stands, by name."""
    found = list(destinations())
    lag = lags(found)
    return tuple(_standing(one, lag[one.pk]) for one in found)


def _standing(found: Destination, lag: Waiting) -> Standing:
    return Standing(
        destination_id=found.pk,
        name=found.name,
        endpoint=found.endpoint,
        pause_reason=found.pause_reason,
        waiting=lag.count,
        is_more=lag.is_more,
        lag_seconds=0.0 if lag.oldest is None else max(0.0, (clock.now() - lag.oldest).total_seconds()),
        delivered=found.delivered,
        refused=found.refused,
        failures=found.failures,
        consecutive_failures=found.consecutive_failures,
        dead_letters=found.dead,  # type: ignore[attr-defined]
        last_success_at=found.last_success_at,
        last_error_at=found.last_error_at,
        last_error=found.last_error,
        next_attempt_at=found.next_attempt_at,
    )
