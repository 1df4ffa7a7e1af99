"""Sending statements on to another store: at least once, in the order of the store, one runner at a time.

A place counts as done only once the other store has acknowledged every statement up to it or refused it for what it
is. What was acknowledged and not yet noted when a runner is killed is sent again; the identifiers tell.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import Error, connection, transaction
from django.db.models import F

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.records.actions.delivering import Delivery, Failure, Refusal, deliver
from mycelia.records.actions.exchange import Exchange
from mycelia.records.calc.backoff import asked_seconds, delay_seconds
from mycelia.records.calc.envelopes import attachments_named
from mycelia.records.calc.sealing import unseal
from mycelia.records.errors import SecretLost, StatementNotFound
from mycelia.records.models import DeadLetter, DeliveryCount, Destination
from mycelia.records.queries.attachments import attachment_lengths
from mycelia.records.queries.forwarding import cursor_of, hour_of, next_statements, referring_earlier
from mycelia.records.queries.statements import any_statement
from mycelia.records.types import Cursor, Pause, RunReport, StoredStatement, Target

log = structlog.get_logger(__name__)
BATCH = 100
BATCH_BYTES = 1024 * 1024
SMALLEST_BATCH = 4
BROKEN_AFTER = 5
"""A store that broke so often in a row is tried with halves of a batch, to find out whether a statement does it."""
MOST_REFUSED_IN_A_ROW = 50
RUN_SECONDS = 45.0
_EVERYTHING = "It has refused one statement after the other. The dead letters say why."
KEPT_COUNTS = timedelta(days=30)
SYSTEM = Actor.system("records.forward")
_LOCK = "SELECT {}(hashtextextended('mycelia.records.forward', %s))"
_BURY = """
    INSERT INTO records_deadletter (destination_id, statement_id, status, reason, first_refused_at, last_refused_at,
        attempts, is_replaying)
    SELECT %(destination)s, l.id, l.status, l.reason, %(now)s, %(now)s, 1, false
    FROM unnest(%(ids)s::uuid[], %(statuses)s::int[], %(reasons)s::text[]) AS l (id, status, reason)
    ON CONFLICT (destination_id, statement_id) DO UPDATE SET status = excluded.status, reason = excluded.reason,
        last_refused_at = excluded.last_refused_at, attempts = records_deadletter.attempts + 1, is_replaying = false
"""
_COUNT = """
    INSERT INTO records_deliverycount (destination_id, since, delivered, refused, failures) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (destination_id, since) DO UPDATE SET delivered = records_deliverycount.delivered + excluded.delivered,
        refused = records_deliverycount.refused + excluded.refused,
        failures = records_deliverycount.failures + excluded.failures
"""


def target_of(found: Destination) -> Target:
    """Return how a destination is entered.

    Raises:
        SecretLost: Its secret was sealed with another key.
    """
    secret = unseal(bytes(found.secret), key=settings.SECRET_KEY)
    return Target(found.endpoint, found.version, found.key, secret)


def run_forwarding(destination_id: int, *, seconds: float = RUN_SECONDS) -> RunReport:
    """Send what waits for a destination, until nothing does, it fails, or the time is over.

    For the system: who may ask for it was checked when the destination was set up.
    """
    report = RunReport(destination_id)
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
            return _send_all(exchange, report, time.monotonic() + seconds)


def _send_all(exchange: Exchange, report: RunReport, end: float) -> RunReport:
    for step in (_replay, _forward):
        while time.monotonic() < end and (found := _due(report.destination_id)) is not None:
            done = step(exchange, found)
            if done is None:
                break
            delivered, refused = report.delivered + done.delivered, report.refused + len(done.refusals)
            report = replace(report, delivered=delivered, refused=refused)
            if done.failure is not None:
                return replace(report, failure=done.failure.reason)
    return report


def _forward(exchange: Exchange, found: Destination) -> Delivery | None:
    """Send the next batch; None when nothing waits."""
    limit = max(SMALLEST_BATCH, BATCH >> min(found.consecutive_failures, 30))
    page, place = next_statements(found, limit)
    batch = _within_limit(page)
    if not batch:
        _note(found, Delivery(), place)
        return None
    done = deliver(exchange, found.version, batch, is_broken=_is_broken(found))
    reached: Cursor | None = cursor_of(found)
    if done.settled >= len(batch):
        reached = place if len(batch) == len(page) else batch[-1].cursor
    elif done.settled:
        reached = batch[done.settled - 1].cursor
    if done.settled and _narrows(found) and not _send_referring(exchange, found, batch[: done.settled], done):
        # Nothing of it is noted: what refers to the batch stands before the cursor and would not be found again.
        done, reached = Delivery(delivered=done.delivered, failure=done.failure), cursor_of(found)
    return done if _note(found, done, reached) else None


def _send_referring(exchange: Exchange, found: Destination, batch: Sequence[StoredStatement], done: Delivery) -> bool:
    """Send what was stored earlier and refers to a batch, add what became of it, and say whether all is settled."""
    for earlier in referring_earlier(found, batch):
        part = deliver(exchange, found.version, earlier, is_broken=_is_broken(found))
        done.delivered += part.delivered
        done.refusals += part.refusals
        if part.unproven and done.delivered:
            # The store has just taken others, so it is not the store.
            done.refusals += part.unproven
        elif part.failure is not None:
            done.failure = part.failure
            return False
    return True


def _replay(exchange: Exchange, found: Destination) -> Delivery | None:
    """Send the dead letter again that was asked for first; None when none is."""
    letter = found.dead_letters.filter(is_replaying=True).order_by("pk").first()
    if letter is None:
        return None
    try:
        statement = any_statement(letter.statement_id)
    except StatementNotFound:
        reason = "The statement is no longer in the store."
        found.dead_letters.filter(pk=letter.pk).update(is_replaying=False, status=None, reason=reason)
        return Delivery()
    done = deliver(exchange, found.version, [statement], is_broken=True)
    if done.unproven:
        # It may be the statement or the store. Nothing else is to wait until that is known.
        done = Delivery(refusals=done.unproven)
    with transaction.atomic():
        if _note(found, done, cursor_of(found)):
            _put_back(letter, done)
    return done


def _put_back(letter: DeadLetter, done: Delivery) -> None:
    """Remove a letter that was delivered; one that could not be sent waits again, so that it holds up no others."""
    if done.delivered:
        letter.delete()
    elif done.failure is not None and not done.failure.is_locked:
        letter.is_replaying, letter.reason, letter.status = False, done.failure.reason, None
        letter.save(update_fields=["is_replaying", "reason", "status"])


def _note(found: Destination, done: Delivery, reached: Cursor | None) -> bool:
    """Write down what became of a batch; False, and nothing written, where somebody else has moved the cursor."""
    held = Destination.objects.filter(
        pk=found.pk,
        cursor_stored=found.cursor_stored,
        cursor_sequence=found.cursor_sequence,
        rewinds=found.rewinds,
    )
    with transaction.atomic():
        if not held.update(**_changes(found, done, reached)):
            return False
        if done.refusals:
            _bury(found, done.refusals)
        if done.delivered or done.refusals or done.failure is not None:
            _count(found, done)
    if done.failure is not None:
        log.warning("forwarding_failed", destination=found.pk, reason=done.failure.reason)
    if done.failure is not None and done.failure.is_locked:
        pause_for(found, Pause.CREDENTIAL_REFUSED, done.failure.reason)
    elif done.refusals and not done.delivered and found.refused_in_a_row + len(done.refusals) >= MOST_REFUSED_IN_A_ROW:
        pause_for(found, Pause.EVERYTHING_REFUSED, _EVERYTHING)
    return True


@transaction.atomic
def pause_for(found: Destination, reason: Pause, words: str) -> None:
    """Stop sending until an administrator has looked, and say why."""
    now = clock.now()
    active = Destination.objects.filter(pk=found.pk, pause_reason="")
    if active.update(pause_reason=reason.value, last_error=words, last_error_at=now):
        log.error("forwarding_paused", destination=found.pk, reason=reason.value)
        audit.record(
            actor=SYSTEM,
            action="records.destination.pause",
            object_type="records.Destination",
            object_id=found.pk,
            details={"name": found.name, "reason": reason.value},
        )


def _changes(found: Destination, done: Delivery, reached: Cursor | None) -> dict[str, Any]:
    now, failure = clock.now(), done.failure
    stored, sequence = (None, None) if reached is None else reached
    changes: dict[str, Any] = {"cursor_stored": stored, "cursor_sequence": sequence}
    if done.delivered:
        changes |= {"delivered": F("delivered") + done.delivered, "last_success_at": now, "refused_in_a_row": 0}
    if done.refusals:
        changes["refused"] = F("refused") + len(done.refusals)
        changes |= {} if done.delivered else {"refused_in_a_row": F("refused_in_a_row") + len(done.refusals)}
    if failure is not None:
        failures = 1 if done.settled else found.consecutive_failures + 1
        changes |= {
            "failures": F("failures") + 1,
            "consecutive_failures": failures,
            "next_attempt_at": now + _wait(failures, failure),
            "last_error": failure.reason,
            "last_error_at": now,
        }
    elif done.settled:
        changes |= {"consecutive_failures": 0, "next_attempt_at": None}
    return changes


def _wait(failures: int, failure: Failure) -> timedelta:
    own = delay_seconds(failures, jitter=random.random())  # noqa: S311 -- spreads load, guards nothing
    return timedelta(seconds=max(own, asked_seconds(failure.retry_after, at=clock.now())))


def _bury(found: Destination, refusals: Sequence[Refusal]) -> None:
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _BURY,
            {
                "destination": found.pk,
                "now": now,
                "ids": [one.statement.statement_id for one in refusals],
                "statuses": [one.status for one in refusals],
                "reasons": [one.reason for one in refusals],
            },
        )


def _count(found: Destination, done: Delivery) -> None:
    now = clock.now()
    counts = [done.delivered, len(done.refusals), int(done.failure is not None)]
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [found.pk, hour_of(now), *counts])
    DeliveryCount.objects.filter(destination=found, since__lt=now - KEPT_COUNTS).delete()


def _within_limit(page: Sequence[StoredStatement]) -> Sequence[StoredStatement]:
    """Return as many of the first statements as fit one body with their attachments, at least one."""
    total = 0
    for number, one in enumerate(page):
        attached = attachment_lengths(attachments_named([one.payload]).keys())
        total += len(one.payload) + sum(attached.values())
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
