"""From a file and what is known to the plan of what would change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mycelia.people.calc.consistency import consistency_problems
from mycelia.people.calc.fingerprint import fingerprint
from mycelia.people.calc.labels import Labels
from mycelia.people.calc.steps import HistoryWouldChange, placement_fields, placement_of, step_for
from mycelia.people.calc.units import unit_changes
from mycelia.people.types import (
    ChangeKind,
    Directory,
    FieldChange,
    FileRow,
    ImportPlan,
    KnownPerson,
    PersonChange,
    PersonValues,
    Problem,
    Reading,
)

IDENTITY = ("email", "given_name", "family_name", "language")
DEFAULT_LANGUAGE = "en"


class Planner:
    """Compares one file with one state of the directory; `plan` is the answer."""

    def __init__(self, reading: Reading, directory: Directory, *, as_of: date, full: bool) -> None:
        self.reading = reading
        self.directory = directory
        self.as_of = as_of
        self.full = full
        self.units = unit_changes(reading.rows, directory.units)
        self.unit_names = {code: unit.name for code, unit in directory.units.items()}
        self.unit_names |= {unit.code: unit.name for unit in (*self.units.new, *self.units.renamed)}
        self.names = {number: person.values.full_name for number, person in directory.people.items()}
        self.names |= {row.employee_number: row.full_name for row in reading.rows}
        self.positions = Labels("position", directory.positions)
        self.locations = Labels("location", directory.locations)
        self.cost_centres = Labels("cost_centre", directory.cost_centres)

    def plan(self) -> ImportPlan:
        """Return what the file would do, or all that keeps it from being applied."""
        late: list[Problem] = []
        changes = [change for row in self.reading.rows if (change := self._change(row, late))]
        changes += self._deactivations()
        problems = [*self.reading.problems, *self.units.problems, *late]
        problems += consistency_problems(self.reading, self.directory, as_of=self.as_of, full=self.full)
        entries = [*self.positions.new.values(), *self.locations.new.values(), *self.cost_centres.new.values()]
        plan = ImportPlan(
            row_count=len(self.reading.numbers),
            problems=tuple(sorted(problems, key=lambda problem: (problem.line or 0, problem.column, problem.code))),
            changes=() if problems else tuple(changes),
            unchanged=len(self.reading.rows) - sum(change.line is not None for change in changes),
            employed=sum(p.is_active and p.employed_after(self.as_of) for p in self.directory.people.values()),
            new_units=self.units.new,
            renamed_units=() if problems else self.units.renamed,
            new_entries=() if problems else tuple(entries),
            encoding=self.reading.encoding,
            delimiter=self.reading.delimiter,
        )
        return fingerprint(plan)

    def _change(self, row: FileRow, problems: list[Problem]) -> PersonChange | None:
        known = self.directory.people.get(row.employee_number)
        wanted = placement_of(row, known, self.as_of, self.positions, self.locations, self.cost_centres)
        try:
            step = step_for(known, wanted, row.valid_from or self.as_of)
        except HistoryWouldChange as refusal:
            problems.append(
                Problem("too_early", row.line, "valid_from", str(refusal.day), {"since": str(refusal.since)})
            )
            return None
        values = _values(row, known)
        fields = [*_identity_fields(values, known)]
        if step is not None:
            before = known.employments[-1].placement if known and known.employments else None
            fields += placement_fields(before, step, self._shown)
        kind = _kind(known)
        if kind is ChangeKind.CHANGED and not fields and step is None:
            return None
        return PersonChange(kind, values, tuple(fields), row.line, known.id if known else None, step)

    def _shown(self, field: str, code: str) -> str:
        match field:
            case "unit":
                return self.unit_names.get(code, code)
            case "manager":
                return f"{self.names.get(code, '')} ({code})".strip() if code else ""
            case "position":
                return self.positions.name_of(code)
            case "location":
                return self.locations.name_of(code)
            case _:
                return self.cost_centres.name_of(code)

    def _deactivations(self) -> Iterable[PersonChange]:
        if not self.full:
            return []
        return [
            PersonChange(ChangeKind.DEACTIVATED, person.values, person_id=person.id)
            for number, person in sorted(self.directory.people.items())
            if number not in self.reading.numbers and person.is_active and person.employed_after(self.as_of)
        ]


def _kind(known: KnownPerson | None) -> ChangeKind:
    if known is None:
        return ChangeKind.CREATED
    return ChangeKind.CHANGED if known.is_active else ChangeKind.REACTIVATED


def _values(row: FileRow, known: KnownPerson | None) -> PersonValues:
    language = row.language or (known.values.language if known else DEFAULT_LANGUAGE)
    return PersonValues(row.employee_number, row.email, row.given_name, row.family_name, language)


def _identity_fields(values: PersonValues, known: KnownPerson | None) -> Iterable[FieldChange]:
    for name in IDENTITY:
        old, new = getattr(known.values, name) if known else "", getattr(values, name)
        if old != new:
            yield FieldChange(name, old, new)
