"""`mycelia demo`: the demo company, seeded once and served."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from mycelia.demo.design import CompanyTooSmall
from mycelia.demo.design.accounts import ACCOUNTS, PASSWORD
from mycelia.demo.loading.seed import is_seeded, seed
from mycelia.kernel.policy import Role

PEOPLE, COURSES = 250, 12
MOST_COURSES = 1400


class Command(BaseCommand):
    """Makes the demo company on the first run; later runs keep what people changed."""

    help = "Fill an empty installation with an invented company, say who can sign in, and serve it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--seed-only", action="store_true", help="Stop once the company is there.")
        parser.add_argument("--people", type=int, default=PEOPLE, metavar="N", help=f"People ({PEOPLE}).")
        parser.add_argument("--courses", type=int, default=COURSES, metavar="N", help=f"Courses ({COURSES}).")
        parser.add_argument("--host", default="127.0.0.1", help="Address to listen on (127.0.0.1).")
        parser.add_argument("--port", type=int, default=8000, help="Port to listen on (8000).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, seed what is missing, print the accounts, serve."""
        if not COURSES <= options["courses"] <= MOST_COURSES:
            raise CommandError(f"--courses takes a number from {COURSES} to {MOST_COURSES}.")
        logging.disable(logging.INFO)
        self._prepare(options["people"], options["courses"])
        logging.disable(logging.NOTSET)
        self._say_who_can_sign_in()
        if not options["seed_only"]:
            call_command("serve", host=options["host"], port=options["port"])

    def _prepare(self, people_count: int, course_count: int) -> None:
        if _migrations_wait():
            call_command("migrate", verbosity=0, interactive=False)
        if is_seeded():
            self._say("The demo company is here already; everything you changed has been kept.")
        else:
            self._seed(people_count, course_count)

    def _seed(self, people_count: int, course_count: int) -> None:
        if get_user_model().objects.exists():
            raise CommandError(
                "This installation already has people. The demo company goes into an empty one: "
                "set MYCELIA_HOME (or DATABASE_URL) to another place. Nothing was changed."
            )
        try:
            seed(people_count=people_count, course_count=course_count, say=self._say)
        except CompanyTooSmall as error:
            raise CommandError(str(error)) from error

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _say_who_can_sign_in(self) -> None:
        width = max(len(account.email) for account in ACCOUNTS)
        self._say(f"\nSign in at {settings.MYCELIA_PUBLIC_URL} with the password {PASSWORD}\n")
        for account in ACCOUNTS:
            name = f"{account.given_name} {account.family_name}"
            self._say(f"  {account.email:<{width}}  {Role(account.role).label:<21} {name:<15} {account.can}")
        self._say("\nEverybody else in the company has the same password. All people and figures are invented.\n")


def _migrations_wait() -> bool:
    """Return whether the database is behind; asking is quicker than migrating nothing."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
