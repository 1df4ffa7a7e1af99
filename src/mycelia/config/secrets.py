"""Secrets that are generated into the data folder on first start, readable by their owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret(home: Path, name: str) -> str:
    """Return the secret of that name, generating it when the data folder has none yet.

    Two processes starting at once agree: the file appears whole, and the first one wins.
    """
    folder = home / "secrets"
    path = folder / name
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create_once(path, secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()


def _create_once(path: Path, value: str) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(value)
        file.flush()
        os.fsync(file.fileno())
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
