"""Sending statements on to another store: at least once, in the order of the store, one runner at a time.

A place counts as done only once the other store has acknowledged every statement up to it or refused it for what it
is. What was acknowledged and not yet noted when a runner is killed is sent again; the identifiers tell.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from django.conf import settings
from django.db import Error, connection

from mycelia.kernel import clock
from mycelia.records.actions.delivering import Delivery, deliver
from mycelia.records.actions.exchange import Exchange
from mycelia.records.actions.noting import note, pause_for
from mycelia.records.actions.probing import deliver_probing
from mycelia.records.actions.replaying import replay_next
from mycelia.records.calc.sealing import unseal
from mycelia.records.errors import SecretLost
from mycelia.records.models import Destination
from mycelia.records.queries.attachments import attached
from mycelia.records.queries.forwarding import cursor_of, next_statements, referring_earlier
from mycelia.records.types import BROKEN_AFTER, Cursor, Pause, RunReport, StoredStatement, Target

BATCH = 100
BATCH_BYTES = 1024 * 1024
SMALLEST_BATCH = 4
RUN_SECONDS = 5.0
"""The worker does other things too: whoever has more to send comes again when the others had their turn."""
_LOCK = "SELECT {}(hashtextextended('mycelia.records.forward', %s))"


def target_of(found: Destination) -> Target:
    """Return how a destination is entered.

    Raises:
        SecretLost: Its secret was sealed with another key.
    """
    secret = unseal(bytes(found.secret), key=settings.SECRET_KEY)
    return Target(found.endpoint, found.version, found.key, secret)


def run_forwarding(destination_id: int, *, seconds: float | None = None) -> RunReport:
    """Send what waits for a destination, until nothing does, it fails, or the time (`RUN_SECONDS`) is over.

    At least one batch is sent, however little time there is, and one dead letter that is to be sent again.
    For the system: who may ask for it was checked when the destination was set up.
    """
    report, end = RunReport(destination_id), time.monotonic() + (RUN_SECONDS if seconds is None else seconds)
    with _sole_runner(destination_id) as is_alone:
        if not is_alone:
            return replace(report, is_busy=True)
        found = _due(destination_id)
        if found is None:
            return report
        try:
            target = target_of(found)
        except SecretLost as error:
            pause_for(found, Pause.SECRET_LOST, str(error))
            return replace(report, failure=str(error))
        with Exchange(target) as exchange:
            return _send_all(exchange, report, end)


def _send_all(exchange: Exchange, report: RunReport, end: float) -> RunReport:
    """Send a dead letter and a batch in turn, so that neither keeps the other waiting."""
    may_replay = True
    while (found := _due(report.destination_id)) is not None:
        replayed = replay_next(exchange, found) if may_replay else None
        may_replay = replayed is not None and replayed.failure is None
        report = _with(report, replayed)
        found = _due(report.destination_id)
        sent = None if found is None else _forward(exchange, found, end)
        report = _with(report, sent)
        if (sent is None and not may_replay) or (sent is not None and sent.failure is not None):
            return report
        if time.monotonic() >= end:
            return replace(report, is_more=not report.failure)
    return report


def _with(report: RunReport, done: Delivery | None) -> RunReport:
    if done is None:
        return report
    return replace(
        report,
        delivered=report.delivered + done.delivered,
        refused=report.refused + len(done.refusals),
        failure=report.failure if done.failure is None else done.failure.reason,
    )


def _forward(exchange: Exchange, found: Destination, end: float) -> Delivery | None:
    """Send the next batch; None when nothing waits."""
    is_broken = _is_broken(found)
    limit = BATCH if is_broken else max(SMALLEST_BATCH, BATCH >> min(found.consecutive_failures, 30))
    page, place = next_statements(found, limit)
    batch = _within_limit(page)
    if not batch:
        note(found, Delivery(), place)
        return None
    if is_broken:
        done = deliver_probing(exchange, found, batch, end)
    else:
        done = deliver(exchange, found.version, batch, is_broken=False, until=end)
    reached: Cursor | None = cursor_of(found)
    if done.settled >= len(batch):
        reached = place if len(batch) == len(page) else batch[-1].cursor
    elif done.settled:
        reached = batch[done.settled - 1].cursor
    if done.settled and _narrows(found) and not _send_referring(exchange, found, batch[: done.settled], done):
        # Nothing of it is noted: what refers to the batch stands before the cursor and would not be found again.
        done, reached = Delivery(delivered=done.delivered, failure=done.failure), cursor_of(found)
    return done if note(found, done, reached) else None


def _send_referring(exchange: Exchange, found: Destination, batch: Sequence[StoredStatement], done: Delivery) -> bool:
    """Send what was stored earlier and refers to a batch, add what became of it, and say whether all is settled."""
    for earlier in referring_earlier(found, batch):
        part = deliver(exchange, found.version, earlier, is_broken=_is_broken(found))
        done.delivered += part.delivered
        done.refusals += part.refusals
        if part.failure is not None and part.failure.is_undecided and done.delivered:
            # The store has just taken others, so it is not the store.
            done.refusals += part.unproven
        elif part.failure is not None:
            done.failure = part.failure
            return False
    return True


def _within_limit(page: Sequence[StoredStatement]) -> Sequence[StoredStatement]:
    """Return as many of the first statements as fit one body with their attachments, at least one."""
    total, lengths = 0, attached(one.cursor for one in page)
    for number, one in enumerate(page):
        total += len(one.payload) + sum(lengths[one.cursor].values())
        if number and total > BATCH_BYTES:
            return page[:number]
    return page


def _narrows(found: Destination) -> bool:
    return found.agent is not None or bool(found.verb or found.activity)


def _is_broken(found: Destination) -> bool:
    return found.consecutive_failures >= BROKEN_AFTER


def _due(destination_id: int) -> Destination | None:
    """Return the destination as it is now; None where nothing is to be sent to it at present."""
    found = Destination.objects.filter(pk=destination_id, pause_reason="").first()
    if found is None or (found.next_attempt_at is not None and found.next_attempt_at > clock.now()):
        return None
    return found


@contextmanager
def _sole_runner(destination_id: int) -> Iterator[bool]:
    """Say whether nobody else sends to a destination at present, and keep others away meanwhile.

    The lock is the session's, not a transaction's: an open transaction would hold up every reader that waits for the
    store to settle. It ends with the connection, also that of a runner that was killed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK.format("pg_try_advisory_lock"), [destination_id])
        (is_alone,) = cursor.fetchone()
    try:
        yield bool(is_alone)
    finally:
        if is_alone:
            with suppress(Error), connection.cursor() as cursor:
                cursor.execute(_LOCK.format("pg_advisory_unlock"), [destination_id])
