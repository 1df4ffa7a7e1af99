"""Health, readiness, measures and log lines, asked of real processes."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from mycelia.config.observability.logs import logging_config
from mycelia.kernel.postgres.api import ClusterState, cluster_status, ensure_running, release
from tests.config.running import Command, eventually, run
from tests.kernel.clusters import new_home

Start = Callable[..., Command]


@pytest.fixture(scope="module")
def web(site_home: Path) -> Iterator[Command]:
    """A web server that no test of this module harms."""
    command = Command(site_home, "web", "--processes=2").await_ready()
    yield command
    command.end()


def count(exposition: str, beginning: str) -> float:
    return sum(float(line.rsplit(" ", 1)[1]) for line in exposition.splitlines() if line.startswith(beginning))


def test_probes_answer_on_any_host_name(web: Command) -> None:
    assert web.get("/healthz", Host="10.1.2.3:80")[:2] == (200, "ok\n")
    assert web.get("/readyz", Host="10.1.2.3:80")[0] == 200


@pytest.mark.parametrize("header", ["Sec-Fetch-Site", "Origin", "Referer"])
def test_page_on_the_content_origin_is_told_nothing_about_the_server(web: Command, header: str) -> None:
    by_page = {header: "same-origin" if header == "Sec-Fetch-Site" else "http://127.0.0.1:8000/"}
    content = {"Host": "127.0.0.1:8000"}
    assert [web.get(path, **content, **by_page)[0] for path in ("/metrics", "/readyz")] == [404, 404]
    assert web.get("/healthz", **content, **by_page)[0] == 200
    assert [web.get(path, **content)[0] for path in ("/metrics", "/readyz")] == [200, 200]
    assert [web.get(path, Host="localhost:8000", **by_page)[0] for path in ("/metrics", "/readyz")] == [200, 200]


def test_metrics_with_several_processes_count_every_request_once(web: Command) -> None:
    answered = 'mycelia_http_requests_total{method="GET",route="process",status="200"}'
    timed = 'mycelia_http_request_seconds_count{method="GET",route="process"}'
    unknown = 'mycelia_http_requests_total{method="GET",route="unmatched",status="404"}'
    before = web.get("/metrics")[1]
    for _ in range(20):
        web.get("/process/")
    web.get("/nowhere/")
    exposition = web.get("/metrics")[1]
    grown = [count(exposition, name) - count(before, name) for name in (answered, timed, unknown)]
    assert grown == [20, 20, 1]
    assert count(exposition, "mycelia_database_up") == 1
    assert "mycelia_queue_oldest_seconds" in exposition


def test_request_is_answered_after_a_cleaner_emptied_the_temporary_folder(start: Start) -> None:
    web = start("web", "--processes=1").await_ready()
    for folder in Path(tempfile.gettempdir()).glob(f"mycelia-metrics-{web.process.pid}-*"):
        shutil.rmtree(folder)
    assert [web.get("/process/")[0] for _ in range(3)] == [200, 200, 200]
    assert "mycelia_database_up 1.0" in web.get("/metrics")[1]


def test_metrics_without_a_token_are_for_this_machine_alone(web: Command) -> None:
    assert web.get("/metrics")[0] == 200
    assert web.get("/metrics", **{"X-Forwarded-For": "203.0.113.9"})[0] == 403


def test_metrics_with_a_token_are_for_its_holder(start: Start) -> None:
    web = start("web", "--processes=1", MYCELIA_METRICS_TOKEN="s3cret").await_ready()
    assert web.get("/metrics")[0] == 403
    assert web.get("/metrics", Authorization="Bearer wrong")[0] == 403
    assert web.get("/metrics", Authorization="Bearer s3cret", **{"X-Forwarded-For": "203.0.113.9"})[0] == 200


def test_request_id_is_echoed_logged_and_never_forged(web: Command) -> None:
    headers = web.get("/process/", **{"X-Request-ID": "edge-7f3a9c21"})[2]
    assert headers["x-request-id"] == "edge-7f3a9c21"
    forged = 'x","event":"signed in'
    assert web.get("/process/", **{"X-Request-ID": forged})[2]["x-request-id"] != forged
    lines = eventually(lambda: [line for line in web.lines("request") if line["request_id"] == "edge-7f3a9c21"])
    assert [(line["route"], line["status"], line["method"]) for line in lines] == [("process", 200, "GET")]


def test_log_holds_no_secret_part_of_an_address(web: Command) -> None:
    web.get("/reset/s3cret-t0ken/?password=hunter2")
    assert eventually(lambda: web.lines("request"))
    written = web.log.read_text()
    assert "Internal Server Error: /reset/…/" in written
    assert "s3cret-t0ken" not in written
    assert "hunter2" not in written


def test_request_to_a_host_that_is_not_served_is_refused_in_one_line_without_a_trace(web: Command) -> None:
    assert web.get("/named/", Host="evil.example")[0] == 400
    (line,) = eventually(lambda: [line for line in web.entries() if line["logger"] == "django.security.DisallowedHost"])
    assert "evil.example" in line["event"]
    assert (line["level"], "exception" in line) == ("warning", False)


def test_every_log_line_is_json(start: Start) -> None:
    web = start("web", "--processes=1").await_ready()
    web.get("/process/")
    assert eventually(lambda: web.lines("request"))
    web.stop()
    for line in web.log.read_text().splitlines():
        assert {"event", "level", "time"} <= set(json.loads(line)), line


def test_readyz_before_migrations_tells_what_to_run() -> None:
    with new_home() as home:
        web = Command(home, "web", "--processes=1").await_ready()
        status, body, _ = web.get("/readyz")
        web.end()
    assert status == 503
    assert "mycelia migrate" in body


def test_readyz_with_the_server_down_is_503_while_healthz_is_200(site_home: Path) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    web = Command(site_home, "web", "--processes=1", DATABASE_URL=url).await_ready()
    ready, healthy, measures = web.get("/readyz"), web.get("/healthz"), web.get("/metrics")[1]
    web.end()
    assert ready[0] == 503
    assert json.loads(ready[1])["checks"]["database"]["state"] == "down"
    assert "Traceback" not in ready[1]
    assert healthy[0] == 200
    assert count(measures, "mycelia_database_up") == 0


def test_readyz_after_the_postmaster_was_killed_brings_it_back(start: Start, site_home: Path) -> None:
    web = start("web", "--processes=1").await_ready()
    assert web.get("/readyz")[0] == 200
    os.kill(cluster_status(site_home).pid, 9)
    # Backends outlive their postmaster for a moment, and answer once more.
    assert eventually(lambda: web.get("/readyz")[0] == 200 and cluster_status(site_home).state is ClusterState.RUNNING)


def test_job_of_a_killed_worker_is_rescued_and_a_deadly_one_given_up(site_home: Path) -> None:
    with psycopg.connect(ensure_running(site_home), autocommit=True) as connection:
        (worker,) = connection.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        ).fetchone()
        jobs = [
            connection.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, worker_id)"
                " VALUES ('tests', 'tests.write_slowly', 'doing', %s, %s) RETURNING id",
                [attempts, worker],
            ).fetchone()[0]
            for attempts in (1, 5)
        ]
        done = run(site_home, "shell", "-v0", "-c", RESCUE)
        assert done.returncode == 0, done.stderr
        states = connection.execute("SELECT status FROM procrastinate_jobs WHERE id = ANY(%s) ORDER BY id", [jobs])
        assert [status for (status,) in states] == ["todo", "failed"]
        connection.execute("DELETE FROM procrastinate_jobs WHERE id = ANY(%s)", [jobs])
    release(site_home)


RESCUE = "from mycelia.config.serve.stalled_jobs import rescue_stalled_jobs; rescue_stalled_jobs()"


def test_tasks_of_the_search_index_are_not_told_of_each() -> None:
    loggers = logging_config(chosen_format="json", level="INFO")["loggers"]
    assert loggers["django_tasks"]["level"] == "WARNING"
    assert logging_config(chosen_format="json", level="DEBUG")["loggers"]["django_tasks"]["level"] == "DEBUG"
