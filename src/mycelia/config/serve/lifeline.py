"""Ends a process whose parent has died, so that a `kill -9` of a supervisor leaves no orphans."""

from __future__ import annotations

import os
import signal
import threading
import time

PARENT_VARIABLE = "MYCELIA_PARENT_PID"
_POLL_SECONDS = 0.5
_GRACE_SECONDS = 20.0


def follow_parent(parent: int | None = None) -> None:
    """Stop this process gently, then by force, once its parent is not the given one any more.

    Args:
        parent: Process number of the parent; None for whoever is the parent now.
    """
    expected = os.getppid() if parent is None else parent
    threading.Thread(target=_watch, args=(expected,), name="lifeline", daemon=True).start()


def follow_supervisor() -> None:
    """Follow the supervisor that started this process, where one did."""
    if PARENT_VARIABLE in os.environ:
        follow_parent(int(os.environ[PARENT_VARIABLE]))


def _watch(expected: int) -> None:
    while os.getppid() == expected:
        time.sleep(_POLL_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
