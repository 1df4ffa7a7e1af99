"""`mycelia grant ROLE EMAIL`: give a role, for the first administrator above all."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from mycelia.access import api
from mycelia.access.models import ASSIGNED_ROLES
from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor, Role


class Command(BaseCommand):
    """Exit status 0 when the person holds the role afterwards, 1 when nobody has that e-mail."""

    help = "Give a role over the whole company to the person with an e-mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=[role.value for role in ASSIGNED_ROLES], metavar="ROLE")
        parser.add_argument("email", metavar="EMAIL")

    def handle(self, *args: Any, **options: Any) -> None:
        person = get_user_model().objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"Nobody has the e-mail {options['email']}. Import people first, or createsuperuser.")
        try:
            api.grant_role(actor=Actor.system("command line"), person_id=person.pk, role=Role(options["role"]))
        except MyceliaError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{person.email} holds the role {options['role']}.")
