"""The worker: takes jobs off the queue, and outlives a database that goes away for a while."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Sequence

import structlog
from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections, connection
from procrastinate.app import App, WorkerOptions
from procrastinate.exceptions import ConnectorException

from mycelia.config.serve.backoff import Backoff
from mycelia.config.serve.lifeline import follow_supervisor
from mycelia.config.serve.worker_app import worker_app
from mycelia.kernel.errors import MyceliaError

log = structlog.get_logger(__name__)
STOP_SECONDS = 20.0
POLL_SECONDS = 2.0  # jobs are announced; asking as well covers announcements lost with a connection


class QueueWorker:
    """Runs jobs until told to stop; those at work then get `STOP_SECONDS` to finish."""

    def __init__(self, *, queues: Sequence[str], concurrency: int) -> None:
        self.queues = list(queues)
        self.concurrency = concurrency
        self.stopping = False

    def run(self) -> None:
        """Work; when the database is lost, wait for it and go on."""
        follow_supervisor()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        backoff = Backoff()
        while not self.stopping:
            begun = time.monotonic()
            try:
                self._work()
            except (Error, MyceliaError, ConnectorException) as error:
                log.error("worker_lost_database", error=str(error))
            if not self.stopping:
                self._wait(backoff.next_delay(lived_seconds=time.monotonic() - begun))

    def _work(self) -> None:
        connection.ensure_connection()  # starts the embedded database, or raises what is wrong
        connection.close()
        asyncio.run(self._run_until_stopped())

    async def _run_until_stopped(self) -> None:
        await sync_to_async(close_old_connections)()  # the one that puts periodic jobs on the queue
        own = worker_app()
        async with own.open_async():
            await self._run_worker(own)

    async def _run_worker(self, own: App) -> None:
        options = WorkerOptions(
            concurrency=self.concurrency,
            fetch_job_polling_interval=POLL_SECONDS,
            shutdown_graceful_timeout=STOP_SECONDS,
            install_signal_handlers=False,
        )
        if self.queues:
            options["queues"] = self.queues
        worker = asyncio.create_task(own.run_worker_async(**options))
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._stop_worker, worker)
        try:
            await worker
        except asyncio.CancelledError:
            if not self.stopping:
                raise

    def _stop_worker(self, worker: asyncio.Task[None]) -> None:
        self.stopping = True
        worker.cancel()  # procrastinate takes this as the wish to stop gracefully

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < until:
            time.sleep(0.1)
