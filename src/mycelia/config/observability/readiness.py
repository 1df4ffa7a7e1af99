"""Whether this installation can serve: the database, its migrations, the queue and its workers."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import StrEnum

import structlog
from django.conf import settings
from django.db import Error, close_old_connections, connection
from django.db.migrations.executor import MigrationExecutor

from mycelia.kernel.errors import MyceliaError

log = structlog.get_logger(__name__)
_TRUSTED_SECONDS = 300.0


class Readiness(StrEnum):
    """READY serves; DEGRADED serves, and somebody should look; DOWN cannot serve."""

    READY = "ready"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class QueueState:
    """The queue at one moment.

    Args:
        jobs: Count of jobs by (queue, status), statuses "todo", "doing" and "failed".
        oldest_seconds: Age of the job that has been ready to run for longest, 0 when none waits.
        workers: Workers heard of in the last minute.
        events: Committed events of the outbox still to be handled.
    """

    jobs: dict[tuple[str, str], int]
    oldest_seconds: float
    workers: int
    events: int

    @property
    def waiting(self) -> int:
        return sum(count for (_, status), count in self.jobs.items() if status == "todo")


@dataclass(frozen=True, slots=True)
class Check:
    """One finding, in words for an operator."""

    name: str
    state: Readiness
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """All findings; as ready as the worst of them."""

    checks: tuple[Check, ...] = field(default_factory=tuple)

    @property
    def state(self) -> Readiness:
        states = {check.state for check in self.checks}
        return next((state for state in (Readiness.DOWN, Readiness.DEGRADED) if state in states), Readiness.READY)


def readiness() -> Report:
    """Look at everything a request may need."""
    if not database_answers():
        return Report((Check("database", Readiness.DOWN, "The database does not answer."),))
    return Report((Check("database", Readiness.READY, "answers"), _migrations_check(), _queue_check()))


def database_answers() -> bool:
    """Return whether a query gets through, on a connection made anew if the last one died."""
    try:
        close_old_connections()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (Error, MyceliaError) as error:
        log.warning("database_unavailable", error=str(error))
        connection.close()
        return False
    return True


def pending_migrations() -> tuple[str, ...]:
    """Return the migrations that are not applied, such as "people.0002_employment"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label}.{migration.name}" for migration, _ in plan)


def queue_state() -> QueueState | None:
    """Return the state of the queue, or None while the database cannot tell."""
    try:
        return _read_queue_state()
    except (Error, MyceliaError) as error:
        log.warning("queue_unavailable", error=str(error))
        connection.close()
        return None


def _read_queue_state() -> QueueState:
    close_old_connections()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2"
        )
        jobs = {(queue, status): count for queue, status, count in cursor.fetchall()}
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM now() - min(coalesce(job.scheduled_at, event.at))), 0)"
            " FROM procrastinate_jobs job JOIN procrastinate_events event"
            " ON event.job_id = job.id AND event.type = 'deferred'"
            " WHERE job.status = 'todo' AND coalesce(job.scheduled_at, now()) <= now()"
        )
        oldest = float(cursor.fetchone()[0])
        cursor.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'")
        workers = int(cursor.fetchone()[0])
        cursor.execute("SELECT count(*) FROM kernel_outboxevent")
        events = int(cursor.fetchone()[0])
    return QueueState(jobs=jobs, oldest_seconds=oldest, workers=workers, events=events)


class _MigrationsFound:
    """Remembers for a while that all migrations were applied; reading them anew for every probe is slow."""

    def __init__(self) -> None:
        self.until = 0.0

    def pending(self) -> tuple[str, ...]:
        if time.monotonic() < self.until:
            return ()
        found = pending_migrations()
        if not found:
            self.until = time.monotonic() + _TRUSTED_SECONDS
        return found


_migrations_found = _MigrationsFound()


def _migrations_check() -> Check:
    pending = _migrations_found.pending()
    if pending:
        text = f"{len(pending)} migrations are not applied, first {pending[0]}. Run: mycelia migrate"
        return Check("migrations", Readiness.DOWN, text)
    return Check("migrations", Readiness.READY, "applied")


def _queue_check() -> Check:
    state = queue_state()
    if state is None:
        return Check("queue", Readiness.DOWN, "The queue cannot be read.")
    text = f"{state.waiting} jobs wait, {state.workers} workers"
    if state.waiting >= settings.MYCELIA_QUEUE_LIMIT:
        return Check("queue", Readiness.DEGRADED, f"{text}: the queue is full")
    if state.workers == 0:
        return Check("queue", Readiness.DEGRADED, f"{text}: start one with mycelia worker")
    return Check("queue", Readiness.READY, text)
