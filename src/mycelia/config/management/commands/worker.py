"""`mycelia worker`: the background worker alone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mycelia.config.serve.queue_worker import QueueWorker


class Command(BaseCommand):
    help = "Run background jobs; any number of workers on any number of machines share the queue."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queue", action="append", default=[], help="only this queue (repeatable; default: all)")
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at once (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        QueueWorker(queues=options["queue"], concurrency=options["concurrency"]).run()
