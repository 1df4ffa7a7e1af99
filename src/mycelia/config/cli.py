"""The `mycelia` command: Django's management utility under the product's own name."""

from __future__ import annotations

import os
import sys

from mycelia.config.command_groups import regroup


def main() -> None:
    """Run one command; exit status 0 (done), 1 (refused or failed) or 2 (wrong usage)."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mycelia.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(regroup(sys.argv))


if __name__ == "__main__":
    main()
