"""`mycelia records export FILE`."""

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
from mycelia.records.line_files import LineFileError, written_whole

ACTOR = "mycelia records export"
_SAY_EVERY = 100_000


class Command(BaseCommand):
    """Exit status 0 when the file is complete, 1 when it could not be written, 2 for wrong usage."""

    requires_system_checks = ()
    help = (
        "Write every statement to a file, voided ones and attachments included, one JSON object a line; a name that "
        "ends in .gz is compressed. `mycelia records import` takes it in elsewhere. The file appears when it is "
        "complete; a run that was interrupted is simply repeated."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="the file, which must not exist yet")
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export to the file."""
        path: Path = options["file"]
        if path.exists():
            raise CommandError(f"{path} exists already. Remove it, or choose another name.", returncode=1)
        began = time.monotonic()
        try:
            count = _export(path)
        except (MyceliaError, LineFileError) as error:
            raise CommandError(str(error), returncode=1) from error
        seconds = round(time.monotonic() - began, 1)
        answer = json.dumps({"statements": count, "file": str(path), "seconds": seconds}, ensure_ascii=False)
        self.stdout.write(answer if options["json"] else f"{count} statements written to {path} ({seconds} s).")


def _export(path: Path) -> int:
    count = 0
    with written_whole(path) as file:
        for line, is_statement in api.export_lines(actor=Actor.system(ACTOR)):
            file.write(line + b"\n")
            count += is_statement
            if is_statement and count % _SAY_EVERY == 0:
                sys.stderr.write(f"{count:,} statements\n")
                sys.stderr.flush()
    return count
