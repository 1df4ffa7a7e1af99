"""`mycelia records erasure PERSON`."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor
from mycelia.people import api as people
from mycelia.records import api
from mycelia.records.types import AgentKey

ACTOR = "mycelia records erasure"


class Command(BaseCommand):
    """Exit status 0 when done, 1 when refused, 2 for wrong usage."""

    requires_system_checks = ()
    help = (
        "Take a person out of all statements and documents: a pseudonym that leads nowhere stands in their place. "
        "This cannot be undone; exports and backups made before are not reached."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("person", help="e-mail or employee number")
        parser.add_argument("--also-mbox", action="append", default=[], metavar="MAILTO", help="another mbox of theirs")
        parser.add_argument("--also-sha1", action="append", default=[], metavar="SHA1", help="the hash of a mailbox")
        parser.add_argument("--also-openid", action="append", default=[], metavar="IRI", help="an OpenID of theirs")
        parser.add_argument(
            *("--also-account",), nargs=2, action="append", default=[], metavar=("HOMEPAGE", "NAME"), help="an account"
        )
        parser.add_argument("--yes", action="store_true", help="really do it")
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase the person."""
        person = people.person_by_email(options["person"]) or people.person_by_number(options["person"])
        if person is None:
            raise CommandError(f"nobody has the e-mail or employee number {options['person']}", returncode=1)
        if not options["yes"]:
            raise CommandError(f"{person.full_name} would be taken out of the records; repeat with --yes", returncode=1)
        also = [AgentKey("mbox", mbox) for mbox in options["also_mbox"]]
        also += [AgentKey("mbox_sha1sum", one.lower()) for one in options["also_sha1"]]
        also += [AgentKey("openid", one) for one in options["also_openid"]]
        also += [AgentKey("account", name, home_page) for home_page, name in options["also_account"]]
        named = api.Named(person.pk, person.email, person.employee_number, person.full_name)
        try:
            done = api.erase_person(actor=Actor.system(ACTOR), person=named, also=also)
        except MyceliaError as error:
            raise CommandError(str(error), returncode=1) from error
        counts = {"statements": done.statements, "documents": done.documents, "attachments": done.attachments}
        sentence = "Pseudonymised: {statements} statements, {documents} documents; {attachments} attachments removed."
        self.stdout.write(json.dumps(counts) if options["json"] else sentence.format(**counts))
