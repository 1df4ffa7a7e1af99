"""Values that describe one embedded cluster."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

DATABASE = "mycelia"
SUPERUSER = "mycelia"
PORT = 5432
# 107 bytes is the longest path of a unix socket on Linux, 103 elsewhere; the file name takes its share.
LONGEST_SOCKET_FOLDER = 103 - len(f"/.s.PGSQL.{PORT}.lock")


class ClusterState(StrEnum):
    """Where a cluster is in its life."""

    ABSENT = "absent"
    STOPPED = "stopped"
    UNREACHABLE = "unreachable"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """What can be said about a cluster without touching it.

    Args:
        state: UNREACHABLE means that its processes live but nobody can connect.
        pid: The postmaster's process number while it lives.
        version: PostgreSQL major version of the files, such as "18".
        storage: Folder that holds the files of the database.
        users: Whether any process of the product holds the cluster at the moment.
    """

    state: ClusterState
    pid: int | None
    version: str | None
    storage: Path
    users: bool


@dataclass(frozen=True, slots=True)
class Account:
    """The operating-system account that owns and runs a cluster."""

    uid: int
    gid: int
    name: str


@dataclass(frozen=True, slots=True)
class Places:
    """Every path of one cluster.

    Args:
        home: The product's data folder.
        record: Folder in `home` that always exists: locks, log, and where the rest is.
        storage: Folder of the cluster itself; `record`, unless its account cannot reach that.
    """

    home: Path
    record: Path
    storage: Path

    @property
    def files(self) -> Path:
        """Return PostgreSQL's own data folder."""
        return self.storage / "data"

    @property
    def log(self) -> Path:
        return self.record / "server.log"

    @property
    def start_lock(self) -> Path:
        """Held while the cluster is being made, started or stopped."""
        return self.record / "start.lock"

    @property
    def alive_lock(self) -> Path:
        """Held by PostgreSQL's own processes, so the kernel frees it exactly when the last one is gone."""
        return self.record / "alive.lock"

    @property
    def users_lock(self) -> Path:
        """Held, shared, by every process that uses the cluster."""
        return self.record / "users.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the one process that stops the cluster when nobody uses it."""
        return self.record / "keeper.lock"


def socket_url(sockets: Path) -> str:
    """Return the address of the product's database behind a socket folder.

    Example:
        >>> socket_url(Path("/run/x"))
        'postgresql://mycelia@/mycelia?host=%2Frun%2Fx&port=5432'
    """
    return f"postgresql://{SUPERUSER}@/{DATABASE}?host={quote(str(sockets), safe='')}&port={PORT}"
