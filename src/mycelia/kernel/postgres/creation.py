"""Making the files of a new cluster, wholly or not at all."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from mycelia.kernel.postgres import accounts
from mycelia.kernel.postgres.binaries import MAJOR_VERSION
from mycelia.kernel.postgres.errors import (
    DiskFull,
    ForeignFolder,
    ForeignVersion,
    OtherOwner,
    StartFailed,
)
from mycelia.kernel.postgres.places import explained
from mycelia.kernel.postgres.types import SUPERUSER, Account, Places

_ROOM_NEEDED_BYTES = 96 * 1024 * 1024
CLEAN_ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def found_version(places: Places) -> str | None:
    """Return the PostgreSQL major version that wrote the files, or None where there are none."""
    try:
        return (places.files / "PG_VERSION").read_text(encoding="utf-8").strip()
    except OSError:
        return None


def check_files(places: Places, account: Account) -> bool:
    """Return whether usable files exist.

    Raises:
        ForeignVersion: Another major version wrote them.
        ForeignFolder: They are not a cluster.
        OtherOwner: They are another account's.
    """
    if not places.files.exists():
        return False
    owner = places.files.stat().st_uid
    if owner != account.uid:
        raise OtherOwner(folder=places.files, owner=accounts.account_of(owner).name, account=account.name)
    version = found_version(places)
    if version is None:
        raise ForeignFolder(folder=places.files)
    if version != MAJOR_VERSION:
        raise ForeignVersion(folder=places.files, found=version, expected=MAJOR_VERSION)
    return True


def create_files(places: Places, account: Account, programs: Path) -> None:
    """Make an empty cluster beside its final place and move it there when it is complete and on the disk.

    Raises:
        DiskFull: There is too little room.
        StartFailed: `initdb` refused.
    """
    with explained(places.storage):
        _require_room(places.storage)
        unfinished = places.files.with_suffix(".new")
        if unfinished.exists():
            shutil.rmtree(unfinished)
        unfinished.mkdir(mode=0o700)
        accounts.hand_over(unfinished, account)
        _initdb(places, account, programs, unfinished)
        unfinished.rename(places.files)
        _sync_folder(places.storage)


def _require_room(folder: Path) -> None:
    state = os.statvfs(folder)
    if state.f_bavail * state.f_frsize < _ROOM_NEEDED_BYTES:
        raise DiskFull(folder=folder)


def _initdb(places: Places, account: Account, programs: Path, target: Path) -> None:
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell expands the arguments
        [
            programs / "initdb",
            f"--pgdata={target}",
            f"--username={SUPERUSER}",
            "--auth=trust",  # only the socket listens, in a folder closed to others
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums",
            "--no-instructions",
        ],
        capture_output=True,
        text=True,
        check=False,
        env=CLEAN_ENVIRONMENT,
        **accounts.run_as(account),  # type: ignore[call-overload]
    )
    if done.returncode != 0:
        if "No space left" in done.stderr:
            raise DiskFull(folder=places.storage)
        reason = done.stderr.strip().splitlines()[-1:] or ["initdb"]
        raise StartFailed(folder=places.storage, reason=reason[0], log=places.log)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
