"""Requests per second with 16 connections through granian: home beside a view that returns a constant.

All are asked of the same server process, in turn, so that the ratio holds whatever else the machine does. "home" is
what people coming back to it see; "home_first_view" makes every request the first of its browser, so that no page is
ever kept for it.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.company import ROOT, surroundings
from benchmarks.load import Load, load
from benchmarks.report import Report, milliseconds

CONNECTIONS, SECONDS, ROUNDS, VISITORS, FIRST_VIEWS = 16, 4.0, 3, 48, 20_000
PATHS = {"constant": "/benchmark-constant/", "home": "/", "home_first_view": "/"}
START_SECONDS = 60


def run(report: Report, home: Path) -> None:
    """Serve the large company, ask, stop the server."""
    cookies = _cookies(home)
    port = _free_port()
    server = subprocess.Popen(_command(port), cwd=ROOT, env=surroundings(home), stdout=sys.stderr)
    try:
        asyncio.run(_ready(port, server))
        rounds = [_round(port, cookies, number) for number in range(ROUNDS + 1)][1:]
    finally:
        server.terminate()
        server.wait(timeout=20)
    _say(report, rounds)


def _say(report: Report, rounds: list[dict[str, Load]]) -> None:
    rates = {name: statistics.median(one[name].per_second for one in rounds) for name in PATHS}
    for name in PATHS:
        failures = sum(one[name].failures for one in rounds)
        times = milliseconds([taken for one in rounds for taken in one[name].seconds])
        report.line(
            "throughput",
            page=name,
            connections=CONNECTIONS,
            per_second=round(rates[name], 1),
            failures=failures,
            **times,
        )
    ratios = {f"{name}_to_constant": round(rates[name] / rates["constant"], 3) for name in PATHS if name != "constant"}
    report.line("throughput_ratio", **ratios, aim=0.25)


def _round(port: int, cookies: list[str], number: int) -> dict[str, Load]:
    first = [f"{cookies[view % len(cookies)]}; view={number}-{view}" for view in range(FIRST_VIEWS)]
    return {
        name: asyncio.run(
            load(
                port,
                path,
                first if name == "home_first_view" else cookies,
                connections=CONNECTIONS,
                seconds=SECONDS,
            )
        )
        for name, path in PATHS.items()
    }


def _command(port: int) -> list[str]:
    program = Path(sys.executable).with_name("granian")
    return [
        *(str(program), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "1", "--blocking-threads", "4", "--no-access-log", "--log-level", "warning"),
        "benchmarks.wsgi:application",
    ]


def _free_port() -> int:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


async def _ready(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise SystemExit(f"the server ended with status {server.returncode}")
        try:
            await load(port, PATHS["constant"], ["none=1"], connections=1, seconds=0.05)
        except OSError:
            await asyncio.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not answer")


def _cookies(home: Path) -> list[str]:
    program = [sys.executable, "-m", "benchmarks.throughput"]
    result = subprocess.run(program, check=True, cwd=ROOT, env=surroundings(home), stdout=subprocess.PIPE, text=True)
    cookies: list[str] = json.loads(result.stdout.splitlines()[-1])
    return cookies


def _print_cookies() -> None:
    import django

    django.setup()
    from django.conf import settings

    from benchmarks.visitors import form_cookie, session_keys

    print(json.dumps([f"{settings.SESSION_COOKIE_NAME}={key}; {form_cookie()}" for key in session_keys(VISITORS)]))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mycelia.config.settings")
    _print_cookies()
