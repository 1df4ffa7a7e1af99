"""Background jobs of people."""

from __future__ import annotations

from mycelia.kernel.tasks import app
from mycelia.people import api


@app.task(queue="people", name="people.check_import")
def check_import(run_id: int) -> None:
    """Check an uploaded people file."""
    api.check_run(run_id)


@app.task(queue="people", name="people.apply_import")
def apply_import(run_id: int) -> None:
    """Apply a reviewed people file."""
    api.apply_run(run_id)


@app.periodic(cron="20 0 * * *")
@app.task(queue="people", name="people.deactivate_leavers", queueing_lock="people.deactivate_leavers")
def deactivate_leavers(timestamp: int) -> None:
    """Close the accounts of people whose employment has ended."""
    api.deactivate_leavers()
