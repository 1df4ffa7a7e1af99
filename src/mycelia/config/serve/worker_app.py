"""The worker's side of the queue: connections of its own, made anew wherever the database went."""

from __future__ import annotations

from typing import Any

from procrastinate.app import App
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.utils import connector_params
from procrastinate.psycopg_connector import PsycopgConnector

from mycelia.config.serve.embedded import embedded_home
from mycelia.kernel.postgres.api import ensure_running

_POOL_SECONDS = 10.0


def worker_app() -> App:
    """Return an app that fetches jobs over connections of its own.

    The tasks stay with the first app, so that a job which queues another does so in its own transaction.
    """
    app.perform_import_paths()
    own = DjangoApp(connector=PsycopgConnector(kwargs=_connection_arguments, timeout=_POOL_SECONDS))
    own.tasks = app.tasks
    own.periodic_registry = app.periodic_registry
    return own


def _connection_arguments() -> dict[str, Any]:
    """Return how to connect; asked before every connection, so that a killed embedded database is started again."""
    home = embedded_home()
    if home is not None:
        ensure_running(home)
    return connector_params()
