"""`mycelia serve`, `web` and `worker` as real processes, stopped and killed in every way."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from mycelia.config.serve.default_origins import set_default_origins
from mycelia.kernel.postgres.api import ClusterState, cluster_status
from tests.config.running import Command, eventually, lives, python, run

Start = Callable[..., Command]
WEB = ("web", "--processes=1")
SERVE = ("serve", "--processes=1")


def test_web_told_to_stop_finishes_the_request_it_is_answering(start: Start) -> None:
    web = start(*WEB).await_ready()
    answers: list[str] = []
    asking = threading.Thread(target=lambda: answers.append(web.get("/slow/")[1]))
    asking.start()
    assert eventually((web.home / "slow-began").exists)
    assert web.stop() == 0
    asking.join()
    assert answers == ["finished"]


def test_web_leaves_its_address_to_other_commands(start: Start, site_home: Path) -> None:
    start("web", MYCELIA_CONTENT_ORIGIN="http://content.example:9").await_ready()
    variables = {"MYCELIA_HOME": str(site_home)}
    set_default_origins(["mycelia", "records", "credential", "create"], variables)
    assert variables["MYCELIA_CONTENT_ORIGIN"] == "http://content.example:9"


def test_web_process_killed_is_replaced(start: Start) -> None:
    web = start(*WEB).await_ready()
    first = web.json("/process/")["pid"]
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: web.answers() and web.json("/process/")["pid"] != first)


def test_web_killed_leaves_no_orphan(start: Start) -> None:
    web = start(*WEB).await_ready()
    process = web.json("/process/")["pid"]
    web.process.kill()
    web.process.wait()
    assert eventually(lambda: not lives(process))
    assert measures_of(web)
    start(*WEB).await_ready()
    assert not measures_of(web)


def measures_of(web: Command) -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob(f"mycelia-metrics-{web.process.pid}-*"))


def test_port_in_use_is_refused_with_what_to_do(start: Start, site_home: Path) -> None:
    web = start(*WEB).await_ready()
    refused = run(site_home, "serve", f"--port={web.port}")
    assert refused.returncode == 1
    assert f"Port {web.port} is in use" in refused.stderr
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_worker_told_to_stop_finishes_its_job(start: Start, site_home: Path) -> None:
    worker = start("worker", "--concurrency=1")
    done = site_home / "job-done"
    defer_slow_job(site_home, done)
    assert eventually(done.with_suffix(".began").exists), worker.log.read_text()
    assert worker.stop() == 0
    assert done.read_text() == "finished"


def defer_slow_job(home: Path, file: Path) -> None:
    python(home, f"from tests.config.small_site import write_slowly; write_slowly.defer(file={str(file)!r})")


def test_worker_outlives_the_postmaster(start: Start, site_home: Path) -> None:
    worker = start("worker", "--concurrency=1")
    assert eventually(lambda: cluster_status(site_home).state is ClusterState.RUNNING)
    first, second = site_home / "before", site_home / "after"
    defer_slow_job(site_home, first)
    assert eventually(first.exists), worker.log.read_text()
    os.kill(cluster_status(site_home).pid, signal.SIGKILL)
    defer_slow_job(site_home, second)
    assert eventually(second.exists), worker.log.read_text()
    assert worker.process.poll() is None


def test_serve_runs_all_and_stops_all_cleanly(start: Start, site_home: Path) -> None:
    serve = start(*SERVE).await_ready()
    assert eventually(lambda: serve.json("/readyz")["state"] == "ready"), serve.log.read_text()
    parts = serve.parts()
    assert set(parts) == {"web", "worker"}
    assert serve.stop(signal.SIGINT) == 0
    assert not any(lives(pid) for pid in parts.values())
    assert eventually(lambda: cluster_status(site_home).state is ClusterState.STOPPED)


def test_serve_restarts_whatever_is_killed(start: Start, site_home: Path) -> None:
    serve = start(*SERVE).await_ready()
    before = serve.parts()
    os.kill(cluster_status(site_home).pid, signal.SIGKILL)
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: all(serve.parts()[name] != pid for name, pid in before.items()))
    assert eventually(lambda: serve.answers() and serve.get("/readyz")[0] == 200)
    assert not any(lives(pid) for pid in before.values())
    assert serve.stop() == 0


def test_serve_killed_leaves_no_orphan(start: Start) -> None:
    serve = start(*SERVE).await_ready()
    processes = [*serve.parts().values(), serve.json("/process/")["pid"]]
    serve.process.kill()
    serve.process.wait()
    assert eventually(lambda: not any(lives(pid) for pid in processes))
