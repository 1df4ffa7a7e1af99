"""`mycelia case import FILE`: restore a case from the JSON it was exported to."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import msgspec
from django.core.management.base import BaseCommand, CommandError

from mycelia.business_case import api
from mycelia.business_case.calc.case_file import LARGEST_FILE
from mycelia.business_case.errors import CaseFileRefused, CaseUnsound
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor


class Command(BaseCommand):
    """Restore a case: all of it, or nothing."""

    help = "Restore a business case from the JSON file it was exported to. A file with a fault changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="file made by: mycelia case export CASE --format json")
        parser.add_argument("--slug", default="", help="another short name than the one in the file")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        actor = Actor.system("case import")
        try:
            restored = api.restore_case(actor=actor, content=_content(options["file"]), slug=options["slug"])
        except CaseUnsound as unsound:
            listed = "\n".join(f"  {each.subject} {each.field}: {each.kind}" for each in unsound.problems)
            raise CommandError(f"{unsound}\n{listed}") from unsound
        except CaseFileRefused as refused:
            listed = "\n".join(f"  {fault.place}: {fault.reason}" for fault in refused.faults)
            raise CommandError(f"The file cannot be restored. Nothing was changed.\n{listed}") from refused
        except MyceliaError as refused:
            raise CommandError(str(refused)) from refused
        if options["json"]:
            outcome = {"case": restored.case.slug, "unknown": restored.unknown, "left": restored.left}
            self.stdout.write(msgspec.json.encode(outcome).decode())
            return
        self.stdout.write(f"Restored the case {restored.case.slug}.")
        for name in restored.unknown:
            self.stdout.write(f"Unknown here, kept as text: {name}")
        for name in restored.left:
            self.stdout.write(f"Of the blueprint, left as it is here: {name}")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as failed:
        raise CommandError(f"{path}: {failed.strerror}") from failed
