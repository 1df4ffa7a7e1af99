"""Background work of the business case."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.utils.module_loading import import_string
from procrastinate.exceptions import AlreadyEnqueued

from mycelia.business_case import api
from mycelia.business_case.models import Export, SimulationRun
from mycelia.kernel.errors import QueueFull
from mycelia.kernel.tasks import app, defer

QUIET_SECONDS = 5
"""A change waits so long for the next one before the case is simulated anew."""
ROOM_SECONDS = 600
"""So long the nightly work waits for room in a full queue before it goes on."""
BRIEF = "brief-management.pdf"
"""The document that whoever presented a case wants next."""
WRITER = "mycelia.business_case.exports.making.write_document"
"""What makes documents: imported when the first is asked for, because it needs the libraries of three formats."""


@app.task(queue="simulations", name="business_case.simulate")
def simulate_case(run_id: int) -> None:
    """Run one simulation; those of one case take turns."""
    api.run_simulation(run_id=run_id)


@app.periodic(cron="7 0 * * *")
@app.task(queue="maintenance", queueing_lock="business_case.told_today", name="business_case.told_today")
def simulate_told_today(timestamp: int) -> None:
    """Simulate anew, once a day has begun, what it makes later; what finds no room in the queue comes in a while."""
    try:
        api.simulate_told_today(queue=queue_soon)
    except QueueFull:
        later: Any = simulate_told_today.configure(schedule_in={"seconds": ROOM_SECONDS})
        with suppress(AlreadyEnqueued):
            later.defer(timestamp=timestamp)


@app.task(queue="exports", name="business_case.export")
def make_export(export_id: int) -> None:
    """Make one document; it takes turns with the case's simulations, because it shows them."""
    api.run_export(export_id=export_id, write=import_string(WRITER))


def queue_export(export: Export) -> None:
    """Queue a document that somebody waits for, before simulations that follow a change."""
    job: Any = make_export.configure(lock=_turns(export.case_id), priority=1)
    defer(job, export_id=export.pk)


def queue_now(run: SimulationRun) -> None:
    """Queue a run that somebody waits for."""
    _queue(run)


def queue_soon(run: SimulationRun) -> None:
    """Queue a run that follows a change, once the changes pause."""
    _queue(run, schedule_in={"seconds": QUIET_SECONDS})


def _queue(run: SimulationRun, **when: Any) -> None:
    job: Any = simulate_case.configure(lock=_turns(run.case_id), **when)
    defer(job, run_id=run.pk)


def _turns(case_id: int) -> str:
    return f"business_case.simulate.{case_id}"
