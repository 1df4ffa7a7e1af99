"""Runs every benchmark, or those named, and stops by itself."""

from __future__ import annotations

import argparse

from benchmarks import company, pages, people_import, throughput
from benchmarks.report import Report

BENCHMARKS = {"pages": pages.run, "throughput": throughput.run, "import": people_import.run}


def main() -> None:
    """Measure and print; `--people` and `--courses` set the size of the company."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(BENCHMARKS)}; all when left out")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--courses", type=int, default=1_000)
    options = parser.parse_args()
    if unknown := set(options.names) - set(BENCHMARKS):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    report = Report(people=options.people, courses=options.courses)
    home = company.prepare(report)
    for name in options.names or BENCHMARKS:
        BENCHMARKS[name](report, home)


if __name__ == "__main__":
    main()
