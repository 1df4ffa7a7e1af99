"""Rules that tie a row to other rows and to what is known: e-mails and managers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from mycelia.people.calc.cycles import cycles
from mycelia.people.types import Directory, FileRow, Problem, Reading

_COLUMN = "manager_employee_number"
_SHOWN_IN_CYCLE = 8


def consistency_problems(reading: Reading, directory: Directory, *, as_of: date, full: bool) -> list[Problem]:
    """Return every clash of the file's rows with each other and with the directory."""
    managers = _managers(reading, directory, as_of)
    problems = [*_taken_emails(reading, directory)]
    for row in reading.rows:
        number = managers[row.employee_number]
        if number and (code := _manager_problem(row, number, reading, directory, full=full)):
            problems.append(Problem(code, row.line, _COLUMN, number))
    problems += _manager_cycles(reading, directory, managers)
    return problems


def _taken_emails(reading: Reading, directory: Directory) -> Iterator[Problem]:
    taken = {
        person.values.email.upper(): number
        for number, person in directory.people.items()
        if number not in reading.numbers
    }
    for row in reading.rows:
        if row.email and row.email.upper() in taken:
            yield Problem("email_taken", row.line, "email", row.email, {"number": taken[row.email.upper()]})


def _managers(reading: Reading, directory: Directory, as_of: date) -> dict[str, str]:
    """Return the manager of everybody active, as the file would leave it; empty for none."""
    managers = {}
    for number, person in directory.people.items():
        employment = person.employment_on(as_of)
        managers[number] = employment.placement.manager_number if employment and person.is_active else ""
    for row in reading.rows:
        if row.manager_employee_number is not None:
            managers[row.employee_number] = row.manager_employee_number
        else:
            managers.setdefault(row.employee_number, "")
    return managers


def _manager_problem(row: FileRow, number: str, reading: Reading, directory: Directory, *, full: bool) -> str:
    if number == row.employee_number:
        return "own_manager"
    if number in reading.numbers:
        return ""
    manager = directory.people.get(number)
    if manager is None:
        return "unknown_manager"
    if not manager.is_active:
        return "inactive_manager"
    return "leaving_manager" if full and manager.employments else ""


def _manager_cycles(reading: Reading, directory: Directory, managers: Mapping[str, str]) -> Iterator[Problem]:
    rows = {row.employee_number: row for row in reading.rows}
    chains = {number: manager for number, manager in managers.items() if manager and manager != number}
    for circle in cycles(chains):
        for place, number in enumerate(circle):
            if number in rows:
                people = [*circle[place:], *circle[:place], number]
                chain = " → ".join(_name(person, rows, directory) for person in _shortened(people))
                yield Problem("manager_cycle", rows[number].line, _COLUMN, chains[number], {"chain": chain})


def _shortened(people: list[str]) -> list[str]:
    if len(people) <= _SHOWN_IN_CYCLE:
        return people
    return [*people[: _SHOWN_IN_CYCLE - 2], "…", people[-1]]


def _name(number: str, rows: Mapping[str, FileRow], directory: Directory) -> str:
    if number in rows:
        return f"{rows[number].full_name} ({number})"
    known = directory.people.get(number)
    return f"{known.values.full_name} ({number})" if known else number
