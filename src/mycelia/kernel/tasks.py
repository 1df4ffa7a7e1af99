"""Background work on the queue in PostgreSQL: jobs commit with the change that asks for them."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from mycelia.kernel import events
from mycelia.kernel.errors import QueueFull

__all__ = ["app", "defer", "run_pending", "waiting_jobs"]


def waiting_jobs() -> int:
    """Return how many jobs wait to be started."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return int(cursor.fetchone()[0])


def defer(task: Task[Any, Any, Any], **arguments: Any) -> int:
    """Queue a job in the running transaction and return its number.

    Raises:
        QueueFull: `MYCELIA_QUEUE_LIMIT` jobs are waiting; nothing was queued.
    """
    if waiting_jobs() >= settings.MYCELIA_QUEUE_LIMIT:
        raise QueueFull(limit=settings.MYCELIA_QUEUE_LIMIT)
    return int(task.defer(**arguments))


def run_pending(limit: int = 1000) -> int:
    """Run the waiting jobs in this process, one after the other, and return how many ran.

    For commands that must be complete when they return, and for tests; servers have a worker.
    """
    ran = 0
    while ran < limit and (job := _take_next()) is not None:
        _run(job)
        ran += 1
    return ran


def _take_next() -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (SELECT id FROM procrastinate_jobs"
            " WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= now())"
            " ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, task_name, args::text"
        )
        row = cursor.fetchone()
    return None if row is None else (row[0], row[1], json.loads(row[2]))


def _run(job: tuple[int, str, dict[str, Any]]) -> None:
    number, name, arguments = job
    status = "failed"
    try:
        app.tasks[name](**arguments)
        status = "succeeded"
    finally:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, number])


@app.periodic(cron="* * * * *")
@app.task(queue="events", queueing_lock="kernel.handle_events", pass_context=False)
def handle_events(timestamp: int) -> None:
    """Retry events left waiting by a crash or a failing handler."""
    events.handle_waiting()
