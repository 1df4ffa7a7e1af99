"""`mycelia web`: the web server alone."""

from __future__ import annotations

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mycelia.config.serve.web_server import run_web


def add_web_arguments(parser: CommandParser) -> None:
    """Add what `web` and `serve` have in common."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--processes", type=int, default=default_processes(), help="web processes (default: cores)")
    parser.add_argument("--threads", type=int, default=4, help="requests at once in each process (default: 4)")


def default_processes() -> int:
    """Return one per core that this process may use, at most eight."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(8, cores))


class Command(BaseCommand):
    help = "Serve the pages; for several machines, with mycelia worker beside it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_web_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        run_web(host=options["host"], port=options["port"], processes=options["processes"], threads=options["threads"])
