"""Real clusters in real processes, for the tests of the embedded PostgreSQL."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from mycelia.kernel.postgres import places
from mycelia.kernel.postgres.api import stop

SOURCE = Path(__file__).parents[2] / "src"
NOBODY = 65534
PRELUDE = """
import os, sys, time
from pathlib import Path
from django.conf import settings
settings.configure(USE_I18N=False)
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.postgres.api import cluster_status, ensure_running, release, stop
home = Path(sys.argv[1])
"""
# Dropped after the imports, because the interpreter may lie in a home that only root can enter.
DROP = """
os.setgroups([])
os.setgid({user})
os.setuid({user})
"""


@contextmanager
def new_home(parent: str = "/tmp") -> Iterator[Path]:
    """Yield a data folder that any account can enter, and remove its cluster afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mycelia-t-", dir=parent))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        remove_cluster(folder)
        shutil.rmtree(folder, ignore_errors=True)


def remove_cluster(home: Path) -> None:
    found = places.places_in(home)
    stop(home, force=True)
    if found.storage != found.record:
        shutil.rmtree(found.storage, ignore_errors=True)


def spawn(code: str, home: Path, *, user: int | None = None, linger: str = "20") -> subprocess.Popen[str]:
    """Start a Python process that runs the code with the data folder as `home`."""
    drop = "" if user is None else DROP.format(user=user)
    return subprocess.Popen(
        [sys.executable, "-c", PRELUDE + drop + code, str(home)],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "MYCELIA_POSTGRES_LINGER_SECONDS": linger},
        cwd="/",
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(code: str, home: Path, *, user: int | None = None, linger: str = "20") -> str:
    """Run the code to its end and return what it printed."""
    process = spawn(code, home, user=user, linger=linger)
    printed, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    return printed.strip()


def attempt(home: Path, *, user: int | None = None) -> str:
    """Return the code and the message of the error with which a start is refused."""
    code = "try:\n    ensure_running(home)\nexcept MyceliaError as error:\n    print(error.code, error)\n"
    return run(code, home, user=user)


def eventually(condition: Callable[[], bool], seconds: float = 60) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def query(url: str, sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def modes(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return mode and owner of a folder and all its parents."""
    return {path: (path.stat().st_mode, path.stat().st_uid) for path in (folder, *folder.parents)}
