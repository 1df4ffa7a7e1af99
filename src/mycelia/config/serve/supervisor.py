"""The supervisor behind `mycelia serve`: starts the parts, restarts what dies, stops all cleanly."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress

import structlog

from mycelia.config.serve.backoff import Backoff
from mycelia.config.serve.lifeline import PARENT_VARIABLE

log = structlog.get_logger(__name__)
STOP_SECONDS = 25.0
_POLL_SECONDS = 0.1


class Part:
    """One supervised process: running, waiting for its next start, or stopped."""

    def __init__(self, name: str, arguments: Sequence[str]) -> None:
        self.name = name
        self.arguments = tuple(arguments)
        self.process: subprocess.Popen[bytes] | None = None
        self.backoff = Backoff()
        self.begun = 0.0
        self.start_at = 0.0

    def start(self) -> None:
        """Start it in a process group of its own, so that a Ctrl-C reaches it through the supervisor only."""
        self.begun = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "mycelia.config.cli", *self.arguments],
            env={**os.environ, PARENT_VARIABLE: str(os.getpid())},
            process_group=0,
        )
        log.info("part_started", part=self.name, pid=self.process.pid)

    def look_after(self) -> None:
        """Notice a death, and start again when its wait is over."""
        if self.process is not None and (status := self.process.poll()) is not None:
            delay = self.backoff.next_delay(lived_seconds=time.monotonic() - self.begun)
            log.error("part_died", part=self.name, pid=self.process.pid, status=status, restart_in_seconds=delay)
            self._kill_group()
            self.process = None
            self.start_at = time.monotonic() + delay
        if self.process is None and time.monotonic() >= self.start_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float) -> bool:
        """Return whether it ended by itself within the time; else it is ended by force."""
        if self.process is None:
            return True
        try:
            self.process.wait(timeout=max(0.0, seconds))
        except subprocess.TimeoutExpired:
            log.error("part_killed", part=self.name, pid=self.process.pid)
            self._kill_group()
            self.process.wait()
            return False
        log.info("part_stopped", part=self.name, status=self.process.returncode)
        return True

    def _kill_group(self) -> None:
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Keeps the parts alive until SIGTERM or SIGINT."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = tuple(parts)
        self.stopping = False

    def run(self) -> bool:
        """Supervise until told to stop, and return whether every part then ended by itself."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)
        while not self.stopping:
            for part in self.parts:
                part.look_after()
            time.sleep(_POLL_SECONDS)
        return self._stop_parts()

    def _stop(self, *_: object) -> None:
        self.stopping = True

    def _stop_parts(self) -> bool:
        for part in self.parts:
            part.ask_to_stop()
        until = time.monotonic() + STOP_SECONDS
        ended = [part.wait(until - time.monotonic()) for part in self.parts]
        return all(ended)
