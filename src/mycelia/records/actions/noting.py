"""Writing down what became of what was sent: the place, the counts, the dead letters, and why nothing more is sent."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import structlog
from django.db import connection, transaction
from django.db.models import F

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.records.actions.delivering import Delivery, Failure, Refusal
from mycelia.records.calc.backoff import asked_seconds, delay_seconds
from mycelia.records.models import DeadLetter, DeliveryCount, Destination
from mycelia.records.queries.forwarding import hour_of
from mycelia.records.types import Cursor, Pause

log = structlog.get_logger(__name__)
MOST_REFUSED_IN_A_ROW = 50
KEPT_COUNTS = timedelta(days=30)
SYSTEM = Actor.system("records.forward")
_EVERYTHING = "It has refused one statement after the other. The dead letters say why."
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


def note(found: Destination, done: Delivery, reached: Cursor | None) -> bool:
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
            bury(found, done.refusals)
        if done.delivered or done.refusals or done.failure is not None:
            _count(found, done)
    if done.failure is not None:
        log.warning("forwarding_failed", destination=found.pk, reason=done.failure.reason)
    if done.failure is not None and done.failure.is_locked:
        pause_for(found, Pause.CREDENTIAL_REFUSED, done.failure.reason)
    elif done.refusals and not done.delivered and found.refused_in_a_row + len(done.refusals) >= MOST_REFUSED_IN_A_ROW:
        pause_for(found, Pause.EVERYTHING_REFUSED, _EVERYTHING)
    return True


def note_replay(found: Destination, letter: DeadLetter, done: Delivery) -> None:
    """Write down what became of a dead letter that was sent again.

    It says nothing about the statements that wait: neither the refusals nor the failures in a row change. A letter
    that was not delivered stays and is not sent again by itself, so that it holds up nothing.
    """
    now, failure = clock.now(), done.failure
    if failure is not None and failure.is_locked:
        pause_for(found, Pause.CREDENTIAL_REFUSED, failure.reason)
        return
    with transaction.atomic():
        Destination.objects.filter(pk=found.pk).update(**_replay_changes(done))
        if done.delivered:
            letter.delete()
        else:
            status, reason = (None, failure.reason) if failure else (done.refusals[0].status, done.refusals[0].reason)
            found.dead_letters.filter(pk=letter.pk).update(
                is_replaying=False, status=status, reason=reason, attempts=F("attempts") + 1, last_refused_at=now
            )
        _count(found, done)


def _replay_changes(done: Delivery) -> dict[str, Any]:
    now, failure = clock.now(), done.failure
    if done.delivered:
        return {"delivered": F("delivered") + done.delivered, "last_success_at": now}
    if failure is None:
        return {"refused": F("refused") + len(done.refusals)}
    changes = {"failures": F("failures") + 1, "last_error": failure.reason, "last_error_at": now}
    seconds = asked_seconds(failure.retry_after, at=now)
    return {**changes, "next_attempt_at": now + timedelta(seconds=seconds)} if seconds else changes


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


def bury(found: Destination, refusals: Sequence[Refusal]) -> None:
    """Make dead letters of statements that are not to be sent again by themselves."""
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
