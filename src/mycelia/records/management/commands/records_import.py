"""`mycelia records import FILE`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.line_files import LineFileError, lines_of

ACTOR = "mycelia records import"


class Command(BaseCommand):
    """Exit status 0 when everything is stored, 1 when something was refused, 2 for wrong usage."""

    requires_system_checks = ()
    help = (
        "Take in statements, one JSON object a line, plain or gzip. All lines are checked before any is written; what "
        "is stored already is left alone, so a run that was interrupted is simply repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="the file")
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file."""
        path: Path = options["file"]
        began = time.monotonic()
        try:
            outcome = api.import_statements(
                actor=Actor.system(ACTOR), lines=lambda: lines_of(path), name=path.name, progress=_Progress()
            )
        except (MyceliaError, LineFileError) as error:
            self._refuse(error, options)
        seconds = round(time.monotonic() - began, 1)
        if options["json"]:
            problems = [{"line": one.line, "reason": one.reason} for one in outcome.problems]
            answer = {"statements": outcome.statements, "new": outcome.new, "seconds": seconds, "problems": problems}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for one in outcome.problems:
                self.stdout.write(f"line {one.line}: {one.reason}")
            known = outcome.statements - outcome.new
            done = f"{outcome.new} statements stored, {known} were there already ({seconds} s)."
            self.stdout.write("Nothing was stored." if outcome.problems else done)
        if outcome.problems:
            sys.exit(1)

    def _refuse(self, error: Exception, options: dict[str, Any]) -> None:
        if options["json"]:
            code, facts = getattr(error, "code", "file_not_usable"), getattr(error, "data", {})
            self.stdout.write(json.dumps({"error": code, "message": str(error), **facts}, ensure_ascii=False))
            sys.exit(1)
        raise CommandError(str(error), returncode=1) from error


class _Progress:
    """Says on standard error, once in two seconds, how far it is."""

    def __init__(self) -> None:
        self._next = time.monotonic() + 2

    def __call__(self, phase: str, lines: int) -> None:
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + 2
            sys.stderr.write(f"{phase}: {lines:,} lines\n")
            sys.stderr.flush()
