"""Unpacked packages on disk: `MYCELIA_HOME/packages/<digest>/`, written whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path
from typing import IO
from uuid import uuid4

from django.conf import settings

from mycelia.delivery.archives import Archive
from mycelia.delivery.calc.paths import folded
from mycelia.delivery.errors import StorageFull
from mycelia.kernel import clock

_BLOCK = 1024 * 1024
_INCOMING = ".incoming-"
_ABANDONED_AFTER_SECONDS = 24 * 3600
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def packages_root() -> Path:
    """Return the folder all packages are unpacked under."""
    return Path(settings.MYCELIA_HOME) / "packages"


def package_folder(digest: str) -> Path:
    """Return the folder of one package."""
    return packages_root() / digest


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of the whole file, in hexadecimal."""
    file.seek(0)
    found = hashlib.sha256()
    while block := file.read(_BLOCK):
        found.update(block)
    file.seek(0)
    return found.hexdigest()


def unpack(archive: Archive, digest: str) -> Path:
    """Write every file of the archive and return the folder; a package that is there already is left as it is.

    The files are written beside their place and moved there in one step, so a crash, a full disk or a second
    import of the same zip at the same moment never leaves half a package.

    Raises:
        StorageFull: There is no room; nothing was kept.
        CorruptZip: The bytes do not fit the archive's directory; nothing was kept.
    """
    final = package_folder(digest)
    if final.is_dir():
        return final
    incoming = packages_root() / f"{_INCOMING}{uuid4().hex}"
    try:
        incoming.mkdir(parents=True)
        _sweep(packages_root())
        for path in archive.members:
            _write(archive, path, incoming)
        _sync_folders(incoming)
        _move(incoming, final)
    except OSError as error:
        if error.errno in _FULL:
            raise StorageFull from error
        raise
    finally:
        shutil.rmtree(incoming, ignore_errors=True)
    return final


def _write(archive: Archive, path: str, root: Path) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o644)
    with os.fdopen(descriptor, "wb") as out:
        for block in archive.blocks(path):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())


def _sync_folders(root: Path) -> None:
    for folder, _names, _files in os.walk(root):
        _sync_folder(Path(folder))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _move(incoming: Path, final: Path) -> None:
    try:
        incoming.rename(final)
    except OSError:
        if not final.is_dir():
            raise
    _sync_folder(final.parent)


def _sweep(root: Path) -> None:
    """Remove what a killed process left behind."""
    oldest = clock.now().timestamp() - _ABANDONED_AFTER_SECONDS
    for left in root.glob(f"{_INCOMING}*"):
        if left.stat().st_mtime < oldest:
            shutil.rmtree(left, ignore_errors=True)


def file_in_package(digest: str, path: str) -> Path:
    """Return the file at a path inside a package, following nothing that leads out of it.

    Raises:
        FileNotFoundError: There is no such file, or the path leads elsewhere.
    """
    root = package_folder(digest)
    if "\0" in path or "\\" in path or any(part in {"", ".", ".."} for part in path.split("/")):
        raise FileNotFoundError(path)
    try:
        file = _existing(root, path).resolve(strict=True)
    except (OSError, RuntimeError, ValueError) as error:
        raise FileNotFoundError(path) from error
    if not file.is_relative_to(root.resolve()) or not file.is_file():
        raise FileNotFoundError(path)
    return file


def _existing(root: Path, path: str) -> Path:
    """Return the path as the package spells it: tools made on Windows mix cases, those of macOS decompose accents."""
    if (root / path).is_file():
        return root / path
    folder = root
    for part in path.split("/"):
        folder = next((one for one in folder.iterdir() if folded(one.name) == folded(part)), folder / part)
    return folder
