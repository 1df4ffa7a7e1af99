"""Static files: what pages name is published, and little else of the packages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from mycelia.config.package_files import PACKAGE_FILES

SOURCE = Path(__file__).parents[2] / "src" / "mycelia"
KINDS = {".html", ".py", ".js", ".css"}
needs_packages = pytest.mark.skipif(not Path(settings.NODE_MODULES).is_dir(), reason="npm packages are not installed")


def named_files() -> set[str]:
    named = re.compile(r"npm/[\w.-]+/[\w./-]+\.\w+")
    files = [file for file in SOURCE.rglob("*") if file.suffix in KINDS]
    return {name for file in files for name in named.findall(file.read_text(encoding="utf-8"))}


def test_package_files_named_by_pages_are_listed() -> None:
    assert named_files() <= set(PACKAGE_FILES)


@needs_packages
@pytest.mark.parametrize("name", sorted(PACKAGE_FILES))
def test_listed_package_file_is_found(name: str) -> None:
    assert Path(finders.find(name)).is_file()


@needs_packages
def test_collected_files_carry_fingerprints_and_packages_stay_small(tmp_path: Path) -> None:
    backend = "mycelia.config.static_storage.FingerprintedStorage"
    storages = {**settings.STORAGES, "staticfiles": {"BACKEND": backend}}
    # Compression is slow and not what this is about.
    with override_settings(
        STATIC_ROOT=tmp_path,
        STORAGES=storages,
        WHITENOISE_SKIP_COMPRESS_EXTENSIONS=["js", "css", "svg", "json", "map", "html", "txt", "webmanifest"],
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    packages = [file for file in (tmp_path / "npm").rglob("*") if file.is_file()]
    assert len(packages) == 2 * len(PACKAGE_FILES)
    assert any(re.fullmatch(r"tabler\.min\.[0-9a-f]{12}\.css", file.name) for file in packages)
