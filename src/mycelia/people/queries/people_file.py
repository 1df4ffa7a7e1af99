"""What applying a people file would do."""

from __future__ import annotations

from datetime import date

from mycelia.kernel import clock
from mycelia.people.calc.planning import Planner
from mycelia.people.calc.reading import read_people_file
from mycelia.people.queries.directory import directory
from mycelia.people.types import Directory, ImportPlan


def check_people_file(content: bytes, full: bool = False, *, as_of: date | None = None) -> ImportPlan:
    """Return the plan of an import: every problem, or else every change; nothing is written.

    Args:
        content: The file.
        full: The file names everybody, so that whoever is missing would be deactivated.
        as_of: The day on which rows without a date take effect; today when None.
    """
    reading = read_people_file(content)
    known = directory() if reading.rows else Directory()
    return Planner(reading, known, as_of=as_of or clock.today(), full=full).plan()
