"""Which units a people file names, brings and renames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mycelia.people.calc.cycles import cycles
from mycelia.people.types import FileRow, KnownUnit, Problem


@dataclass(frozen=True, slots=True)
class UnitChanges:
    """New units (parents first), renamed units, and what does not fit together."""

    new: tuple[KnownUnit, ...] = ()
    renamed: tuple[KnownUnit, ...] = ()
    problems: tuple[Problem, ...] = ()


def unit_changes(rows: Sequence[FileRow], known: Mapping[str, KnownUnit]) -> UnitChanges:
    """Return what the file does to the organisation.

    A code alone never makes a unit, because units carry people's authority and a typing error must not move
    anybody out of sight. A unit is made when a row gives its name and its parent; the root, which has no parent,
    only while the company has no unit at all.
    """
    definitions, problems = _definitions(rows)
    for row in rows:
        if row.unit_code and row.unit_code not in known and row.unit_code not in definitions:
            problems.append(Problem("unknown_unit", row.line, "unit_code", row.unit_code))
    new: dict[str, KnownUnit] = {}
    renamed: list[KnownUnit] = []
    for code, row in definitions.items():
        unit = KnownUnit(code, row.unit_name or "", row.parent_unit_code or "")
        if code not in known:
            problems += _check_new(unit, row, known, definitions, new)
            new[code] = unit
            continue
        if unit.parent_code and unit.parent_code != known[code].parent_code:
            details = {"parent": known[code].parent_code or "-"}
            problems.append(Problem("unit_elsewhere", row.line, "parent_unit_code", unit.parent_code, details))
        if unit.name != known[code].name:
            renamed.append(KnownUnit(code, unit.name, known[code].parent_code))
    problems += _circles(new, definitions)
    return UnitChanges(() if problems else _parents_first(new), tuple(renamed), tuple(problems))


def _definitions(rows: Sequence[FileRow]) -> tuple[dict[str, FileRow], list[Problem]]:
    found: dict[str, FileRow] = {}
    problems = []
    for row in rows:
        if not row.unit_name or not row.unit_code:
            continue
        first = found.setdefault(row.unit_code, row)
        if (first.unit_name, first.parent_unit_code) != (row.unit_name, row.parent_unit_code):
            column = "unit_name" if first.unit_name != row.unit_name else "parent_unit_code"
            value = (row.unit_name if column == "unit_name" else row.parent_unit_code) or ""
            problems.append(Problem("unit_contradiction", row.line, column, value, {"first_line": str(first.line)}))
    return found, problems


def _check_new(
    unit: KnownUnit,
    row: FileRow,
    known: Mapping[str, KnownUnit],
    definitions: Mapping[str, FileRow],
    new: Mapping[str, KnownUnit],
) -> list[Problem]:
    if unit.parent_code:
        if unit.parent_code in known or unit.parent_code in definitions:
            return []
        return [Problem("unknown_parent_unit", row.line, "parent_unit_code", unit.parent_code)]
    if known:
        return [Problem("unit_without_parent", row.line, "parent_unit_code", details={"unit": unit.code})]
    root = next((other.code for other in new.values() if not other.parent_code), None)
    if root is None:
        return []
    return [Problem("second_root", row.line, "parent_unit_code", details={"unit": unit.code, "root": root})]


def _circles(new: Mapping[str, KnownUnit], definitions: Mapping[str, FileRow]) -> list[Problem]:
    parents = {code: unit.parent_code for code, unit in new.items() if unit.parent_code in new}
    return [
        Problem("unit_cycle", definitions[code].line, "parent_unit_code", code, {"chain": " → ".join([*circle, code])})
        for circle in cycles(parents)
        for code in circle[:1]
    ]


def _parents_first(new: Mapping[str, KnownUnit]) -> tuple[KnownUnit, ...]:
    def depth(unit: KnownUnit) -> int:
        return 1 + depth(new[unit.parent_code]) if unit.parent_code in new else 0

    return tuple(sorted(new.values(), key=lambda unit: (depth(unit), unit.code)))
