"""`mycelia dbshell` on the embedded cluster, with the `psql` that comes with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql.client import DatabaseClient

from mycelia.kernel.postgres.binaries import program


class EmbeddedClient(DatabaseClient):
    """Starts `psql` on whichever server the settings name."""

    def runshell(self, parameters: Iterable[str]) -> None:
        if self.connection.settings_dict.get("EMBEDDED_HOME"):
            address = self.connection.get_connection_params()
            self.connection.settings_dict |= {"HOST": address["host"], "PORT": address["port"]}
        super().runshell(parameters)

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        arguments, environment = super().settings_to_cmd_args_env(settings_dict, parameters)
        if settings_dict.get("EMBEDDED_HOME"):
            arguments[0] = str(program("psql"))
        return arguments, environment
