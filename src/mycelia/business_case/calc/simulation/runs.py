"""Drawing and computing all draws, in chunks and on two threads, with the same result as in one piece."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.calc.compiled import Compiled
from mycelia.business_case.calc.estimates import Floats
from mycelia.business_case.calc.passes import critical, forward
from mycelia.business_case.calc.simulation.drawn_figures import DrawnFigures, drawn_figures
from mycelia.business_case.calc.simulation.drawn_flows import drawn_flows
from mycelia.business_case.calc.simulation.draws import Draws
from mycelia.business_case.calc.simulation.streams import Streams
from mycelia.business_case.calc.weights import durations_in
from mycelia.business_case.calc.worth import npv_of

CHUNK = 4096
SPAN = 4 * CHUNK
THREADS = 2
FIGURES = ("npv", "roi", "bcr", "payback_months", "discounted_payback_months", "irr")
KEPT = 2**17
"""Of so many draws, the first ones, cumulative flows and dates are kept; figures of all."""


@dataclass(frozen=True)
class Run:
    """What was computed of every draw.

    Attributes:
        npv, roi, bcr, payback_months, discounted_payback_months, irr: Shape (draws,), NaN where there is none.
        gain: Shape (draws,), what the option is worth more than the alternative to it.
        cumulative: Shape (columns, at most 131,072), cumulative net flows in single precision.
        days: Shape (tasks + 1, at most 131,072), numbers of finish days; last those of the whole roadmap.
        critical: Shape (tasks,), in how many draws each determines the end.
    """

    npv: Floats
    roi: Floats
    bcr: Floats
    payback_months: Floats
    discounted_payback_months: Floats
    irr: Floats
    gain: Floats
    cumulative: NDArray[np.float32]
    days: NDArray[np.int32]
    critical: NDArray[np.int64]


def run_of(
    case: Compiled,
    alternative: Compiled | None,
    plan: Draws,
    draws: int,
    *,
    progress: Callable[[float], None] | None = None,
    chunk: int = CHUNK,
) -> Run:
    """Compute all draws.

    Args:
        case: The option.
        alternative: What it is compared with to tell its gain; None compares it with nothing at all.
        plan: How inputs are drawn.
        draws: How many.
        progress: Told the share that is done, from the thread of the caller; what it raises ends the run.
        chunk: How many draws are computed at a time; makes no difference to what is drawn.
    """
    keep_freed_memory()
    run = _empty(case, draws)
    firsts = range(0, draws, SPAN)
    with ThreadPoolExecutor(THREADS) as threads:
        spans = [threads.submit(_compute, case, alternative, plan, run, first, chunk) for first in firsts]
        try:
            for number, span in enumerate(spans):
                run.critical[:] += span.result()
                if progress is not None:
                    progress((number + 1) / len(spans))
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise
    return run


def keep_freed_memory() -> None:
    """Make the C library keep the memory of the arrays of a chunk for the next chunk.

    glibc returns freed memory to the system above a threshold that grows with the largest block ever freed; freeing
    one of 31 MiB, which is never touched, saves a third of the time, spent on getting the same pages back.
    """
    np.empty(31 * 2**20, dtype=np.uint8)


def _empty(case: Compiled, draws: int) -> Run:
    kept = min(draws, KEPT)
    tasks = len(case.network.tasks)
    return Run(
        npv=np.empty(draws),
        roi=np.empty(draws),
        bcr=np.empty(draws),
        payback_months=np.empty(draws),
        discounted_payback_months=np.empty(draws),
        irr=np.empty(draws),
        gain=np.empty(draws),
        cumulative=np.empty((case.columns, kept), dtype=np.float32),
        days=np.empty((tasks + 1, kept), dtype=np.int32),
        critical=np.zeros(tasks, dtype=np.int64),
    )


def _compute(
    case: Compiled, alternative: Compiled | None, plan: Draws, run: Run, first: int, chunk: int
) -> NDArray[np.int64]:
    """Fill one span of the run; return in how many of its draws each task is critical."""
    streams = plan.begin(first)
    last = min(first + SPAN, len(run.npv))
    counts = np.zeros_like(run.critical)
    for start in range(first, last, chunk):
        counts += _compute_chunk(case, alternative, plan, run, streams, slice(start, min(start + chunk, last)), chunk)
    return counts


def _compute_chunk(
    case: Compiled, alternative: Compiled | None, plan: Draws, run: Run, streams: Streams, where: slice, chunk: int
) -> NDArray[np.int64]:
    """Fill one chunk. It is computed in full length, so that its sums do not depend on how many draws are asked."""
    values = plan.next(streams, chunk)
    passed = forward(case.network, durations_in(case, values))
    finishes = [case.network.columns[day] for day in passed.days]
    figures = drawn_figures(case, *drawn_flows(case, values, finishes, chunk))
    wanted = where.stop - where.start
    _keep(run, figures, where, wanted)
    beside = 0.0 if alternative is None else npv_of(alternative, values)
    run.gain[where] = np.broadcast_to(figures.npv - beside, (chunk,))[:wanted]
    if not case.network.tasks:
        return np.zeros(0, dtype=np.int64)
    kept = min(wanted, max(0, run.days.shape[1] - where.start))
    for row, day in enumerate((*passed.days, reduce(np.maximum, passed.days))):
        run.days[row, where.start : where.start + kept] = np.broadcast_to(day, (chunk,))[:kept]
    marks = critical(case.network, passed)
    return np.array([np.broadcast_to(mark, (chunk,))[:wanted].sum() for mark in marks], dtype=np.int64)


def _keep(run: Run, figures: DrawnFigures, where: slice, wanted: int) -> None:
    for name in FIGURES:
        getattr(run, name)[where] = getattr(figures, name)[:wanted]
    kept = min(wanted, max(0, run.cumulative.shape[1] - where.start))
    run.cumulative[:, where.start : where.start + kept] = figures.cumulative[:, :kept]
