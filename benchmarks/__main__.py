"""Runs every benchmark, or those named, and stops by itself."""

from __future__ import annotations

import argparse

from benchmarks import (
    case_pages,
    company,
    pages,
    people_import,
    records_reading,
    records_writing,
    simulation,
    throughput,
)
from benchmarks.report import Report

BENCHMARKS = {"pages": pages.run, "throughput": throughput.run, "import": people_import.run}
WITHOUT_COMPANY = {"simulation": simulation.run}
RECORDS = ("records_writing", "records_reading")


def main() -> None:
    """Measure and print; `--people` and `--courses` set the size of the company."""
    names = [*WITHOUT_COMPANY, "case_pages", *RECORDS, *BENCHMARKS]
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which of {', '.join(names)}; all when left out")
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--courses", type=int, default=1_000)
    parser.add_argument("--records", type=int, default=200_000, help="statements stored for records_reading")
    options = parser.parse_args()
    if unknown := set(options.names) - set(names):
        parser.error(f"no benchmark is called {', '.join(sorted(unknown))}")
    report = Report(people=options.people, courses=options.courses)
    chosen = options.names or names
    for name in [name for name in chosen if name in WITHOUT_COMPANY]:
        WITHOUT_COMPANY[name](report)
    base = company.folder(report).parent
    if "case_pages" in chosen:
        case_pages.run(report, base / "bench-case")
    if "records_writing" in chosen:
        records_writing.run(report, base / "bench-records")
    if "records_reading" in chosen:
        records_reading.run(report, base / f"bench-records-{options.records}", statements=options.records)
    if on_company := [name for name in chosen if name in BENCHMARKS]:
        home = company.prepare(report)
        for name in on_company:
            BENCHMARKS[name](report, home)


if __name__ == "__main__":
    main()
