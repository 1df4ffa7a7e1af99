"""The embedded cluster's life: first start, sharing, ends of all kinds."""

from __future__ import annotations

import os
import shutil
import signal
import stat
from contextlib import suppress
from pathlib import Path

import pytest

from mycelia.kernel.postgres import places
from mycelia.kernel.postgres.api import ClusterState, cluster_status, ensure_running, release, stop
from mycelia.kernel.postgres.errors import ClusterBusy
from tests.kernel.clusters import eventually, new_home, query, run, spawn

HOLD = "print(ensure_running(home), flush=True)\nsys.stdin.readline()\n"


def is_gone(home: Path) -> bool:
    return cluster_status(home).state is not ClusterState.RUNNING


def test_cluster_at_first_use_is_durable_utf8_and_ours(home: Path) -> None:
    assert cluster_status(home).state is ClusterState.ABSENT
    url = ensure_running(home)
    settings = dict(query(url, "SELECT name, setting FROM pg_settings"))
    expected = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on"}
    assert {name: settings[name] for name in expected} == expected
    assert settings["server_encoding"] == "UTF8"
    assert settings["listen_addresses"] == ""
    locale = "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'mycelia'"
    assert query(url, locale) == [("b", "C.UTF-8")]
    assert query(url, "SELECT current_database(), current_user") == [("mycelia", "mycelia")]


def test_cluster_asked_for_by_many_at_once_has_one_postmaster(home: Path) -> None:
    waiting = [spawn("print(ensure_running(home), cluster_status(home).pid)", home) for _ in range(6)]
    answers = {process.communicate(timeout=120)[0] for process in waiting}
    assert len(answers) == 1
    assert answers != {""}


def test_cluster_outlives_the_killed_process_that_started_it(home: Path) -> None:
    starter = spawn(HOLD, home)
    url = starter.stdout.readline().strip()
    pid = cluster_status(home).pid
    starter.kill()
    starter.communicate()
    assert query(url, "SELECT 1") == [(1,)]
    ensure_running(home)
    assert cluster_status(home).pid == pid


def test_postmaster_killed_under_writes_loses_nothing_committed(home: Path) -> None:
    url = ensure_running(home)
    query(url, "CREATE TABLE entry (n int PRIMARY KEY)")
    writer = spawn(
        "import psycopg\n"
        "with psycopg.connect(ensure_running(home), autocommit=True) as connection:\n"
        "    for n in range(1_000_000):\n"
        "        connection.execute('INSERT INTO entry VALUES (%s)', [n])\n"
        "        print(n, flush=True)\n",
        home,
    )
    for _ in range(200):
        writer.stdout.readline()
    os.kill(cluster_status(home).pid, signal.SIGKILL)
    acknowledged = writer.communicate(timeout=60)[0].split()
    last = int(acknowledged[-1])
    url = ensure_running(home)
    (kept,) = query(url, "SELECT count(*), max(n) FROM entry")
    assert kept[0] == kept[1] + 1
    assert kept[1] >= last


def test_postmaster_pid_reused_by_another_process_does_not_block_the_start(home: Path) -> None:
    ensure_running(home)
    os.kill(cluster_status(home).pid, signal.SIGKILL)
    assert eventually(lambda: cluster_status(home).state is ClusterState.STOPPED)
    found = places.places_in(home)
    pid_file = found.files / "postmaster.pid"
    for file in (pid_file, found.storage / "run" / ".s.PGSQL.5432.lock"):
        lines = file.read_text().split("\n")
        file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert query(ensure_running(home), "SELECT 1") == [(1,)]


def test_backend_killed_brings_the_cluster_through_recovery(home: Path) -> None:
    url = ensure_running(home)
    pid = cluster_status(home).pid
    query_pid = "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'"
    ((checkpointer,),) = query(url, query_pid)
    os.kill(int(checkpointer), signal.SIGKILL)
    log = places.places_in(home).log
    assert eventually(lambda: "terminated by signal 9" in log.read_text())
    assert query(ensure_running(home), "SELECT 1") == [(1,)]
    assert cluster_status(home).pid == pid


def test_first_start_killed_halfway_is_begun_anew(home: Path) -> None:
    unfinished = home / "postgres" / "data.new"
    (unfinished / "base").mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    assert query(ensure_running(home), "SELECT 1") == [(1,)]
    assert not unfinished.exists()


def test_database_missing_after_a_killed_first_start_is_made(home: Path) -> None:
    url = ensure_running(home)
    query(url.replace("/mycelia?", "/postgres?"), "DROP DATABASE mycelia")
    stop(home)
    assert query(ensure_running(home), "SELECT 1") == [(1,)]


def test_socket_removed_while_running_is_repaired(home: Path) -> None:
    query(ensure_running(home), "CREATE TABLE kept ()")
    shutil.rmtree(home / "postgres" / "run")
    assert query(ensure_running(home), "SELECT count(*) FROM kept") == [(0,)]


def test_long_path_gets_a_short_private_socket_folder(home: Path) -> None:
    deep = home / ("d" * 60) / ("e" * 60)
    deep.mkdir(parents=True)
    try:
        url = ensure_running(deep)
        assert query(url, "SELECT 1") == [(1,)]
        sockets = places.recorded_socket_folder(places.places_in(deep))
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        assert stop(deep)
        assert ensure_running(deep) == url
    finally:
        stop(deep, force=True)
        shutil.rmtree(sockets)


def test_socket_folder_taken_by_another_account_is_not_used(home: Path) -> None:
    deep = home / ("d" * 60) / ("e" * 60)
    (deep / "postgres").mkdir(parents=True)
    with new_home() as trap:
        (deep / "postgres" / "sockets").write_text(f"{trap}\n")
        url = ensure_running(deep)
        stop(deep)
        assert trap.name not in url
        assert list(trap.iterdir()) == []
    shutil.rmtree(places.recorded_socket_folder(places.places_in(deep)))


def test_home_moved_while_stopped_keeps_its_rows(home: Path) -> None:
    before, after = home / "before", home / "after"
    query(ensure_running(before), "CREATE TABLE kept ()")
    stop(before)
    before.rename(after)
    assert query(ensure_running(after), "SELECT count(*) FROM kept") == [(0,)]
    stop(after)


def test_unused_cluster_stops_by_itself(home: Path) -> None:
    run("ensure_running(home)", home, linger="0.1")
    assert eventually(lambda: cluster_status(home).state is ClusterState.STOPPED)


def test_used_cluster_is_not_stopped_under_its_user(home: Path) -> None:
    holder = spawn(HOLD, home, linger="0.1")
    url = holder.stdout.readline().strip()
    run("ensure_running(home)", home, linger="0.1")
    pid = cluster_status(home).pid
    assert not eventually(lambda: is_gone(home), seconds=1)
    with pytest.raises(ClusterBusy):
        stop(home)
    assert query(url, "SELECT 1") == [(1,)]
    assert cluster_status(home).pid == pid
    holder.communicate("\n")
    assert eventually(lambda: is_gone(home))


def test_keeper_killed_is_replaced_by_the_next_user(home: Path) -> None:
    ensure_running(home)
    kill_keeper(home)
    release(home)
    run("ensure_running(home)", home, linger="0.1")
    assert eventually(lambda: is_gone(home))


def kill_keeper(home: Path) -> None:
    """Kill the keeper of a home as soon as it is there: it is started beside the cluster and not waited for."""
    assert eventually(lambda: keeper_pid(home) is not None), "there was no keeper"
    os.kill(keeper_pid(home) or 0, signal.SIGKILL)


def keeper_pid(home: Path) -> int | None:
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # a process may end while it is looked at
            words = (folder / "cmdline").read_bytes().split(b"\0")
            if words[0].endswith(b"sh"):
                continue
            if b"mycelia.kernel.postgres.keeper" in words and str(home / "postgres").encode() in words:
                return int(folder.name)
    return None


def test_home_deleted_under_the_cluster_ends_its_processes(home: Path) -> None:
    ensure_running(home)
    release(home)
    pid = cluster_status(home).pid
    while (home / "postgres").exists():
        shutil.rmtree(home / "postgres", ignore_errors=True)
    assert eventually(lambda: not Path(f"/proc/{pid}").exists())


def test_stop_without_a_cluster_says_so(home: Path) -> None:
    assert stop(home) is False
