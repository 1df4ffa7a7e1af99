"""`mycelia audit verify`: recompute the chain of the audit log."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mycelia.audit import api
from mycelia.audit.types import Verification


class Command(BaseCommand):
    """Exit status 0 when the log is intact, 1 when something was altered, removed, added or reordered."""

    help = "Recompute the hash chain of the audit log and report whatever does not fit."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the outcome as one JSON object")
        parser.add_argument(
            "--expect", metavar="HASH", help="a hash noted earlier and kept elsewhere, which must occur in the log"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = api.verify(options["expect"])
        self.stdout.write(_as_json(outcome) if options["json"] else _as_text(outcome))
        if not outcome.is_intact:
            sys.exit(1)


def _as_json(outcome: Verification) -> str:
    problems = [{"sequence": p.sequence, "code": p.code, "explanation": p.explanation} for p in outcome.problems]
    return json.dumps(
        {"intact": outcome.is_intact, "entries": outcome.entries, "head": outcome.head, "problems": problems}
    )


def _as_text(outcome: Verification) -> str:
    lines = [f"{p.sequence}: {p.code}: {p.explanation}" for p in outcome.problems]
    verdict = "intact" if outcome.is_intact else f"{len(outcome.problems)} problem(s)"
    return "\n".join([*lines, f"{outcome.entries} entries, {verdict}; head {outcome.head or '(empty log)'}"])
