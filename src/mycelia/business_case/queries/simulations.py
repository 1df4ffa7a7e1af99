"""What the latest simulation of a case says, and whether it is still true."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from mycelia.business_case.calc import model_digest
from mycelia.business_case.models import Case, SimulationRun
from mycelia.business_case.types import CaseModel, Simulation
from mycelia.kernel import clock

STALLED_SECONDS = 300


@dataclass(frozen=True)
class SimulationPicture:
    """The newest result of an option, and what is under way.

    Attributes:
        result: None while there is none yet.
        is_stale: Whether the case has changed since the result was computed.
        progress: Share that is done of the run under way, 0 while it waits; None when none is.
        failure: Why the newest run failed; empty when it did not.
        is_stalled: Whether the newest run began and was not heard of since: its worker is gone.
    """

    run: SimulationRun | None
    result: Simulation | None
    is_stale: bool
    progress: float | None
    failure: str
    is_stalled: bool = False


@dataclass(frozen=True)
class Outlook:
    """The few numbers of the newest result that the overview shows; None where there is none.

    Attributes:
        low, high: Net present value at the 10th and the 90th percentile.
        chance: Probability of a loss.
    """

    low: float | None
    high: float | None
    chance: float | None
    draws: int
    is_stale: bool
    is_under_way: bool


def outlook_of(case: Case, model: CaseModel) -> Outlook:
    """Return what is known of the preferred option's range, in two light queries."""
    runs = SimulationRun.objects.filter(case=case, option=model.preferred.key)
    newest = runs.defer("result").first()
    wanted = ("result__npv__p10", "result__npv__p90", "result__probability_of_loss", "draws", "model_digest")
    done = runs.filter(state="done").values_list(*wanted).first()
    low, high, chance, draws, digest = done or (None, None, None, 0, "")
    is_stale = done is not None and digest != model_digest(model)
    return Outlook(low, high, chance, draws, is_stale, _is_under_way(newest))


def simulation_of(case: Case, model: CaseModel, option: str = "") -> SimulationPicture:
    """Return what is known of an option's simulation; the preferred option where none is named."""
    runs = SimulationRun.objects.filter(case=case, option=option or model.preferred.key)
    newest = runs.defer("result").first()
    done = runs.filter(state="done").first()
    is_under_way = _is_under_way(newest)
    return SimulationPicture(
        run=done,
        result=None if done is None else msgspec.convert(done.result, Simulation, strict=False),
        is_stale=done is not None and done.model_digest != model_digest(model),
        progress=newest.progress if newest is not None and is_under_way else None,
        failure=newest.failure if newest is not None and newest.state == "failed" else "",
        is_stalled=newest is not None and _is_stalled(newest),
    )


def _is_under_way(run: SimulationRun | None) -> bool:
    return run is not None and run.state in ("waiting", "running") and not _is_stalled(run)


def _is_stalled(run: SimulationRun) -> bool:
    """Return whether a run lost its worker: it tells how far it is every half second, and at the end less often."""
    heard = run.told_at or run.asked_at
    return run.state == "running" and (clock.now() - heard).total_seconds() > STALLED_SECONDS


def kept_simulation(case: Case, model: CaseModel, *, draws: int, seed: int) -> Simulation | None:
    """Return the simulation of a model's preferred option with just these draws and seed; None where none is kept."""
    runs = SimulationRun.objects.filter(case=case, option=model.preferred.key, state="done", draws=draws, seed=seed)
    run = runs.filter(model_digest=model_digest(model)).first()
    return None if run is None else msgspec.convert(run.result, Simulation, strict=False)
