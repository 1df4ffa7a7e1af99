"""The database wrapper Django loads by the name of this package."""

from __future__ import annotations

import select
import time
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import base, features
from psycopg.conninfo import conninfo_to_dict

from mycelia.kernel.postgres.backend.client import EmbeddedClient
from mycelia.kernel.postgres.cluster import ensure_running

_addresses: dict[str, dict[str, Any]] = {}
TRUSTED_SECONDS = 2.0
"""A connection that answered so shortly ago, and is not told of its end since, is not asked again."""


class DatabaseFeatures(features.DatabaseFeatures):
    """PostgreSQL as the product needs it."""

    minimum_database_version = (15,)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to PostgreSQL.

    With the embedded cluster, its address is asked for at the first connection, which starts it, and again after
    a refused connection, which repairs it; so a running server outlives the death of the postmaster.
    """

    features_class = DatabaseFeatures
    client_class = EmbeddedClient
    _asked_at = float("-inf")

    @property
    def embedded_home(self) -> Path | None:
        """Return the data folder of the embedded cluster, or None for an ordinary server."""
        home = self.settings_dict.get("EMBEDDED_HOME")
        return Path(home) if home else None

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        if self.embedded_home is not None:
            params |= _embedded_address(self.embedded_home)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection[Any]:
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if self.embedded_home is None:
                raise
        _addresses.pop(str(self.embedded_home), None)
        return super().get_new_connection(conn_params | _embedded_address(self.embedded_home))

    def is_usable(self) -> bool:
        """Return whether the server answers: a busy connection is asked now and then only, at no round trip between.

        A server that ends a connection says so, and what it says lies ready to be read.
        """
        now = time.monotonic()
        if not self.errors_occurred and now - self._asked_at < TRUSTED_SECONDS and not _is_unsettled(self.connection):
            return True
        self._asked_at = now
        return bool(super().is_usable())


def _is_unsettled(connection: psycopg.Connection[Any] | None) -> bool:
    """Return whether something unasked for came from the server, such as the end, or the connection is not at rest."""
    if connection is None or connection.pgconn.transaction_status != psycopg.pq.TransactionStatus.IDLE:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _embedded_address(home: Path) -> dict[str, Any]:
    """Return host and port of the cluster, remembered for the life of the process."""
    if str(home) not in _addresses:
        found = conninfo_to_dict(ensure_running(home))
        _addresses[str(home)] = {"host": found["host"], "port": found["port"]}
    return _addresses[str(home)]
