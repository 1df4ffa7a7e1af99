"""Background work of the record store."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from procrastinate.exceptions import AlreadyEnqueued

from mycelia.kernel.policy import Actor
from mycelia.kernel.tasks import app
from mycelia.records import api


@app.periodic(cron="17 3 * * *")
@app.task(queue="maintenance", queueing_lock="records.partitions")
def make_partitions(timestamp: int) -> None:
    """Make the partitions of the coming months."""
    api.make_partitions_ahead()


@app.periodic(cron="47 3 * * *")
@app.task(queue="maintenance", queueing_lock="records.retention")
def remove_expired_months(timestamp: int) -> None:
    """Remove the months that the retention rule lets go, and attachments and texts that nothing refers to any more."""
    actor = Actor.system("records.retention")
    api.apply_retention(actor=actor)
    api.remove_orphaned_attachments(actor=actor)
    api.remove_leftover_texts(actor=actor)


@app.periodic(cron="7 4 * * *")
@app.task(queue="maintenance", queueing_lock="records.uncompressed")
def keep_uncompressed(timestamp: int) -> None:
    """Write attachments anew that an older version compressed, some every night."""
    api.store_uncompressed(actor=Actor.system("records.retention"))


@app.task(queue="maintenance")
def remove_orphans() -> None:
    """Remove attachments, agents and IRIs that nothing refers to, after months were removed by hand."""
    actor = Actor.system("records.retention")
    api.remove_orphaned_attachments(actor=actor)
    api.remove_leftover_texts(actor=actor)


@app.periodic(cron="37 3 * * *")
@app.task(queue="maintenance", queueing_lock="records.uses")
def fold_uses(timestamp: int) -> None:
    """Keep the counts of requests by hour once they are a week old."""
    api.fold_counts()


@app.periodic(cron="* * * * *")
@app.task(queue="forwarding", queueing_lock="records.forward_due")
def forward_due(timestamp: int) -> None:
    """Put a run on the queue for every destination that may be sent something."""
    for destination_id in api.due_destinations():
        forward_soon(destination_id)


@app.task(queue="forwarding")
def forward(destination_id: int) -> None:
    """Send what waits for a destination for a while; if that is not all, queue the rest behind the other jobs."""
    if api.run_forwarding(destination_id).is_more:
        forward_soon(destination_id)


def forward_soon(destination_id: int) -> None:
    """Queue a run for a destination, unless one waits already."""
    job = forward.configure(queueing_lock=f"records.forward.{destination_id}")
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(destination_id=destination_id)
