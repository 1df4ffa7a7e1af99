"""Keeping a plan with its import, for review before and for the record after."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from django.db import connection

from mycelia.people.actions.writing import copy_rows
from mycelia.people.models import ImportChange, ImportProblem, ImportRun
from mycelia.people.types import ChangeKind, ImportPlan


def record_plan(run: ImportRun, plan: ImportPlan) -> None:
    """Store what the plan found, in place of what an earlier check has stored."""
    forget_plan(run)
    run.encoding, run.delimiter, run.row_count = plan.encoding, plan.delimiter, plan.row_count
    run.unchanged, run.employed, run.problem_count = plan.unchanged, plan.employed, len(plan.problems)
    for kind in ChangeKind:
        setattr(run, kind.value, plan.count(kind))
    run.additions = [
        *({"list": "unit", "code": unit.code, "name": unit.name} for unit in plan.new_units),
        *({"list": "renamed_unit", "code": unit.code, "name": unit.name} for unit in plan.renamed_units),
        *(asdict(entry) for entry in plan.new_entries),
    ]
    run.plan_digest = plan.digest
    run.save()
    with connection.cursor() as cursor:
        copy_rows(cursor, "people_importproblem", 'run_id, line, "column", code, value, details', _problems(run, plan))
        copy_rows(
            cursor, "people_importchange", "run_id, line, kind, employee_number, name, fields", _changes(run, plan)
        )


def forget_plan(run: ImportRun) -> None:
    """Delete what a check has stored."""
    ImportProblem.objects.filter(run=run).delete()
    ImportChange.objects.filter(run=run).delete()


def _problems(run: ImportRun, plan: ImportPlan) -> Iterable[tuple[object, ...]]:
    for problem in plan.problems:
        details = json.dumps(dict(problem.details))
        yield run.pk, problem.line, problem.column[:80], problem.code, problem.value[:254], details


def _changes(run: ImportRun, plan: ImportPlan) -> Iterable[tuple[object, ...]]:
    for change in plan.changes:
        fields = json.dumps([[field.field, field.old, field.new] for field in change.fields])
        name = change.values.full_name[:254]
        yield run.pk, change.line, change.kind.value, change.values.employee_number, name, fields
