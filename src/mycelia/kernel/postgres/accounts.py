"""Which operating-system account runs PostgreSQL, and what that account can reach.

PostgreSQL refuses to run as root. Whoever else starts the product runs the cluster; root hands it to the owner
of the data folder, or to an account without rights made for the purpose. Permissions of folders that were
there before are never changed.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from pathlib import Path

from mycelia.kernel.postgres.types import Account

SYSTEM_ACCOUNT = "mycelia-postgres"
_FALLBACK_ACCOUNT = "nobody"
_SAFE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def is_root() -> bool:
    return os.geteuid() == 0


def account_of(uid: int) -> Account:
    """Return the account with this number; its number serves as name when the system does not know it."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(uid=uid, gid=uid, name=str(uid))
    return Account(uid=uid, gid=entry.pw_gid, name=entry.pw_name)


def account_for(folder: Path) -> Account:
    """Return the account that is to run a cluster in `folder`, which exists."""
    if not is_root():
        return account_of(os.geteuid())
    owner = folder.stat().st_uid
    return account_of(owner) if owner != 0 else system_account()


def system_account() -> Account:
    """Return the account without rights that runs clusters of root, made on first need."""
    for make in (None, *_ACCOUNT_MAKERS):
        if make is not None and not _made(make):
            continue
        if (account := _named(SYSTEM_ACCOUNT)) is not None:
            return account
    fallback = _named(_FALLBACK_ACCOUNT)
    return fallback if fallback is not None else Account(uid=65534, gid=65534, name=_FALLBACK_ACCOUNT)


_ACCOUNT_MAKERS = (
    ("useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent", "--shell"),
    ("adduser", "-S", "-D", "-H", "-h", "/nonexistent", "-s"),
)


def _made(command: tuple[str, ...]) -> bool:
    program = shutil.which(command[0], path=_SAFE_PATH)
    if program is None:
        return False
    shell = shutil.which("nologin", path=_SAFE_PATH) or "/bin/false"
    done = subprocess.run([program, *command[1:], shell, SYSTEM_ACCOUNT], capture_output=True, check=False, timeout=30)  # noqa: S603
    return done.returncode == 0


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(uid=entry.pw_uid, gid=entry.pw_gid, name=name)


def can_reach(account: Account, path: Path) -> bool:
    """Return whether the account can enter the folder, or run the file, through all its parents.

    Asked of the operating system under that account, so access lists and mounts count too.
    """
    if account.uid == os.geteuid():
        return os.access(path, os.X_OK)
    probe = subprocess.run(  # noqa: S603 - a fixed program, no shell expands the arguments
        ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)],
        user=account.uid,
        group=account.gid,
        extra_groups=[],
        cwd="/",
        capture_output=True,
        check=False,
        timeout=30,
    )
    return probe.returncode == 0


def hand_over(path: Path, account: Account) -> None:
    """Give a file or folder that we made to the account; of no effect for the account itself."""
    if is_root():
        os.chown(path, account.uid, account.gid)


def run_as(account: Account) -> dict[str, object]:
    """Return the arguments that make `subprocess` run a program as the account."""
    if account.uid == os.geteuid():
        return {"cwd": "/"}
    return {"cwd": "/", "user": account.uid, "group": account.gid, "extra_groups": []}
