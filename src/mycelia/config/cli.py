"""The `mycelia` command: Django's management utility under the product's own name."""

from __future__ import annotations

import gc
import os
import sys

from mycelia.config.command_groups import group_usage, regroup
from mycelia.config.environment import WrongEnvironment
from mycelia.config.serve.default_origins import set_default_origins

MISSING_TABLE_OR_COLUMN = ("42P01", "42703")


def main() -> None:
    """Run one command; exit status 0 (done), 1 (refused or failed) or 2 (wrong usage)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mycelia.config.settings")
    set_default_origins(sys.argv, os.environ)
    from django.core.management import execute_from_command_line, get_commands
    from django.db import OperationalError, ProgrammingError

    from mycelia.kernel.errors import MyceliaError

    try:
        _load()
        if usage := group_usage(sys.argv, get_commands()):
            print(usage)
            sys.exit(0 if len(sys.argv) > 2 else 2)
        else:
            execute_from_command_line(regroup(sys.argv))
    except (MyceliaError, WrongEnvironment) as error:
        refuse(str(error))
    except OperationalError as error:
        refuse(f"The database cannot be used: {str(error).strip()}\nWhat was saved is safe. See: mycelia doctor")
    except ProgrammingError as error:
        if getattr(error.__cause__, "sqlstate", None) not in MISSING_TABLE_OR_COLUMN:
            raise
        refuse("The database has not the tables of this version. Run: mycelia migrate")


def _load() -> None:
    """Load the product; nothing made meanwhile is garbage, and looking for some would cost a tenth of the time."""
    import django

    gc.disable()
    try:
        django.setup()
    finally:
        gc.freeze()
        gc.enable()


def refuse(reason: str) -> None:
    """End with the reason alone: the person at the terminal can act on it, and not on a stack."""
    print(f"mycelia: {reason}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
