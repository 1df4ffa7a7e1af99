"""People files for tests."""

from __future__ import annotations

from datetime import date

from mycelia.people.calc.planning import Planner
from mycelia.people.calc.reading import read_people_file
from mycelia.people.types import Directory, ImportPlan, KnownUnit
from mycelia.people.types import Problem as Problem

TODAY = date(2026, 6, 1)
HEADER = "employee_number,email,given_name,family_name,unit_code,manager_employee_number,valid_from"
COMPANY = Directory(units={"HQ": KnownUnit("HQ", "Headquarters", ""), "SALES": KnownUnit("SALES", "Sales", "HQ")})


def people_file(*rows: str, header: str = HEADER, encoding: str = "utf-8") -> bytes:
    """Return a people file with these lines below the header."""
    return "\n".join([header, *rows, ""]).encode(encoding)


def row(number: str, *, unit: str = "HQ", manager: str = "", valid_from: str = "", email: str = "") -> str:
    """Return a row that is well-formed."""
    return f"{number},{email or number.lower() + '@example.com'},Name,{number},{unit},{manager},{valid_from}"


def plan_of(content: bytes, directory: Directory = COMPANY, *, full: bool = False, as_of: date = TODAY) -> ImportPlan:
    """Return the plan of a file against a directory."""
    return Planner(read_people_file(content), directory, as_of=as_of, full=full).plan()


def reasons(plan: ImportPlan) -> list[tuple[str, int | None, str]]:
    """Return code, line and column of each problem."""
    return [(problem.code, problem.line, problem.column) for problem in plan.problems]
