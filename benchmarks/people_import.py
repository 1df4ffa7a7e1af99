"""The time an empty company needs to take in a people file, checks included."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.company import ROOT, mycelia, surroundings
from benchmarks.report import Report

AIM_SECONDS = 20


def run(report: Report, home: Path) -> None:
    """Import into a fresh data folder, which is emptied first."""
    place = home.with_name(f"{home.name}-import")
    mycelia(place, "migrate", "--verbosity", "0")
    program = [sys.executable, "-m", "benchmarks.people_import", str(report.people)]
    result = subprocess.run(program, check=True, cwd=ROOT, env=surroundings(place), stdout=subprocess.PIPE, text=True)
    report.line("import_people", aim_seconds=AIM_SECONDS, **json.loads(result.stdout.splitlines()[-1]))


def _measure(people: int) -> None:
    import django

    django.setup()
    from django.db import transaction

    from mycelia.demo.design import design_company, people_file
    from mycelia.kernel import clock
    from mycelia.kernel.policy import Actor
    from mycelia.people import api

    today = clock.today()
    content = people_file(design_company(people=people, as_of=today), on=today)
    actor = Actor.system("benchmark")
    with transaction.atomic():
        started = time.perf_counter()
        api.check_people_file(content, full=False)
        checked = time.perf_counter() - started
        started = time.perf_counter()
        api.import_people(actor=actor, content=content, full=False)
        applied = time.perf_counter() - started
        transaction.set_rollback(True)
    rows = content.count(b"\n") - 1
    print(json.dumps({"rows": rows, "check_seconds": round(checked, 2), "import_seconds": round(applied, 2)}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mycelia.config.settings")
    _measure(int(sys.argv[1]))
