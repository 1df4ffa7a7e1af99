"""`mycelia metrics`: print the documentation of every metric."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from mycelia.insights import api
from mycelia.insights.pages import metrics_markdown


class Command(BaseCommand):
    """Print the register as Markdown, for `docs/metrics.md`."""

    help = "Print the documentation of every metric as Markdown (the content of docs/metrics.md)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(metrics_markdown(api.all_metrics()), ending="")
