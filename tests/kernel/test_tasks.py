from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django import app

from mycelia.kernel.errors import QueueFull
from mycelia.kernel.tasks import defer, run_pending, waiting_jobs

seen: list[int] = []


@app.task(queue="test", name="tests.remember")
def remember(number: int) -> None:
    seen.append(number)


@pytest.fixture(autouse=True)
def _forget() -> None:
    seen.clear()


@pytest.mark.django_db
def test_defer_job_runs_with_its_arguments_and_leaves_the_queue() -> None:
    defer(remember, number=4)
    assert (waiting_jobs(), seen) == (1, [])
    assert run_pending() == 1
    assert (waiting_jobs(), seen) == (0, [4])


@pytest.mark.django_db
def test_defer_in_a_transaction_that_rolls_back_queues_nothing() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        defer(remember, number=1)
        raise RuntimeError
    assert waiting_jobs() == 0


@pytest.mark.django_db
def test_defer_to_a_full_queue_is_refused_and_queues_nothing(settings) -> None:
    settings.MYCELIA_QUEUE_LIMIT = 1
    defer(remember, number=1)
    with pytest.raises(QueueFull):
        defer(remember, number=2)
    assert waiting_jobs() == 1
