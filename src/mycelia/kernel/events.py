"""Events from lower apps to higher ones: published in the transaction, handled after commit, never lost.

`publish` writes an outbox row in the caller's transaction. After commit the handlers run at once; the row goes
when all have succeeded. A row left behind by a crash or a failing handler is tried again by `handle_waiting`.
Delivery is therefore at least once: handlers are idempotent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from typing import Any, TypeVar

import msgspec
import structlog
from django.db import connection, transaction
from django.db.models import F

from mycelia.kernel import clock
from mycelia.kernel.models import OutboxEvent

E = TypeVar("E", bound="Event")
Handler = Callable[[Any], None]

log = structlog.get_logger(__name__)
_types: dict[str, type[Event]] = {}
_handlers: dict[str, list[Handler]] = defaultdict(list)
GRACE = timedelta(seconds=20)
MAXIMUM_DELAY = timedelta(hours=1)


class Event:
    """Base of every event; subclasses are frozen dataclasses of plain values (str, int, UUID, datetime, Decimal)."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        _types[cls.name()] = cls

    @classmethod
    def name(cls) -> str:
        """Return the stable name, such as "delivery.AttemptProgressed"."""
        return f"{cls.__module__.split('.')[1]}.{cls.__name__}"


def subscribe(event_type: type[E]) -> Callable[[Callable[[E], None]], Callable[[E], None]]:
    """Register an idempotent handler for an event type; used as a decorator in an app's `handlers.py`."""

    def register(handler: Callable[[E], None]) -> Callable[[E], None]:
        _handlers[event_type.name()].append(handler)
        return handler

    return register


def publish(event: Event) -> None:
    """Record the event with the running transaction and handle it once that has committed.

    Raises:
        TransactionManagementError: No transaction is open, so the event could be lost.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("events are published inside a transaction")
    if not _handlers.get(event.name()):
        return
    moment = clock.now()
    row = OutboxEvent.objects.create(
        name=event.name(), payload=_payload(event), published_at=moment, retry_at=moment + GRACE
    )
    transaction.on_commit(lambda: _handle_quietly(row.pk), robust=True)


def handle_waiting(limit: int = 500) -> int:
    """Handle events whose time has come again; return how many are done. Safe to run on many machines at once."""
    due = OutboxEvent.objects.filter(retry_at__lte=clock.now()).order_by("pk")
    return sum(_handle_quietly(pk) for pk in list(due.values_list("pk", flat=True)[:limit]))


def _payload(event: Event) -> dict[str, Any]:
    values = {field.name: getattr(event, field.name) for field in fields(event)}  # type: ignore[arg-type]
    return dict(msgspec.to_builtins(values))


def _handle_quietly(pk: int) -> bool:
    try:
        return _handle(pk)
    except Exception as error:
        log.exception("event_failed", outbox_id=pk)
        _postpone(pk, error)
        return False


def _handle(pk: int) -> bool:
    with transaction.atomic():
        row = OutboxEvent.objects.select_for_update(skip_locked=True).filter(pk=pk).first()
        if row is None:
            return False
        event = msgspec.convert(row.payload, _types[row.name], strict=False)
        for handler in _handlers[row.name]:
            handler(event)
        row.delete()
    return True


def _postpone(pk: int, error: Exception) -> None:
    row = OutboxEvent.objects.filter(pk=pk).first()
    if row is None:
        return
    delay = min(GRACE * 2 ** min(row.failures, 10), MAXIMUM_DELAY)
    OutboxEvent.objects.filter(pk=pk).update(
        failures=F("failures") + 1, retry_at=clock.now() + delay, last_error=repr(error)[:2000]
    )
