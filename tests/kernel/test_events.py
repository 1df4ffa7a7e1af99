from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from mycelia.kernel import clock, events
from mycelia.kernel.models import OutboxEvent


@dataclass(frozen=True)
class SomethingHappened(events.Event):
    subject: UUID
    count: int


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> list[SomethingHappened]:
    seen: list[SomethingHappened] = []
    monkeypatch.setitem(events._handlers, SomethingHappened.name(), [seen.append])
    return seen


@pytest.mark.django_db(transaction=True)
def test_publish_after_commit_reaches_the_handler_once_and_leaves_no_row(handled) -> None:
    event = SomethingHappened(uuid4(), 3)
    with transaction.atomic():
        events.publish(event)
        assert handled == []
        assert OutboxEvent.objects.count() == 1
    assert handled == [event]
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_publish_in_a_transaction_that_rolls_back_tells_nobody(handled) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        events.publish(SomethingHappened(uuid4(), 1))
        raise RuntimeError
    assert handled == []
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_publish_outside_a_transaction_is_refused(handled) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        events.publish(SomethingHappened(uuid4(), 1))


@pytest.mark.django_db(transaction=True)
def test_event_whose_handler_failed_is_kept_and_handled_later(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def fails_at_first(event: SomethingHappened) -> None:
        seen.append(event.count)
        if len(seen) == 1:
            raise RuntimeError("the other side was down")

    monkeypatch.setitem(events._handlers, SomethingHappened.name(), [fails_at_first])
    with transaction.atomic():
        events.publish(SomethingHappened(uuid4(), 7))
    row = OutboxEvent.objects.get()
    assert row.failures == 1
    assert "the other side was down" in row.last_error
    assert events.handle_waiting() == 0
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        assert events.handle_waiting() == 1
    assert seen == [7, 7]
    assert OutboxEvent.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_event_left_by_a_process_that_died_is_handled_later(handled) -> None:
    moment = clock.now() - timedelta(minutes=1)
    OutboxEvent.objects.create(
        name=SomethingHappened.name(),
        payload={"subject": str(UUID(int=5)), "count": 2},
        published_at=moment,
        retry_at=moment,
    )
    assert events.handle_waiting() == 1
    assert handled == [SomethingHappened(UUID(int=5), 2)]
