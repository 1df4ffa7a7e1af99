"""`mycelia records forward list|run|replay|aside|pause|resume|rewind`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.types import RunReport

ACTOR = Actor.system("mycelia records forward")
LONG_SECONDS = 7 * 24 * 3600.0


class Command(BaseCommand):
    """Exit status 0 with JSON on standard output, 1 when refused or not all could be sent, 2 for wrong usage."""

    requires_system_checks = ()
    help = "Look after the stores that statements are forwarded to; they are set up at /platform/records/forwarding/."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        verbs.add_parser("list", help="print every destination and how it stands, without secrets")
        run = verbs.add_parser("run", help="send what waits, now and in this process, and print what became of it")
        run.add_argument("id", type=int, nargs="?", help="only to this destination; without it to all that are due")
        replay = verbs.add_parser("replay", help="send dead letters again with the next run")
        replay.add_argument("id", type=int)
        replay.add_argument("--statement", type=UUID, help="only this one")
        aside = verbs.add_parser("aside", help="set the statement aside that comes next, so that those after it go on")
        aside.add_argument("id", type=int)
        aside.add_argument("--statement", type=UUID, help="only if it is this one")
        for verb, words in _STEPS.items():
            verbs.add_parser(verb, help=words).add_argument("id", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what the verb says."""
        try:
            answer, is_done = _VERBS[options["verb"]](options)
        except MyceliaError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))
        if not is_done:
            sys.exit(1)


def _list(options: dict[str, Any]) -> tuple[object, bool]:
    return [asdict(one) for one in api.standing()], True


def _run(options: dict[str, Any]) -> tuple[object, bool]:
    number = options["id"]
    numbers = api.due_destinations() if number is None else [api.destination(number).pk]
    reports: list[RunReport] = [api.run_forwarding(one, seconds=LONG_SECONDS) for one in numbers]
    return [asdict(one) for one in reports], not any(one.failure or one.is_busy for one in reports)


def _replay(options: dict[str, Any]) -> tuple[object, bool]:
    number, statement_id = options["id"], options["statement"]
    if statement_id is None:
        return {"id": number, "replayed": api.replay_dead_letters(actor=ACTOR, destination_id=number)}, True
    api.replay_dead_letter(actor=ACTOR, destination_id=number, statement_id=statement_id)
    return {"id": number, "replayed": 1}, True


def _aside(options: dict[str, Any]) -> tuple[object, bool]:
    number, statement_id = options["id"], options["statement"]
    if statement_id is None:
        coming = api.next_statement(api.destination(number))
        if coming is None:
            raise CommandError("No statement waits for it.")
        statement_id = coming.statement_id
    api.set_statement_aside(actor=ACTOR, destination_id=number, statement_id=statement_id)
    return {"id": number, "set_aside": statement_id}, True


def _step(change: Callable[..., None]) -> Callable[[dict[str, Any]], tuple[object, bool]]:
    def do(options: dict[str, Any]) -> tuple[object, bool]:
        change(actor=ACTOR, destination_id=options["id"])
        return {"id": options["id"], "done": options["verb"]}, True

    return do


_STEPS = {
    "pause": "send nothing more until it is resumed",
    "resume": "send again, whatever it was that stopped it",
    "rewind": "begin anew with the first statement that matches",
}
_VERBS: dict[str, Callable[[dict[str, Any]], tuple[object, bool]]] = {
    "list": _list,
    "run": _run,
    "replay": _replay,
    "aside": _aside,
    "pause": _step(api.pause_destination),
    "resume": _step(api.resume_destination),
    "rewind": _step(api.rewind_destination),
}
