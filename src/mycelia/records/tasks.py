"""Background work of the record store."""

from __future__ import annotations

from mycelia.kernel.tasks import app
from mycelia.records import api


@app.periodic(cron="17 3 * * *")
@app.task(queue="maintenance", queueing_lock="records.partitions")
def make_partitions(timestamp: int) -> None:
    """Make the partitions of the coming months."""
    api.make_partitions_ahead()


@app.periodic(cron="37 3 * * *")
@app.task(queue="maintenance", queueing_lock="records.uses")
def fold_uses(timestamp: int) -> None:
    """Keep the counts of requests by hour once they are a week old."""
    api.fold_counts()
