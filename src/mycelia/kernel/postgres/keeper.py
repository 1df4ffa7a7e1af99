"""The keeper: a small process beside each cluster that stops it some time after its last user has gone.

Users hold a shared lock for as long as they live, so a killed one counts as gone and a living one can never
have the cluster stopped under it. Killing the keeper harms nothing: the next user starts another.
Only the standard library is imported: it is small, and starts in a few milliseconds.

    python -m mycelia.kernel.postgres.keeper RECORD_FOLDER FILES_FOLDER LOCK_DESCRIPTOR PID LINGER_SECONDS
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from mycelia.kernel.postgres import locks

DEFAULT_LINGER_SECONDS = 20.0
_START_WAIT_SECONDS = 300.0
_STOP_WAIT_SECONDS = 15.0


def linger_seconds() -> float:
    """Return for how long an unused cluster is kept, from `MYCELIA_POSTGRES_LINGER_SECONDS`."""
    try:
        return max(0.0, float(os.environ.get("MYCELIA_POSTGRES_LINGER_SECONDS", DEFAULT_LINGER_SECONDS)))
    except ValueError:
        return DEFAULT_LINGER_SECONDS


def ensure_keeper(record: Path, files: Path) -> None:
    """Start the keeper unless it lives; the caller holds the start lock."""
    descriptor = locks.open_lock(record / "keeper.lock")
    try:
        if locks.try_lock(descriptor):
            _spawn(record, files, descriptor)
    finally:
        os.close(descriptor)


def _spawn(record: Path, files: Path, descriptor: int) -> None:
    pid = _recorded_pid(files)
    arguments = [str(record), str(files), str(descriptor), str(pid or 0), str(linger_seconds())]
    # The shell ends at once, so the keeper is nobody's child and leaves no zombie behind.
    subprocess.run(  # noqa: S603 - a fixed program, no shell expands the arguments
        ["/bin/sh", "-c", '"$@" &', "sh", sys.executable, "-S", "-m", __name__, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=(descriptor,),
        cwd="/",
        env={"PYTHONPATH": str(Path(__file__).parents[3]), "PATH": os.environ.get("PATH", "/usr/bin:/bin")},
        check=False,
    )


def _recorded_pid(files: Path) -> int | None:
    try:
        first = (files / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0]
    except OSError:
        return None
    return int(first) if first.isdigit() else None


class Keeper:
    """Watches one cluster until it ends, by itself or by the keeper's hand."""

    def __init__(self, record: Path, files: Path, *, lock: int, pid: int | None, linger: float) -> None:
        self.record = record
        self.files = files
        self.lock = lock
        self.linger = linger
        self.alive = locks.open_lock(record / "alive.lock", create=False)
        self.users = locks.open_lock(record / "users.lock", create=False)
        self.pid = pid

    def run(self) -> None:
        """Watch until the cluster has ended."""
        unused_since: float | None = None
        while not self._ended():
            self.pid = _recorded_pid(self.files) or self.pid
            time.sleep(min(1.0, max(0.05, self.linger / 4)))
            if not self._unused():
                unused_since = None
            elif unused_since is None:
                unused_since = time.monotonic()
            elif time.monotonic() - unused_since >= self.linger and self._resign(stop=True):
                return

    def _dead(self) -> bool:
        return self._free(self.alive, shared=True)

    def _unused(self) -> bool:
        return self._free(self.users, shared=False)

    def _free(self, descriptor: int, *, shared: bool) -> bool:
        if not locks.try_lock(descriptor, shared=shared):
            return False
        locks.unlock(descriptor)
        return True

    def _ended(self) -> bool:
        if not self.files.exists():  # deleted under the cluster: there is nothing left to save
            self._signal(signal.SIGQUIT)
            return True
        return self._dead() and self._resign(stop=False)

    def _resign(self, *, stop: bool) -> bool:
        """Give up the keeper's place, under the start lock so that the next start finds it free."""
        try:
            lock = self.record / "start.lock"
            with locks.exclusive(lock, timeout_seconds=_START_WAIT_SECONDS, create=False):
                if stop and not self._stopped():
                    return False
                if not self._dead():
                    return False
                locks.unlock(self.lock)
                return True
        except (OSError, locks.LockTimeout):
            return False

    def _stopped(self) -> bool:
        if not self._unused():
            return False
        self.pid = _recorded_pid(self.files)
        for number in (signal.SIGINT, signal.SIGQUIT):
            self._signal(number)
            if locks.wait_lock(self.alive, shared=True, timeout_seconds=_STOP_WAIT_SECONDS):
                return True
        return False

    def _signal(self, number: signal.Signals) -> None:
        if self.pid is not None and not self._dead():
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


def main() -> None:
    record, files, lock, pid, linger = sys.argv[1:6]
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    try:
        keeper = Keeper(Path(record), Path(files), lock=int(lock), pid=int(pid) or None, linger=float(linger))
    except FileNotFoundError:  # the folder was deleted while this process started
        if int(pid):
            os.kill(int(pid), signal.SIGQUIT)
        return
    keeper.run()


if __name__ == "__main__":
    main()
