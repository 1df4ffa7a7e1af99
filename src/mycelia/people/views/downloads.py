"""Files to take away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from mycelia.kernel.policy import require
from mycelia.people.api import ImportPeople
from mycelia.people.calc.spreadsheets import csv_text
from mycelia.people.pages import downloads


@require_safe
def example(request: Any) -> HttpResponse:
    """Give a small people file to start from."""
    require(request.actor, ImportPeople())
    return _csv("people-example.csv", downloads.example_rows())


@require_safe
def problems(request: Any, run_id: int) -> HttpResponse:
    """Give everything that is wrong with a file."""
    require(request.actor, ImportPeople())
    return _csv(f"import-{run_id}-problems.csv", downloads.problem_rows(run_id))


@require_safe
def changes(request: Any, run_id: int) -> HttpResponse:
    """Give everything an import changes."""
    require(request.actor, ImportPeople())
    return _csv(f"import-{run_id}-changes.csv", downloads.change_rows(run_id))


def _csv(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
