"""Files to take away: an example, the problems of an import, its changes."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mycelia.kernel.errors import NotFound
from mycelia.people import api
from mycelia.people.calc.columns import COLUMN_NAMES
from mycelia.people.models import ImportRun
from mycelia.people.pages.imports import change_fields, problem_row

EXAMPLE = (
    "E1001,mara.lindqvist@example.com,Mara,Lindqvist,HQ,Headquarters,,,Managing director,Rotterdam,1000,2026-01-01,en",
    "E1002,tomas.okafor@example.com,Tomas,Okafor,SALES,Sales,HQ,E1001,Head of sales,Rotterdam,4100,2026-01-01,en",
    "E1003,ines.duarte@example.com,Inês,Duarte,SALES-N,Sales North,SALES,E1002,Account executive,Porto,4110,,pt",
    "E1004,ravi.menon@example.com,Ravi,Menon,SALES-N,,,E1002,Account executive,,4110,,",
)


def example_rows() -> Iterator[list[str]]:
    """Yield a small file that can be imported into an empty company."""
    yield list(COLUMN_NAMES)
    for line in EXAMPLE:
        yield line.split(",")


def problem_rows(run_id: int) -> Iterator[tuple[object, ...]]:
    """Yield an import's problems.

    Raises:
        NotFound: There is no such import.
    """
    run = _run(run_id)
    yield _("Line"), _("Column"), _("Value"), _("Problem")
    for stored in api.import_problems(run).iterator():
        row = problem_row(stored)
        yield row.line or "", row.column, row.value, row.sentence


def change_rows(run_id: int) -> Iterator[tuple[object, ...]]:
    """Yield an import's changes, one line for each field.

    Raises:
        NotFound: There is no such import.
    """
    run = _run(run_id)
    yield _("Line"), _("Employee number"), _("Name"), _("Change"), _("Field"), _("Before"), _("After")
    for stored in api.import_changes(run).iterator():
        start = (stored.line or "", stored.employee_number, stored.name, stored.kind)
        for name, old, new in change_fields(stored) or (("", "", ""),):
            yield (*start, name, old, new)


def _run(run_id: int) -> ImportRun:
    run = api.import_run(run_id)
    if run is None:
        raise NotFound(run=run_id)
    return run
