"""Two-word commands: `mycelia import people FILE` runs the management command `import_people`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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


def group_usage(arguments: Sequence[str], commands: Iterable[str]) -> str:
    """Return what may follow a group that stands alone or asks for help; empty where a verb follows.

    Example:
        >>> print(group_usage(["mycelia", "audit"], ["audit_verify", "audit_export", "serve"]))
        mycelia audit export
        mycelia audit verify
    """
    match arguments:
        case [program, group] | [program, group, "-h" | "--help"] if group in GROUPS:
            verbs = sorted(name.removeprefix(f"{group}_") for name in commands if name.startswith(f"{group}_"))
            return "\n".join(f"{program.rpartition('/')[2]} {group} {verb.replace('_', '-')}" for verb in verbs)
        case _:
            return ""
