"""Whether this installation runs on its embedded database."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def embedded_home() -> Path | None:
    """Return the data folder whose cluster is in use, or None with a database server."""
    home = settings.DATABASES["default"].get("EMBEDDED_HOME")
    return Path(home) if home else None
