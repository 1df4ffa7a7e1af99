"""Filtered GET requests on a large store: median and 95th percentile of each filter.

The store is filled by PostgreSQL itself over twelve monthly partitions, so that millions take minutes.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.company import ROOT, mycelia, surroundings
from benchmarks.records_statements import COURSES, LESSONS, PEOPLE, VERBS, encoded
from benchmarks.records_writing import Server, served
from benchmarks.report import Report, milliseconds

WARM_UP, REQUESTS, LIMIT = 10, 100, 100
DAYS = 330
_HOME = "https://learn.example.com"


def run(report: Report, home: Path, *, statements: int = 200_000) -> None:
    """Fill the store once to this size, then ask."""
    mycelia(home, "migrate", "--verbosity", "0")
    program = [sys.executable, "-m", "benchmarks.records_filling", str(statements)]
    subprocess.run(program, check=True, cwd=ROOT, env=surroundings(home), stdout=sys.stderr)
    with served(home, processes=1, threads=2) as server:
        medians = {name: _measure(report, server, name, make, statements) for name, make in FILTERS.items()}
        report.line(
            "records_reading_ratio",
            statements=statements,
            slowest_to_fastest=round(max(medians.values()) / min(medians.values()), 1),
            aim=10,
        )


def _measure(
    report: Report, server: Server, name: str, make: Callable[[random.Random], dict[str, str]], size: int
) -> float:
    chance = random.Random(7)
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    token = b64encode(f"{server.key}:{server.secret}".encode()).decode()
    headers = {"Authorization": f"Basic {token}", "X-Experience-API-Version": "1.0.3", "Host": "localhost"}
    taken, found = [], 0
    for number in range(WARM_UP + REQUESTS):
        path = f"/xapi/statements?{urlencode({**make(chance), 'limit': LIMIT})}"
        began = time.perf_counter()
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
        if number >= WARM_UP:
            taken.append(time.perf_counter() - began)
            found += len(json.loads(body)["statements"])
    figures = milliseconds(taken)
    report.line(
        "records_reading",
        filter=name,
        statements=size,
        **figures,
        found_on_average=round(found / REQUESTS, 1),
        aim_median_ms=15,
        aim_p95_ms=50,
        load_average=round(os.getloadavg()[0], 1),
    )
    return figures["median_ms"]


def _agent(chance: random.Random) -> str:
    account = {"homePage": _HOME, "name": f"person-{chance.randrange(PEOPLE):06}"}
    return json.dumps({"account": account})


def _verb(chance: random.Random) -> str:
    return f"http://adlnet.gov/expapi/verbs/{chance.choice(VERBS)}"


def _course(chance: random.Random) -> str:
    return f"{_HOME}/courses/{chance.randrange(COURSES)}"


def _span(chance: random.Random) -> dict[str, str]:
    since = datetime.now(UTC) - timedelta(days=chance.uniform(2, DAYS - 2))
    return {"since": since.isoformat(), "until": (since + timedelta(days=1)).isoformat()}


def _registration(chance: random.Random) -> str:
    import uuid

    return str(uuid.UUID(json.loads(encoded(chance.randrange(20_000), 1)[0])["context"]["registration"]))


FILTERS: dict[str, Callable[[random.Random], dict[str, str]]] = {
    "none": lambda chance: {},
    "agent": lambda chance: {"agent": _agent(chance)},
    "agent_verb": lambda chance: {"agent": _agent(chance), "verb": _verb(chance)},
    "verb": lambda chance: {"verb": _verb(chance)},
    "activity": lambda chance: {"activity": f"{_course(chance)}/lessons/{chance.randrange(LESSONS)}"},
    "related_activity": lambda chance: {"activity": _course(chance), "related_activities": "true"},
    "related_agent": lambda chance: {"agent": _agent(chance), "related_agents": "true"},
    "registration": lambda chance: {"registration": _registration(chance)},
    "since_until": _span,
    "agent_since_until": lambda chance: {"agent": _agent(chance), **_span(chance)},
}
