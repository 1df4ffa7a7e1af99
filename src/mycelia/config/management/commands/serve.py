"""`mycelia serve`: everything one machine needs, in one command."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from mycelia.config.management.commands.web import add_web_arguments
from mycelia.config.serve.embedded import embedded_home
from mycelia.config.serve.ports import require_free
from mycelia.config.serve.supervisor import Part, Supervisor
from mycelia.kernel.postgres.api import ensure_running, stop_if_unused


class Command(BaseCommand):
    help = "Run web server, background worker and embedded database together."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_web_arguments(parser)
        parser.add_argument("--concurrency", type=int, default=2, help="background jobs at once (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        require_free(options["host"], options["port"])
        home = embedded_home()
        if home is not None:
            ensure_running(home)
        self.stdout.write(f"Mycelia is at {settings.MYCELIA_PUBLIC_URL} (Ctrl-C stops it)")
        self.stdout.flush()
        connections.close_all()
        clean = Supervisor(parts(options)).run()
        if home is not None:
            stop_if_unused(home)
        if not clean:
            raise SystemExit(1)


def parts(options: dict[str, Any]) -> tuple[Part, ...]:
    """Return the processes of one machine."""
    web = ["web", *_flags(options, "host", "port", "processes", "threads")]
    return Part("web", web), Part("worker", ["worker", *_flags(options, "concurrency")])


def _flags(options: dict[str, Any], *names: str) -> list[str]:
    return [f"--{name}={options[name]}" for name in names]
