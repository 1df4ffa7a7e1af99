from __future__ import annotations

import io
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from pytest_django import Settings

from mycelia.delivery.archives import open_archive
from mycelia.delivery.checks import content_origin_is_apart
from mycelia.delivery.package_folders import digest_of, package_folder, packages_root, unpack
from mycelia.delivery.types import PackageLimits
from tests.factories.delivery import make_package
from tests.factories.packages import Blueprint, build_zip, real_package

pytestmark = pytest.mark.django_db


def test_package_same_zip_twice_is_one_package() -> None:
    first, second = make_package(Blueprint()), make_package(Blueprint())
    assert first == second
    assert (package_folder(first.digest) / "index.html").is_file()


def test_golf_package_is_installed_with_its_eighteen_parts() -> None:
    with real_package("golf-scorm12.zip").open("rb") as file:
        package = make_package(file=file)
    assert package.title == "Golf Explained - CP One File Per SCO"
    assert len(package.items) == 18
    assert package.file_count == 44


def test_same_zip_unpacked_at_the_same_moment_is_one_whole_folder() -> None:
    files = {"index.html": "<h1>Hello</h1>", **{f"pages/{n}.html": f"page {n}" for n in range(60)}}
    content = build_zip(Blueprint(files=files)).getvalue()
    digest = digest_of(io.BytesIO(content))
    with ThreadPoolExecutor(8) as pool:
        archives = [open_archive(io.BytesIO(content), PackageLimits()) for _ in range(8)]
        folders = set(pool.map(lambda archive: unpack(archive, digest), archives))
    (folder,) = folders
    assert sum(path.is_file() for path in folder.rglob("*")) == len(files) + 1
    assert [path.name for path in folder.parent.iterdir()] == [digest]


def test_what_a_killed_import_left_behind_is_swept_away() -> None:
    left = packages_root() / ".incoming-dead"
    left.mkdir(parents=True)
    os.utime(left, (0, 0))
    make_package()
    assert not left.exists()


def test_junk_of_operating_systems_is_skipped() -> None:
    package = make_package(Blueprint(files={"index.html": "x", "__MACOSX/._index.html": "x", ".DS_Store": "x"}))
    assert package.file_count == 2


def test_one_host_for_app_and_content_is_refused(settings: Settings) -> None:
    assert content_origin_is_apart() == []
    settings.MYCELIA_CONTENT_ORIGIN = settings.MYCELIA_PUBLIC_URL.replace("8000", "9000")
    (error,) = content_origin_is_apart()
    assert error.id == "delivery.E001"
