"""Imports and what they found."""

from __future__ import annotations

from django.db.models import QuerySet

from mycelia.people.models import ImportChange, ImportProblem, ImportRun, Person


def import_runs() -> QuerySet[ImportRun]:
    """Return every import, the latest first, without the files' contents."""
    return ImportRun.objects.defer("content").select_related("uploaded_by", "applied_by")


def import_run(run_id: int) -> ImportRun | None:
    """Return one import without its file's content; None when there is none."""
    return import_runs().filter(pk=run_id).first()


def import_problems(run: ImportRun) -> QuerySet[ImportProblem]:
    """Return what is wrong with the file, from its first line to its last."""
    return ImportProblem.objects.filter(run=run)


def import_changes(run: ImportRun, kind: str = "") -> QuerySet[ImportChange]:
    """Return what the import changes, in the order of the file; one kind of change when given."""
    changes = ImportChange.objects.filter(run=run)
    return changes.filter(kind=kind) if kind else changes


def imported_people(run_id: int) -> QuerySet[Person]:
    """Return the people an import has touched."""
    numbers = ImportChange.objects.filter(run_id=run_id).values("employee_number")
    return Person.objects.filter(employee_number__in=numbers)
