"""One cluster per data folder, started by whoever needs it first and shared by all."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mycelia.kernel.postgres import binaries, creation, keeper, locks, places, process
from mycelia.kernel.postgres.errors import ClusterBusy, ClusterStuck
from mycelia.kernel.postgres.types import ClusterState, ClusterStatus, Places, socket_url

_START_LOCK_SECONDS = 180.0
_holds: dict[Path, int] = {}
_holds_guard = threading.Lock()


def ensure_running(home: Path) -> str:
    """Return the address of the data folder's database, with its cluster running.

    Idempotent, and safe to call from any number of processes at once; it also repairs what a `kill -9` left.
    The cluster outlives this process, and is never stopped while this process lives unless it calls
    `release` or `stop`.

    Raises:
        EmbeddedDatabaseError: One of its kinds, each saying what to do.

    Example:
        postgresql://mycelia@/mycelia?host=%2Fsrv%2Fmycelia%2Fpostgres%2Frun&port=5432
    """
    found = places.prepare_places(home)
    with _starting(found):
        _hold(found)
        found = _running(found)
        keeper.ensure_keeper(found.record, found.files)
        sockets = places.recorded_socket_folder(found)
    if sockets is None:
        raise ClusterStuck(folder=found.storage, log=found.log)
    return socket_url(sockets)


def release(home: Path) -> None:
    """Say that this process no longer uses the cluster."""
    with _holds_guard:
        descriptor = _holds.pop(places.places_in(home).record, None)
    if descriptor is not None:
        os.close(descriptor)


def stop(home: Path, *, force: bool = False) -> bool:
    """Stop the cluster and return whether one was running; what was committed is on the disk.

    Args:
        force: Stop it under its other users too.

    Raises:
        ClusterBusy: Another process uses it.
        ClusterStuck: Its processes do not end.
    """
    found = places.places_in(home)
    release(home)
    if not locks.is_held(found.alive_lock, exclusively=True):
        return False
    with _starting(found):
        if not force and locks.is_held(found.users_lock, exclusively=False):
            raise ClusterBusy(folder=found.storage)
        if not process.end(found):
            raise ClusterStuck(folder=found.storage, log=found.log)
    return True


def stop_if_unused(home: Path) -> bool:
    """Stop the cluster now if this process was its last user, and return whether it was stopped."""
    try:
        return stop(home)
    except ClusterBusy:
        return False


def cluster_status(home: Path) -> ClusterStatus:
    """Return the state of a data folder's cluster without changing anything."""
    found = places.places_in(home)
    pid = process.postmaster_pid(found)
    return ClusterStatus(
        state=_state(found),
        pid=pid,
        version=creation.found_version(found),
        storage=found.storage,
        users=locks.is_held(found.users_lock, exclusively=False),
    )


def _state(found: Places) -> ClusterState:
    if locks.is_held(found.alive_lock, exclusively=True):
        running = process.answers(found, timeout_seconds=1)
        return ClusterState.RUNNING if running else ClusterState.UNREACHABLE
    return ClusterState.STOPPED if found.files.exists() else ClusterState.ABSENT


@contextmanager
def _starting(found: Places) -> Iterator[None]:
    try:
        with locks.exclusive(found.start_lock, timeout_seconds=_START_LOCK_SECONDS):
            yield
    except locks.LockTimeout as error:
        raise ClusterStuck(folder=found.storage, log=found.log) from error


def _hold(found: Places) -> None:
    with _holds_guard:
        if found.record in _holds and _same_file(_holds[found.record], found.users_lock):
            return
        descriptor = locks.open_lock(found.users_lock)
        locks.wait_lock(descriptor, timeout_seconds=5, shared=True)
        _holds[found.record] = descriptor


def _same_file(descriptor: int, path: Path) -> bool:
    return path.exists() and os.path.samestat(os.fstat(descriptor), path.stat())


def _running(found: Places) -> Places:
    if locks.is_held(found.alive_lock, exclusively=True) and process.answers(found):
        return found
    found, account = places.settle(found)
    exists = creation.check_files(found, account)
    programs = binaries.server_programs(account)
    alive = process.take_alive_lock(found)
    try:
        if not exists:
            creation.create_files(found, account, programs)
        with places.explained(found.storage):
            process.launch(found, account, programs, alive)
    finally:
        os.close(alive)
    process.wait_until_ready(found)
    return found
