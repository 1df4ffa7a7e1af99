"""The large company, made once in a data folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.report import Report

ROOT = Path(__file__).resolve().parents[1]


def prepare(report: Report) -> Path:
    """Return the data folder of the large company, seeding it when it is not there yet."""
    home = folder(report)
    started = time.perf_counter()
    mycelia(home, "demo", "--seed-only", "--people", str(report.people), "--courses", str(report.courses))
    report.line("seed", seconds=round(time.perf_counter() - started, 1))
    return home


def folder(report: Report) -> Path:
    """Return where the large company is kept."""
    base = Path(os.environ.get("MYCELIA_HOME") or ROOT / "var")
    return (base / f"bench-{report.people}x{report.courses}").resolve()


def mycelia(home: Path, *arguments: str) -> None:
    """Run one command on a data folder; what it prints goes to standard error."""
    program = Path(sys.executable).with_name("mycelia")
    subprocess.run([program, *arguments], check=True, env=surroundings(home), stdout=sys.stderr)


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of a process that works on this data folder."""
    return os.environ | {"MYCELIA_HOME": str(home), "DJANGO_SETTINGS_MODULE": "mycelia.config.settings"}
