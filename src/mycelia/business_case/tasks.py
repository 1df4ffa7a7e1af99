"""Background work of the business case."""

from __future__ import annotations

from typing import Any

from mycelia.business_case import api
from mycelia.business_case.models import SimulationRun
from mycelia.kernel.tasks import app, defer

QUIET_SECONDS = 5
"""A change waits so long for the next one before the case is simulated anew."""


@app.task(queue="simulations", name="business_case.simulate")
def simulate_case(run_id: int) -> None:
    """Run one simulation; those of one case take turns."""
    api.run_simulation(run_id=run_id)


def queue_now(run: SimulationRun) -> None:
    """Queue a run that somebody waits for."""
    _queue(run)


def queue_soon(run: SimulationRun) -> None:
    """Queue a run that follows a change, once the changes pause."""
    _queue(run, schedule_in={"seconds": QUIET_SECONDS})


def _queue(run: SimulationRun, **when: Any) -> None:
    job: Any = simulate_case.configure(lock=f"business_case.simulate.{run.case_id}", **when)
    defer(job, run_id=run.pk)
