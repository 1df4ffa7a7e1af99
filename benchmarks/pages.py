"""Server time and query count of the main pages, one request after the other, through every middleware.

"home_first_view" makes every request the first of its browser, so that no page is ever kept for it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.company import ROOT, surroundings
from benchmarks.report import Report, milliseconds

WARM_UP, ROUNDS = 10, 60


def run(report: Report, home: Path) -> None:
    """Measure in a process of its own, so that the settings belong to the large company."""
    program = [sys.executable, "-m", "benchmarks.pages"]
    result = subprocess.run(program, check=True, cwd=ROOT, env=surroundings(home), stdout=subprocess.PIPE, text=True)
    for line in result.stdout.splitlines():
        report.line("page", **json.loads(line))


def _measure() -> None:
    import django

    django.setup()
    from benchmarks.visitors import addresses, signed_in

    for name, (email, path) in addresses().items():
        client = signed_in(email)
        print(json.dumps({"page": name, "path": path, **_timed(client, path)}), flush=True)
        if name == "home":
            first = {"page": "home_first_view", "path": path}
            print(json.dumps(first | _timed(client, path, first_view=True)), flush=True)


def _timed(client: Any, path: str, *, first_view: bool = False) -> dict[str, object]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    views = iter(range(10_000))

    def get(path: str) -> Any:
        if first_view:
            client.cookies["view"] = str(next(views))
        return client.get(path)

    response = None
    for _ in range(WARM_UP):
        response = get(path)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
    with CaptureQueriesContext(connection) as queries:
        get(path)
    query_count = len(queries)
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        response = get(path)
        seconds.append(time.perf_counter() - started)
    size = len(response.content) if response is not None else 0
    return {**milliseconds(seconds), "queries": query_count, "html_bytes": size}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mycelia.config.settings")
    _measure()
