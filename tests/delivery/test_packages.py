from __future__ import annotations

import pytest

from mycelia.delivery.package_folders import package_folder
from tests.factories.delivery import make_package
from tests.factories.packages import Blueprint, real_package

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
