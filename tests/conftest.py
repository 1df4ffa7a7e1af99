"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import Settings

# How long an example takes is the machine's affair: a busy one must not fail a rule.
hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("untimed")

pytest_plugins = ["tests.append_only"]


@pytest.fixture(scope="session")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder where collected static files would be."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _numbers_of_texts_forgotten() -> None:
    """A test's commit callbacks may have run although its transaction is taken back: its numbers are no more."""
    from mycelia.records.actions import interning

    interning._begin_generation(None)


@pytest.fixture(autouse=True)
def _no_jobs_left(request: pytest.FixtureRequest, django_db_blocker: Any) -> Iterator[None]:
    """What a test with transactions of its own has queued never waits for the next test; Django empties only models."""
    yield
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" in request.fixturenames or (marker is not None and marker.kwargs.get("transaction")):
        from django.db import connection

        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_periodic_defers")
            cursor.execute("DELETE FROM procrastinate_jobs")


@pytest.fixture(autouse=True)
def _own_folders(settings: Settings, tmp_path: Path, static_folder: Path) -> None:
    """Files, caches and passwords of tests never meet those of an installation."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MYCELIA_HOME = tmp_path / "home"
    settings.STATIC_ROOT = static_folder
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }
    settings.MYCELIA_XAPI_COUNT_SECONDS = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
