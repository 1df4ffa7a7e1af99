"""Where a cluster lies: in the product's data folder, or, for root, where its account can reach it."""

from __future__ import annotations

import os
import stat
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mycelia.kernel.postgres import accounts
from mycelia.kernel.postgres.errors import (
    DiskFull,
    FolderNotWritable,
    ForeignFolder,
    NoReachablePlace,
    StorageMissing,
)
from mycelia.kernel.postgres.types import LONGEST_SOCKET_FOLDER, Account, Places

SHARED_FOLDER = Path("/var/lib/mycelia")
_ENTER_ONLY = 0o711


def places_in(home: Path) -> Places:
    """Return where the cluster of a data folder is, or would be, without making anything."""
    home = home.expanduser().resolve()
    record = home / "postgres"
    return Places(home=home, record=record, storage=_recorded_storage(record) or record)


def prepare_places(home: Path) -> Places:
    """Make the folders that hold locks and log, and return the places.

    Raises:
        FolderNotWritable: The data folder is read-only.
        DiskFull: There is no room.
        ForeignFolder: A file lies where a folder should be.
    """
    places = places_in(home)
    with explained(places.record):
        places.home.mkdir(parents=True, exist_ok=True)
        _make_folder(places.record, _ENTER_ONLY)
        _check_writable(places.record)
    return places


def _check_writable(folder: Path) -> None:
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError("permission denied")


def settle(places: Places) -> tuple[Places, Account]:
    """Decide, under the start lock, where the files are and which account runs them.

    Raises:
        StorageMissing: The recorded place is gone.
        NoReachablePlace: Root's cluster has no place its account can reach.
    """
    places = places_in(places.home)
    if not places.storage.is_dir():
        raise StorageMissing(record=_location_file(places.record), folder=places.storage)
    if places.files.exists():
        account = accounts.account_of(places.files.stat().st_uid) if accounts.is_root() else _own_account()
        _require_reach(account, places.storage)
        return places, account
    account = accounts.account_for(places.home)
    if accounts.can_reach(account, places.storage):
        return places, account
    return _settle_elsewhere(places, account), account


def shared_folder() -> Path:
    """Return the folder for root's clusters and programs that lie outside data folders, made on first need."""
    _make_folder(SHARED_FOLDER, 0o755)
    return SHARED_FOLDER


def abandoned_storage() -> tuple[Path, ...]:
    """Return root's clusters outside data folders whose data folder is gone or has another one now."""
    clusters = sorted(marker.parent for marker in SHARED_FOLDER.glob("*/home"))
    return tuple(storage for storage in clusters if places_in(Path(_read(storage / "home"))).storage != storage)


def socket_folder(places: Places, account: Account) -> Path:
    """Return a private folder with a path short enough for a unix socket, owned by the account.

    The one used last is used again where it is still ours alone, so that addresses stay the same.
    """
    inside = places.storage / "run"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
        return _private(inside, account)
    recorded = recorded_socket_folder(places)
    if recorded is not None and _is_private(recorded, account):
        return recorded
    made = Path(tempfile.mkdtemp(prefix="mycelia-", dir=_short_folder(account)))
    accounts.hand_over(made, account)
    _replace(_socket_file(places), str(made))
    return made


def recorded_socket_folder(places: Places) -> Path | None:
    """Return the socket folder of the running or the last cluster."""
    inside = places.storage / "run"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
        return inside
    text = _read(_socket_file(places))
    return Path(text) if text else None


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn errors of the file system into ones that say what to do.

    Raises:
        FolderNotWritable, DiskFull, ForeignFolder: As their names say.
    """
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise ForeignFolder(folder=folder) from error
    except OSError as error:
        if error.errno in {28, 122}:  # ENOSPC, EDQUOT
            raise DiskFull(folder=folder) from error
        raise FolderNotWritable(folder=folder, reason=error.strerror or error) from error


def _own_account() -> Account:
    return accounts.account_of(os.geteuid())


def _require_reach(account: Account, folder: Path) -> None:
    if not accounts.can_reach(account, folder):
        raise NoReachablePlace(account=account.name, folder=folder)


def _settle_elsewhere(places: Places, account: Account) -> Places:
    try:
        storage = shared_folder() / uuid.uuid4().hex[:12]
        _make_folder(storage, _ENTER_ONLY)
    except OSError as error:
        raise NoReachablePlace(account=account.name, folder=places.storage) from error
    _require_reach(account, storage)
    _replace(storage / "home", str(places.home))
    _replace(_location_file(places.record), str(storage))
    return places_in(places.home)


def _make_folder(folder: Path, mode: int) -> None:
    if not _made(folder, mode):
        return
    folder.chmod(mode)  # mkdir's mode is cut by the umask
    if accounts.is_root():
        owner = folder.parent.stat()
        os.chown(folder, owner.st_uid, owner.st_gid)


def _made(folder: Path, mode: int) -> bool:
    """Make a folder and return whether it was this process that did; another may do so at the same moment."""
    try:
        folder.mkdir(mode=mode)
    except FileExistsError:
        if folder.is_dir():
            return False
        raise
    return True


def _private(folder: Path, account: Account) -> Path:
    _made(folder, 0o700)
    folder.chmod(0o700)
    accounts.hand_over(folder, account)
    return folder


def _is_private(folder: Path, account: Account) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == account.uid and stat.S_IMODE(found.st_mode) == 0o700


def _short_folder(account: Account) -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and account.uid == os.geteuid() and len(runtime) < 40 and os.access(runtime, os.W_OK | os.X_OK):
        return Path(runtime)
    return Path("/tmp")  # noqa: S108 - mkdtemp makes a private folder in it


def _location_file(record: Path) -> Path:
    return record / "location"


def _socket_file(places: Places) -> Path:
    return places.record / "sockets"


def _recorded_storage(record: Path) -> Path | None:
    text = _read(_location_file(record))
    return Path(text) if text else None


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def _replace(file: Path, text: str) -> None:
    temporary = file.with_suffix(".new")
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(file)
