"""The joint simulation of a large case, beside the same arithmetic as a bare NumPy script.

Each runs in a process of its own, so that its peak of memory is its own; they take turns, so that what else the
machine does meets both.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time

from benchmarks.company import ROOT
from benchmarks.report import Report

DRAWS, ROUNDS, SEED = 100_000, 5, 1
AIM_SECONDS, AIM_MIB, AIM_RATIO = 2.0, 1024, 2.0
KINDS = ("whole", "distributions", "bare")


def run(report: Report) -> None:
    """Measure by turns and print the medians."""
    rounds = [{kind: _measured(kind) for kind in KINDS} for _ in range(ROUNDS)]
    seconds = {kind: statistics.median(one[kind]["seconds"] for one in rounds) for kind in KINDS}
    cpu = {kind: statistics.median(one[kind]["cpu_seconds"] for one in rounds) for kind in KINDS}
    for kind in KINDS:
        report.unsized(
            "simulation",
            computes=kind,
            draws=DRAWS,
            cost_lines=60,
            benefit_lines=20,
            work_items=40,
            months=60,
            seconds=round(seconds[kind], 3),
            cpu_seconds=round(cpu[kind], 3),
            peak_mib=max(round(one[kind]["peak_mib"]) for one in rounds),
            mean_npv=round(rounds[0][kind]["mean_npv"]),
            **({"aim_seconds": AIM_SECONDS, "aim_mib": AIM_MIB} if kind == "whole" else {}),
        )
    ratios = {f"{kind}_to_bare": round(seconds[kind] / seconds["bare"], 3) for kind in KINDS if kind != "bare"}
    report.unsized("simulation_ratio", **ratios, aim=AIM_RATIO)
    milliseconds = statistics.median(one["whole"]["figures_ms"] for one in rounds)
    report.unsized("case_figures", median_ms=round(milliseconds, 1))


def _measured(kind: str) -> dict[str, float]:
    program = [sys.executable, "-m", "benchmarks.simulation", kind]
    result = subprocess.run(program, check=True, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    measured: dict[str, float] = json.loads(result.stdout)
    return measured


def _measure(kind: str) -> None:
    from benchmarks.large_case import large_case

    model, compute = large_case(), {"whole": _whole, "distributions": _distributions, "bare": _bare}[kind]
    figures_ms = _figures_ms(model) if kind == "whole" else 0.0
    began, cpu = time.perf_counter(), time.process_time()
    mean = compute(model)
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {"seconds": seconds, "cpu_seconds": cpu_seconds, "peak_mib": peak, "mean_npv": mean}
    print(json.dumps(figures | {"figures_ms": figures_ms}))


def _whole(model: object) -> float:
    """Everything that a stored simulation holds: also tornado, variance shares, break-even and value of learning."""
    from mycelia.business_case.calc import simulate

    return simulate(model, "proposal", draws=DRAWS, seed=SEED).npv.mean or 0.0


def _distributions(model: object) -> float:
    """What the bare script computes too: distributions of figures, cumulative flows and finish dates."""
    from mycelia.business_case.calc import simulate

    return simulate(model, "proposal", draws=DRAWS, seed=SEED, explains=False).npv.mean or 0.0


def _bare(model: object) -> float:
    from benchmarks.bare_simulation import simulate

    return float(simulate(model, DRAWS, SEED)["npv"][0])


def _figures_ms(model: object) -> float:
    """The deterministic figures after an edit: median of ten."""
    from mycelia.business_case.calc import option_figures

    taken = []
    for _ in range(11):
        began = time.perf_counter()
        option_figures(model, "proposal")
        taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:]) * 1000


if __name__ == "__main__":
    _measure(sys.argv[1])
