"""What every test may use."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

_HOME_GIVEN = "MYCELIA_HOME" in os.environ
if not _HOME_GIVEN:
    os.environ["MYCELIA_HOME"] = str(Path(tempfile.gettempdir()) / f"mycelia-tests-{os.getuid()}")

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _own_folders(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Files that tests write never meet those of an installation."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MYCELIA_HOME = tmp_path / "home"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
