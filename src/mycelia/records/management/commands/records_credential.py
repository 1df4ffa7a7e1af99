"""`mycelia records credential create --name N --scope S`."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor
from mycelia.records import api
from mycelia.records.types import Scope

ACTOR = "mycelia records credential"


class Command(BaseCommand):
    """Exit status 0 with JSON on standard output, 1 when refused, 2 for wrong usage."""

    requires_system_checks = ()
    help = "Give out credentials with which other systems write to and read from the record store."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        create = verbs.add_parser("create", help="make a key and secret and print them once, as JSON")
        create.add_argument("--name", required=True, help="what the credential is for; shown in authorities")
        create.add_argument(
            "--scope",
            required=True,
            action="append",
            choices=[scope.value for scope in Scope],
            help="what it covers; may be given several times",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the credential."""
        scopes = {Scope(name) for name in options["scope"]}
        try:
            made = api.create_credential(actor=Actor.system(ACTOR), name=options["name"], scopes=scopes)
        except MyceliaError as error:
            raise CommandError(str(error)) from error
        answer = {
            "id": made.credential_id,
            "name": made.name,
            "key": made.key,
            "secret": made.secret,
            "scopes": list(made.scopes),
            "endpoint": f"{settings.MYCELIA_PUBLIC_URL.rstrip('/')}/xapi/",
        }
        self.stdout.write(json.dumps(answer, ensure_ascii=False))
