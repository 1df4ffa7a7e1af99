"""`mycelia attempts replay`: recompute attempts from their journals."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from mycelia.delivery import api
from mycelia.delivery.types import ReplayResult
from mycelia.kernel.errors import MyceliaError

_REPORT_EVERY = 1000


class Command(BaseCommand):
    """Recompute attempts from their tracking journals; report and repair what differs."""

    help = "Recompute attempts from their tracking journals; report and repair what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare which attempts, and how to report."""
        chosen = parser.add_mutually_exclusive_group(required=True)
        chosen.add_argument("--attempt", type=UUID, metavar="UUID", help="one attempt")
        chosen.add_argument("--all", action="store_true", help="every attempt")
        parser.add_argument("--dry-run", action="store_true", help="report only, repair nothing")
        parser.add_argument("--json", action="store_true", help="one JSON object a line for each attempt that differs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replay the chosen attempts."""
        identifiers = api.attempt_identifiers() if options["all"] else [options["attempt"]]
        replayed, differing = 0, 0
        for identifier in identifiers:
            try:
                result = api.replay(identifier, repair=not options["dry_run"])
            except MyceliaError as error:
                raise CommandError(str(error)) from error
            replayed += 1
            if result.differences:
                differing += 1
                self._report(result, as_json=options["json"])
            if replayed % _REPORT_EVERY == 0:
                self.stderr.write(_("%(count)s attempts replayed …") % {"count": replayed})
        self._summary(replayed, differing, options)

    def _report(self, result: ReplayResult, *, as_json: bool) -> None:
        if as_json:
            body = {
                "attempt": str(result.attempt_id),
                "entries": result.entries,
                "differences": list(result.differences),
                "repaired": result.repaired,
            }
            self.stdout.write(json.dumps(body))
            return
        what = _("repaired") if result.repaired else _("differs")
        self.stdout.write(f"{result.attempt_id}  {what}: {', '.join(result.differences)}")

    def _summary(self, replayed: int, differing: int, options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"replayed": replayed, "differing": differing}))
        else:
            text = _("%(replayed)s attempts replayed, %(differing)s differed from their journals.")
            self.stdout.write(text % {"replayed": replayed, "differing": differing})
        if differing and options["dry_run"]:
            raise SystemExit(1)
