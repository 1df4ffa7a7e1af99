"""`mycelia records retention`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mycelia.kernel import clock
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor
from mycelia.records import api

ACTOR = "mycelia records retention"


class Command(BaseCommand):
    """Exit status 0 when done, 1 when refused, 2 for wrong usage."""

    requires_system_checks = ()
    help = (
        "Say or change how many whole months statements are kept after the one they were stored in. Older months are "
        "removed every night, or at once with --apply; each is written to the audit log."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        rule = parser.add_mutually_exclusive_group()
        rule.add_argument("--months", type=int, help="keep statements for this many months, 1 to 1200")
        rule.add_argument("--for-ever", action="store_true", help="remove nothing any more")
        parser.add_argument("--apply", action="store_true", help="remove now what is too old")
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Change, apply, say."""
        actor = Actor.system(ACTOR)
        try:
            if options["months"] is not None or options["for_ever"]:
                api.set_retention(actor=actor, months=options["months"])
            removed = api.apply_retention(actor=actor) if options["apply"] else {}
            attachments = api.remove_orphaned_attachments(actor=actor) if options["apply"] else 0
            texts = api.remove_leftover_texts(actor=actor) if options["apply"] else api.Leftover()
        except MyceliaError as error:
            raise CommandError(str(error), returncode=1) from error
        months = api.retention_months()
        due = [f"{month:%Y-%m}" for month in api.expired_months(clock.now())]
        if options["json"]:
            removal = {"removed": removed, "attachments": attachments, **asdict(texts)}
            self.stdout.write(json.dumps({"months": months, **removal, "due": due}))
            return
        self.stdout.write("Everything is kept." if months is None else f"Statements are kept for {months} months.")
        for month, count in removed.items():
            self.stdout.write(f"removed {month}: {count} statements")
        if attachments:
            self.stdout.write(f"removed {attachments} attachments that no statement refers to any more")
        if texts != api.Leftover():
            self.stdout.write(f"removed {texts.agents} agents and {texts.iris} IRIs that nothing refers to any more")
        if due:
            self.stdout.write(f"Too old now, removed tonight: {', '.join(due)}")
