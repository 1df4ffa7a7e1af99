"""Jobs whose worker was killed: queued again, or given up when they keep killing workers."""

from __future__ import annotations

import structlog
from django.db import connection
from procrastinate.contrib.django import app

from mycelia.kernel import clock

log = structlog.get_logger(__name__)
MOST_ATTEMPTS = 5

# A job without a worker is being run by a command, or lost a worker that was struck off the list since.
_STALLED = """
SELECT job.id, job.task_name, job.attempts
FROM procrastinate_jobs job
LEFT JOIN procrastinate_workers worker ON worker.id = job.worker_id
WHERE job.status = 'doing' AND CASE
    WHEN worker.id IS NOT NULL THEN worker.last_heartbeat < now() - interval '30 seconds'
    ELSE NOT EXISTS (
        SELECT FROM procrastinate_events event
        WHERE event.job_id = job.id AND event.at > now() - interval '5 minutes'
    )
END
"""


def rescue_stalled_jobs() -> int:
    """Queue stalled jobs again and return how many; handlers are idempotent, so twice does no harm."""
    with connection.cursor() as cursor:
        cursor.execute(_STALLED)
        stalled = cursor.fetchall()
    for number, name, attempts in stalled:
        _rescue(number, name, attempts)
    return len(stalled)


def _rescue(number: int, name: str, attempts: int) -> None:
    if attempts >= MOST_ATTEMPTS:
        log.error("job_given_up", job=number, task=name, attempts=attempts)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'failed' WHERE id = %s", [number])
        return
    log.warning("job_rescued", job=number, task=name, attempts=attempts)
    app.job_manager.retry_job_by_id(number, retry_at=clock.now())
