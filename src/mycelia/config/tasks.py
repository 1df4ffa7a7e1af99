"""Upkeep of the queue itself."""

from __future__ import annotations

from procrastinate import JobContext
from procrastinate.contrib.django import app

from mycelia.config.serve.stalled_jobs import rescue_stalled_jobs

KEPT_HOURS = 72


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", name="config.rescue_jobs", queueing_lock="config.rescue_jobs")
def rescue_jobs(timestamp: int) -> None:
    """Queue again what a killed worker was working on."""
    rescue_stalled_jobs()


@app.periodic(cron="40 3 * * *")
@app.task(queue="upkeep", name="config.remove_old_jobs", queueing_lock="config.remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget jobs that succeeded a few days ago; failed ones stay to be looked at."""
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS)
