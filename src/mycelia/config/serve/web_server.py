"""The web server: granian with the WSGI application, in as many processes as asked for."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from granian.constants import Interfaces
from granian.server import MPServer

from mycelia.config.middleware.large_answers import keep_free
from mycelia.config.serve.default_origins import remember_origins
from mycelia.config.serve.lifeline import follow_supervisor
from mycelia.config.serve.ports import require_free
from mycelia.config.uploads import remove_leftover_arrivals

TARGET = "mycelia.config.serve.web_process:application"
STOP_SECONDS = 15
_MEASURES = "mycelia-metrics-"


def run_web(*, host: str, port: int, processes: int, threads: int) -> None:
    """Serve until told to stop; requests in flight are answered first.

    Args:
        processes: Web processes; one per core suits most machines.
        threads: Requests that each process works on at the same time.

    Raises:
        AddressNotUsable: The address cannot be listened on.
        SystemExit: The processes keep failing; the status is 1.
    """
    require_free(host, port)
    _remember_origins()
    follow_supervisor()
    _remove_leftover_measures()
    remove_leftover_arrivals()
    with tempfile.TemporaryDirectory(prefix=f"{_MEASURES}{os.getpid()}-") as measures:
        # Read by prometheus_client when the web processes import it; they share what they count there.
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = measures
        _load_application()
        keep_free(threads)
        _server(host, port, processes, threads).serve()


def _remember_origins() -> None:
    remember_origins(
        Path(settings.MYCELIA_HOME),
        public_url=settings.MYCELIA_PUBLIC_URL,
        content_origin=settings.MYCELIA_CONTENT_ORIGIN,
    )


def _remove_leftover_measures() -> None:
    """Remove what servers of this account left behind when they were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_MEASURES}*-*"):
        pid = folder.name.removeprefix(_MEASURES).partition("-")[0]
        if pid.isdigit() and not _lives(int(pid)) and folder.stat().st_uid == os.geteuid():
            shutil.rmtree(folder, ignore_errors=True)


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _load_application() -> None:
    """Load everything once; the web processes are copies of this one, begun at once and sharing its memory."""
    import_module("mycelia.config.wsgi")
    get_resolver()._populate()
    connections.close_all()
    gc.freeze()


def _server(host: str, port: int, processes: int, threads: int) -> MPServer:
    return MPServer(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=processes,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        backpressure=max(64, threads * 16),
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=STOP_SECONDS,
        log_dictconfig=settings.LOGGING,
        log_access=False,
        working_dir=Path.cwd(),
    )
