"""`mycelia import people FILE`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mycelia.kernel.errors import MyceliaError
from mycelia.kernel.policy import Actor
from mycelia.people import api
from mycelia.people.calc.columns import MAXIMUM_BYTES
from mycelia.people.errors import DeactivationsUnconfirmed, MassDeactivation, PeopleFileRefused
from mycelia.people.sentences import field_label, sentence
from mycelia.people.types import ChangeKind, ImportPlan, Problem

ACTOR = "mycelia import people"


class Command(BaseCommand):
    """Import a people file: checked first, applied wholly or not at all."""

    requires_system_checks = ()
    help = (
        "Import a people file (CSV). Exit status: 0 applied, nothing to do, or a dry run without problems; "
        "1 refused, nothing was changed; 2 wrong usage."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="the file; the columns are described in docs/talent.md")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
        parser.add_argument("--full", action="store_true", help="the file names everybody: deactivate who is missing")
        parser.add_argument(
            "--confirm-deactivations",
            type=int,
            metavar="N",
            help="with --full: the exact number of people who are to be deactivated",
        )
        parser.add_argument(
            "--allow-mass-deactivation",
            action="store_true",
            help="with --full: also when more than 10 people and more than a fifth of the company would go",
        )
        parser.add_argument("--json", action="store_true", help="answer with JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check or import the file."""
        content = _content(options["file"])
        _say(f"Checking {options['file'].name} ({len(content):,} bytes) ...")
        try:
            if options["dry_run"]:
                self._finish(api.check_people_file(content, options["full"]), options, applied=False)
            else:
                self._import(content, options)
        except MyceliaError as error:
            self._refuse(error, options)

    def _import(self, content: bytes, options: dict[str, Any]) -> None:
        result = api.import_people(
            Actor.system(ACTOR),
            content,
            options["full"],
            options["confirm_deactivations"],
            brake_released=options["allow_mass_deactivation"],
            file_name=options["file"].name,
        )
        self._finish(result.plan, options, applied=result.run_id is not None)

    def _finish(self, plan: ImportPlan, options: dict[str, Any], *, applied: bool) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(plan, applied=applied), ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_lines(plan, applied=applied, dry_run=options["dry_run"])))
        if plan.problems:
            sys.exit(1)

    def _refuse(self, error: MyceliaError, options: dict[str, Any]) -> None:
        if isinstance(error, PeopleFileRefused):
            self._finish(error.plan, options, applied=False)
        if options["json"]:
            self.stdout.write(json.dumps({"applied": False, "error": error.code, "message": str(error), **error.data}))
            sys.exit(1)
        raise CommandError(f"{error}{_advice(error)}", returncode=1)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise CommandError(f"{path} is larger than {MAXIMUM_BYTES // 1024**2} MB", returncode=1)
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"cannot read {path}: {error.strerror}", returncode=1) from error


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _advice(error: MyceliaError) -> str:
    leaving = error.data.get("deactivations")
    if isinstance(error, DeactivationsUnconfirmed):
        return f" Missing: {leaving}. If that is right, repeat with --confirm-deactivations {leaving}."
    if isinstance(error, MassDeactivation):
        return (
            f" {leaving} of {error.data['employed']} would be deactivated."
            " If that is right, repeat with --allow-mass-deactivation."
        )
    return ""


def _lines(plan: ImportPlan, *, applied: bool, dry_run: bool) -> Iterator[str]:
    if plan.problems:
        yield f"{len(plan.problems)} problems, nothing was changed:"
        yield from (_problem_line(problem) for problem in plan.problems)
        return
    for unit in plan.new_units:
        yield f"new unit        {unit.code}  {unit.name}  (under {unit.parent_code or '-'})"
    for unit in plan.renamed_units:
        yield f"renamed unit    {unit.code}  {unit.name}"
    for entry in plan.new_entries:
        yield f"{'new ' + entry.list.replace('_', ' '):<15} {entry.name}"
    if dry_run:
        yield from _change_lines(plan)
    counts = ", ".join(f"{plan.count(kind)} {kind.value}" for kind in ChangeKind)
    yield f"{counts}, {plan.unchanged} unchanged."
    if dry_run:
        yield "Dry run: nothing was changed."
    elif not applied:
        yield "There was nothing to change."
    else:
        yield "Applied."


def _problem_line(problem: Problem) -> str:
    place = "file" if problem.line is None else f"line {problem.line}"
    value = f" [{problem.value}]" if problem.value else ""
    return f"  {place}{', ' + problem.column if problem.column else ''}{value}: {sentence(problem)}"


def _change_lines(plan: ImportPlan) -> Iterator[str]:
    for change in plan.changes:
        yield f"{change.kind.value:<15} {change.values.employee_number}  {change.values.full_name}"
        if change.kind is not ChangeKind.CREATED:
            yield from (f"    {field_label(f.field)}: {f.old or '-'} → {f.new or '-'}" for f in change.fields)


def _as_json(plan: ImportPlan, *, applied: bool) -> dict[str, Any]:
    return {
        "applied": applied,
        "rows": plan.row_count,
        "encoding": plan.encoding,
        "delimiter": plan.delimiter,
        "counts": {kind.value: plan.count(kind) for kind in ChangeKind} | {"unchanged": plan.unchanged},
        "problems": [
            {"line": p.line, "column": p.column, "value": p.value, "code": p.code, "reason": sentence(p)}
            for p in plan.problems
        ],
        "new_units": [unit.code for unit in plan.new_units],
        "renamed_units": [unit.code for unit in plan.renamed_units],
        "new_entries": [{"list": e.list, "code": e.code, "name": e.name} for e in plan.new_entries],
        "changes": [
            {
                "kind": change.kind.value,
                "line": change.line,
                "employee_number": change.values.employee_number,
                "name": change.values.full_name,
                "fields": {field.field: [field.old, field.new] for field in change.fields},
            }
            for change in plan.changes
        ],
    }
