"""Background work of content."""

from __future__ import annotations

from mycelia.content import api
from mycelia.kernel.tasks import app


@app.periodic(cron="* * * * *")
@app.task(queue="content", name="content.publish_scheduled", queueing_lock="content.publish_scheduled")
def publish_scheduled(timestamp: int) -> None:
    """Publish and withdraw courses whose time has come."""
    api.publish_scheduled()
