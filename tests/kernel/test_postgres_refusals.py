"""Situations in which the embedded database must refuse, saying what was kept and what to do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from mycelia.kernel.postgres import places
from mycelia.kernel.postgres.api import ensure_running, stop
from tests.kernel.clusters import NOBODY, attempt, new_home, query, remove_cluster

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to mount or to be another account")


@pytest.fixture
def small_disk(home: Path) -> Iterator[Path]:
    disk = home / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160m,mode=755", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    remove_cluster(disk)
    subprocess.run(["umount", "-l", str(disk)], check=True)


def fill(disk: Path) -> Path:
    filler = disk / "filler"
    with filler.open("wb") as file:
        try:
            while True:
                file.write(b"x" * 65536)
                file.flush()
        except OSError:
            pass
    return filler


def test_new_cluster_on_a_full_disk_is_refused_and_leaves_nothing(small_disk: Path) -> None:
    fill(small_disk)
    answer = attempt(small_disk)
    assert answer.startswith("embedded_database_disk_full ")
    assert "Free some space" in answer
    assert not (small_disk / "postgres" / "data").exists()


def test_cluster_on_a_disk_that_filled_up_keeps_rows_and_starts_again(small_disk: Path) -> None:
    query(ensure_running(small_disk), "CREATE TABLE kept AS SELECT 7 AS n")
    stop(small_disk)
    filler = fill(small_disk)
    assert attempt(small_disk).startswith("embedded_database_disk_full ")
    filler.unlink()
    assert query(ensure_running(small_disk), "SELECT n FROM kept") == [(7,)]


def test_files_of_another_major_version_are_refused_untouched(home: Path) -> None:
    ensure_running(home)
    stop(home)
    version = places.places_in(home).files / "PG_VERSION"
    version.write_text("15\n")
    answer = attempt(home)
    assert answer.startswith("embedded_database_foreign_version ")
    assert "PostgreSQL 15" in answer
    assert version.read_text() == "15\n"


def test_folder_that_is_no_cluster_is_refused_untouched(home: Path) -> None:
    files = home / "postgres" / "data"
    files.mkdir(parents=True)
    (files / "thesis.txt").write_text("mine")
    (home / "postgres").chmod(0o711)
    assert attempt(home).startswith("embedded_database_foreign_folder ")
    assert (files / "thesis.txt").read_text() == "mine"


def test_file_in_place_of_the_home_is_refused(home: Path) -> None:
    (home / "file").write_text("")
    assert attempt(home / "file").startswith("embedded_database_foreign_folder ")


def test_read_only_folder_is_refused(home: Path) -> None:
    if os.geteuid() == 0:
        answer = attempt(home, user=NOBODY)
    else:
        home.chmod(0o555)
        answer = attempt(home)
    assert answer.startswith("embedded_database_folder_not_writable ")
    assert str(home) in answer
    assert list(home.iterdir()) == []


@as_root
def test_cluster_of_another_account_is_refused(home: Path) -> None:
    home.chmod(0o777)
    ensure_running(home)
    stop(home)
    (home / "postgres").chmod(0o777)
    for lock in (home / "postgres").glob("*.lock"):
        lock.chmod(0o666)
    answer = attempt(home, user=NOBODY)
    assert answer.startswith("embedded_database_other_owner ")
    assert "mycelia-postgres" in answer


@as_root
def test_recorded_place_that_is_gone_is_refused(home: Path) -> None:
    (home / "postgres").mkdir()
    (home / "postgres" / "location").write_text("/var/lib/mycelia/gone\n")
    answer = attempt(home)
    assert answer.startswith("embedded_database_storage_missing ")
    assert "/var/lib/mycelia/gone" in answer


def test_broken_configuration_tells_the_reason_from_the_log(home: Path) -> None:
    ensure_running(home)
    stop(home)
    with (places.places_in(home).files / "postgresql.conf").open("a") as file:
        file.write("max_wal_size = never\n")
    answer = attempt(home)
    assert answer.startswith("embedded_database_start_failed ")
    assert "server.log" in answer


def test_error_of_one_home_does_not_touch_another(home: Path) -> None:
    with new_home() as other:
        (home / "postgres").write_text("in the way")
        assert attempt(home).startswith("embedded_database_foreign_folder ")
        assert query(ensure_running(other), "SELECT 1") == [(1,)]
