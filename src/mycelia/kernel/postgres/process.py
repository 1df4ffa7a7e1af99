"""Starting, asking and stopping the postmaster of one cluster. Callers hold the start lock."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg

from mycelia.kernel.postgres import accounts, locks
from mycelia.kernel.postgres.creation import CLEAN_ENVIRONMENT
from mycelia.kernel.postgres.errors import ClusterStuck, DiskFull, StartFailed
from mycelia.kernel.postgres.places import recorded_socket_folder, socket_folder
from mycelia.kernel.postgres.types import DATABASE, PORT, SUPERUSER, Account, Places

START_SECONDS = 60.0
STOP_SECONDS = 15.0
ORPHAN_SECONDS = 5.0
_CONNECT_SECONDS = 5
_LOG_BYTES = 4 * 1024 * 1024
_SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "max_wal_size": "1GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "log",  # refused statements are the product's business and in its own log
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
}


def answers(places: Places, *, timeout_seconds: float = START_SECONDS) -> bool:
    """Return whether the cluster accepts connections, waiting while it starts up or recovers."""
    sockets = recorded_socket_folder(places)
    deadline = time.monotonic() + timeout_seconds
    while sockets is not None and _listens(sockets) and time.monotonic() < deadline:
        with suppress(psycopg.OperationalError):
            _connect(sockets, "postgres").close()
            return True
        time.sleep(locks.POLL_SECONDS)
    return False


def launch(places: Places, account: Account, programs: Path, alive: int) -> None:
    """Start the postmaster, which inherits the held lock `alive`; the caller then closes its own copy."""
    sockets = socket_folder(places, account)
    _clear_stale(places, sockets)
    _turn_log(places)
    _run_postmaster(places, account, programs, sockets, alive)


def wait_until_ready(places: Places) -> None:
    """Wait until the launched cluster answers and holds the product's database.

    Raises:
        DiskFull: There is no room to start.
        StartFailed: It ended; the log says why.
        ClusterStuck: It does not answer in time.
    """
    deadline = time.monotonic() + START_SECONDS
    while not answers(places):
        if not locks.is_held(places.alive_lock, exclusively=True):
            raise _start_failure(places)
        if time.monotonic() > deadline:
            raise ClusterStuck(folder=places.storage, log=places.log)
        time.sleep(locks.POLL_SECONDS)
    _ensure_database(places)


def end(places: Places) -> bool:
    """Stop the cluster and return whether it ended; what was committed is kept however it ends.

    The gentle way first: connections are closed and all is written out. PostgreSQL 18 can hang in it when asked
    during recovery; then it is cut short, and recovers at the next start.
    """
    for number in (signal.SIGINT, signal.SIGQUIT):
        if (pid := postmaster_pid(places)) is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        if _wait_dead(places, STOP_SECONDS if number == signal.SIGINT else ORPHAN_SECONDS):
            return True
    for pid in _processes(places):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return _wait_dead(places, ORPHAN_SECONDS)


def take_alive_lock(places: Places) -> int:
    """Return the held lock that says no process of the cluster lives, ending ones that nobody can reach.

    Raises:
        ClusterStuck: They do not end.
    """
    descriptor = locks.open_lock(places.alive_lock)
    postmaster_died = postmaster_pid(places) is None
    if postmaster_died and locks.wait_lock(descriptor, timeout_seconds=ORPHAN_SECONDS):
        return descriptor
    if end(places) and locks.wait_lock(descriptor, timeout_seconds=ORPHAN_SECONDS):
        return descriptor
    os.close(descriptor)
    raise ClusterStuck(folder=places.storage, log=places.log)


def postmaster_pid(places: Places) -> int | None:
    """Return the living postmaster's process number.

    The file alone is no proof: after a crash its number may belong to any other process.
    """
    pid = _recorded_pid(places)
    if pid is None or not locks.is_held(places.alive_lock, exclusively=True):
        return None
    return pid if _is_ours(pid, places) else None


def _connect(sockets: Path, database: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(sockets),
        port=PORT,
        user=SUPERUSER,
        dbname=database,
        autocommit=True,
        connect_timeout=_CONNECT_SECONDS,
    )


def _listens(sockets: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(_CONNECT_SECONDS)
        with suppress(OSError):
            probe.connect(str(sockets / f".s.PGSQL.{PORT}"))
            return True
    return False


def _ensure_database(places: Places) -> None:
    sockets = recorded_socket_folder(places)
    if sockets is None:
        raise ClusterStuck(folder=places.storage, log=places.log)
    with _connect(sockets, "postgres") as connection:
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if found is None:
            connection.execute(f"CREATE DATABASE {DATABASE}")
            connection.execute("CHECKPOINT")


def _run_postmaster(places: Places, account: Account, programs: Path, sockets: Path, alive: int) -> None:
    settings = {**_SETTINGS, "unix_socket_directories": str(sockets)}
    options = " ".join(shlex.quote(part) for name, value in settings.items() for part in ("-c", f"{name}={value}"))
    log = os.open(places.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    try:
        subprocess.run(  # noqa: S603 - a fixed program, no shell expands the arguments
            [programs / "pg_ctl", "start", "--no-wait", "--silent", f"--pgdata={places.files}", "-o", options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            pass_fds=(alive,),
            env=CLEAN_ENVIRONMENT,
            **accounts.run_as(account),  # type: ignore[call-overload]
        )
    finally:
        os.close(log)


def _turn_log(places: Places) -> None:
    if places.log.exists() and places.log.stat().st_size > _LOG_BYTES:
        places.log.replace(places.log.with_suffix(".log.1"))
    places.log.touch(mode=0o600)
    if accounts.is_root():
        owner = places.record.stat()
        os.chown(places.log, owner.st_uid, owner.st_gid)


def _clear_stale(places: Places, sockets: Path) -> None:
    """Remove what a killed cluster left and PostgreSQL would trip over; its processes are known to be gone.

    PostgreSQL removes its own leftovers except where the recorded number now belongs to another living process.
    """
    pid = _recorded_pid(places)
    if pid is not None and _lives(pid) and not _is_ours(pid, places):
        (places.files / "postmaster.pid").unlink(missing_ok=True)
    for leftover in (f".s.PGSQL.{PORT}", f".s.PGSQL.{PORT}.lock"):
        (sockets / leftover).unlink(missing_ok=True)


def _recorded_pid(places: Places) -> int | None:
    try:
        first = (places.files / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n", 1)[0]
    except OSError:
        return None
    return int(first) if first.isdigit() else None


def _is_ours(pid: int, places: Places) -> bool:
    """Return whether the process is one of this cluster's, which all work in its data folder."""
    process = Path(f"/proc/{pid}")
    if not Path("/proc/self").exists():
        return _lives(pid)
    try:
        named = (process / "comm").read_text(encoding="utf-8", errors="replace").strip() == "postgres"
        return named and (process / "cwd").readlink() == places.files
    except OSError:
        return False


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _processes(places: Places) -> Iterator[int]:
    for folder in Path("/proc").glob("[0-9]*"):
        if _is_ours(int(folder.name), places):
            yield int(folder.name)


def _wait_dead(places: Places, timeout_seconds: float) -> bool:
    descriptor = locks.open_lock(places.alive_lock)
    try:
        return locks.wait_lock(descriptor, timeout_seconds=timeout_seconds)
    finally:
        os.close(descriptor)


def _start_failure(places: Places) -> DiskFull | StartFailed:
    tail = places.log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
    reasons = [line for line in tail if "FATAL" in line or "PANIC" in line]
    reason = (reasons or tail or ["?"])[-1]
    if "No space left" in reason or "Disk quota exceeded" in reason:
        return DiskFull(folder=places.storage)
    return StartFailed(folder=places.storage, reason=reason.split("] ", 1)[-1], log=places.log)
