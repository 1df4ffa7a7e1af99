"""Two-word commands: `mycelia import people FILE` runs the management command `import_people`."""

from __future__ import annotations

from collections.abc import Sequence

GROUPS = frozenset({"import", "audit", "records", "case", "attempts"})


def regroup(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with a group and its verb joined into the name of a management command.

    Example:
        >>> regroup(["mycelia", "audit", "verify", "--json"])
        ['mycelia', 'audit_verify', '--json']
    """
    result = list(arguments)
    if len(result) > 2 and result[1] in GROUPS and not result[2].startswith("-"):
        result[1:3] = [f"{result[1]}_{result[2].replace('-', '_')}"]
    return result
