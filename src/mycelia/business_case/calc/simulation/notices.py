"""When the Monte Carlo error matters, and what else a reader of a simulation has to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mycelia.business_case.calc.compiled import Compiled, Event, Pattern, Track
from mycelia.business_case.calc.labels import subjects_of
from mycelia.business_case.calc.passes import Network
from mycelia.business_case.calc.simulation.draws import Draws
from mycelia.business_case.calc.simulation.runs import Run
from mycelia.business_case.calc.workdays import Points
from mycelia.business_case.types import Notice, NoticeKind, Sensitivity, Spread

LARGE_ERROR = 0.01
"""An error above one hundredth of the mean is told."""
ERRORS_APART = 3.0
LARGE_LOSS_ERROR = 0.01
LARGE_SHARE_ERROR = 0.02
LEAST_SHARE_WITHOUT = 0.01
"""A line that does not occur in fewer draws is not told."""


def notices_of(
    plan: Draws,
    run: Run,
    case: Compiled,
    spreads: Mapping[str, Spread],
    loss_error: float,
    sensitivities: Sequence[Sensitivity],
) -> tuple[Notice, ...]:
    """Return what a reader has to know, most important first."""
    return (
        *_about_draws(plan),
        *_about_errors(spreads, loss_error),
        *_about_figures(spreads),
        *_about_sensitivities(plan, sensitivities),
        *_about_finish(run, case.network),
        *_about_lines(run, case),
        *plan.copula.notices,
    )


def _about_draws(plan: Draws) -> Iterator[Notice]:
    if not plan.uncertain:
        yield Notice(NoticeKind.NOTHING_UNCERTAIN)


def _about_errors(spreads: Mapping[str, Spread], loss_error: float) -> Iterator[Notice]:
    npv = spreads["npv"]
    if npv.mean is not None and npv.error and abs(npv.mean) < ERRORS_APART * npv.error:
        yield Notice(NoticeKind.SIGN_UNCERTAIN, "npv", npv.error)
    if loss_error > LARGE_LOSS_ERROR:
        yield Notice(NoticeKind.LOSS_UNCERTAIN, amount=loss_error)
    for name, spread in spreads.items():
        if spread.mean and spread.error and spread.error > LARGE_ERROR * abs(spread.mean):
            yield Notice(NoticeKind.MEAN_UNCERTAIN, name, spread.error / abs(spread.mean))


def _about_figures(spreads: Mapping[str, Spread]) -> Iterator[Notice]:
    for name, spread in spreads.items():
        if spread.share_defined < 1:
            yield Notice(NoticeKind.FIGURE_UNDEFINED, name, 1 - spread.share_defined)


def _about_sensitivities(plan: Draws, sensitivities: Sequence[Sensitivity]) -> Iterator[Notice]:
    if not sensitivities:
        return
    if plan.copula.names:
        yield Notice(NoticeKind.CORRELATION_IGNORED)
    largest = max(max(each.first_order_error, each.total_order_error) for each in sensitivities)
    if largest > LARGE_SHARE_ERROR:
        yield Notice(NoticeKind.SENSITIVITY_UNCERTAIN, amount=largest)


def _about_finish(run: Run, network: Network) -> Iterator[Notice]:
    if network.tasks:
        horizon = network.columns[-1]
        share = float((network.columns[run.days[-1]] >= horizon).mean())
        if share:
            yield Notice(NoticeKind.FINISH_BEYOND_HORIZON, amount=share)


def _about_lines(run: Run, case: Compiled) -> Iterator[Notice]:
    """Yield each counted line to which the dates of some draws leave no month of the case."""
    names = subjects_of(case.model)
    shares: dict[Track, float] = {}
    for line in case.lines:
        if line.is_counted and line.track not in shares:
            shares[line.track] = _share_without(line.track, run, case)
        if line.is_counted and shares[line.track] >= LEAST_SHARE_WITHOUT:
            name = names[f"{'cost' if line.is_cost else 'benefit'}/{line.key}"]
            yield Notice(NoticeKind.LINE_NEVER_RUNS, name, shares[line.track])


def _share_without(track: Track, run: Run, case: Compiled) -> float:
    """Return the share of draws in which a track begins after the case or ends before it begins."""
    if track.start.task is None and track.end.task is None:
        return 0.0
    first, last = (_columns(event, run, case) for event in (track.start, track.end))
    if track.pattern is Pattern.MONTHS:
        first = np.maximum(first, 1)
    return float(np.mean((first >= case.columns) | (first > last)))


def _columns(event: Event, run: Run, case: Compiled) -> Points:
    if event.task is None:
        return event.offset
    finished: NDArray[np.int32] = case.network.columns[run.days[event.task]]
    return finished + np.int32(event.offset)
