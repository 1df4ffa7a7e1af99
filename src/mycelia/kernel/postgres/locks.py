"""Locks that the kernel of the operating system frees when their holder dies, however it dies.

Only the standard library is imported, because the keeper process uses this too.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POLL_SECONDS = 0.02


class LockTimeout(Exception):
    """Somebody else held the lock for all of the allowed time."""


def open_lock(path: Path, *, create: bool = True) -> int:
    """Return a descriptor of the lock file, made on first use; children do not inherit it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | (os.O_CREAT if create else 0), 0o600)
    if os.geteuid() == 0:  # so that the folder's owner can use it after root did
        owner = path.parent.stat()
        os.fchown(descriptor, owner.st_uid, owner.st_gid)
    return descriptor


def try_lock(descriptor: int, *, shared: bool = False) -> bool:
    """Take the lock at once, or return False."""
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def unlock(descriptor: int) -> None:
    """Give the lock back and keep the descriptor."""
    fcntl.flock(descriptor, fcntl.LOCK_UN)


def wait_lock(descriptor: int, *, timeout_seconds: float, shared: bool = False) -> bool:
    """Take the lock within the time, or return False."""
    deadline = time.monotonic() + timeout_seconds
    while not try_lock(descriptor, shared=shared):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def is_held(path: Path, *, exclusively: bool) -> bool:
    """Return whether another process holds the lock: exclusively, or in whatever way."""
    if not path.exists():
        return False
    descriptor = open_lock(path)
    try:
        return not try_lock(descriptor, shared=exclusively)
    finally:
        os.close(descriptor)


@contextmanager
def exclusive(path: Path, *, timeout_seconds: float, create: bool = True) -> Iterator[None]:
    """Hold the lock for the length of a block.

    Raises:
        LockTimeout: It was not free within the time.
    """
    descriptor = open_lock(path, create=create)
    try:
        if not wait_lock(descriptor, timeout_seconds=timeout_seconds):
            raise LockTimeout(str(path))
        yield
    finally:
        os.close(descriptor)
