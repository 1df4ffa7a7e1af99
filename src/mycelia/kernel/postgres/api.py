"""What the rest of the product may use of the embedded PostgreSQL."""

from __future__ import annotations

from mycelia.kernel.postgres.address import database_settings
from mycelia.kernel.postgres.cluster import cluster_status, ensure_running, release, stop, stop_if_unused
from mycelia.kernel.postgres.errors import EmbeddedDatabaseError, InvalidDatabaseUrl
from mycelia.kernel.postgres.places import abandoned_storage
from mycelia.kernel.postgres.types import ClusterState, ClusterStatus

__all__ = [
    "ClusterState",
    "ClusterStatus",
    "EmbeddedDatabaseError",
    "InvalidDatabaseUrl",
    "abandoned_storage",
    "cluster_status",
    "database_settings",
    "ensure_running",
    "release",
    "stop",
    "stop_if_unused",
]
