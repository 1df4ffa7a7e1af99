"""Sending a people file, and reviewing what it would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.kernel.errors import NotFound
from mycelia.people import api
from mycelia.people.calc.columns import COLUMNS
from mycelia.people.calc.deactivation import brakes
from mycelia.people.forms import ApplicationForm, PeopleFileForm
from mycelia.people.models import ImportChange, ImportProblem, ImportRun, ImportState
from mycelia.people.sentences import COLUMN_MEANINGS, field_label, sentence
from mycelia.people.types import ChangeKind, Problem
from mycelia.ui.types import Breadcrumb

PAGE_SIZE = 50
WORKING = frozenset({ImportState.UPLOADED, ImportState.CHECKING, ImportState.APPLYING})
_TONES = {
    ChangeKind.CREATED: "success",
    ChangeKind.CHANGED: "info",
    ChangeKind.REACTIVATED: "accent",
    ChangeKind.DEACTIVATED: "danger",
}
_NAMES = frozenset({"given_name", "family_name"})
"""A new person's name is in the row already."""


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column of a people file, as the page explains it."""

    name: str
    meaning: Any
    example: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class RunRow:
    """One import in the history."""

    run: ImportRun
    state: str
    tone: str
    summary: str


@dataclass(frozen=True, slots=True)
class ImportsPage:
    """Where files are sent, and what was sent before."""

    title: str
    lead: str
    form: PeopleFileForm
    columns: tuple[ColumnRow, ...]
    runs: tuple[RunRow, ...]
    page: Page[ImportRun]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One problem as it is read."""

    line: int | None
    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One person's change as it is read."""

    name: str
    employee_number: str
    url: str
    line: int | None
    kind: str
    kind_code: str
    tone: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class RunPage:
    """One import: its plan, or what was done."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    run: ImportRun
    steps: tuple[tuple[str, str], ...]
    is_working: bool
    is_stalled: bool
    changes_anything: bool
    form: ApplicationForm | None
    kinds: tuple[tuple[str, str, bool], ...]
    kind: str
    problems: tuple[ProblemRow, ...]
    changes: tuple[ChangeRow, ...]
    additions: tuple[tuple[str, str], ...]
    page: Page[Any] | None

    @property
    def touched(self) -> int:
        """Return how many people change."""
        return self.run.created + self.run.changed + self.run.reactivated + self.run.deactivated


def imports_page(form: PeopleFileForm, number: str) -> ImportsPage:
    """Return the page on which files are sent."""
    page = Paginator(api.import_runs(), 20).get_page(number)
    return ImportsPage(
        title=_("Import people"),
        lead=_("Send a file from your HR system. You see every change before anything is written."),
        form=form,
        columns=tuple(ColumnRow(c.name, COLUMN_MEANINGS[c.name], c.example, c.column_required) for c in COLUMNS),
        runs=tuple(RunRow(run, _run_state(run), _run_tone(run), _summary(run)) for run in page.object_list),
        page=page,
    )


def run_page(run_id: int, *, kind: str = "", number: str = "1", form: ApplicationForm | None = None) -> RunPage:
    """Return one import's page.

    Raises:
        NotFound: There is no such import.
    """
    run = api.import_run(run_id)
    if run is None:
        raise NotFound(run=run_id)
    chosen = kind if kind in set(ChangeKind) else ""
    found: Any = api.import_problems(run) if run.problem_count else api.import_changes(run, chosen)
    shown = run.state in {ImportState.CHECKED, ImportState.APPLIED}
    page = Paginator(found, PAGE_SIZE).get_page(number) if shown else None
    items = list(page.object_list) if page else []
    ready = run.state == ImportState.CHECKED and not run.problem_count and api.changes_anything(run)
    return RunPage(
        title=run.file_name,
        breadcrumbs=(Breadcrumb(_("Import"), reverse("people:imports")), Breadcrumb(run.file_name)),
        run=run,
        steps=_steps(run),
        is_working=run.state in WORKING,
        is_stalled=api.is_stalled(run),
        changes_anything=api.changes_anything(run),
        form=(form or application_form(run)) if ready else None,
        kinds=tuple((k.value, kind_label(k, getattr(run, k.value)), k == chosen) for k in ChangeKind),
        kind=chosen,
        problems=tuple(problem_row(item) for item in items) if run.problem_count else (),
        changes=() if run.problem_count else tuple(_change_rows(items)),
        additions=tuple(_additions(run)),
        page=page,
    )


def application_form(run: ImportRun, data: Any = None) -> ApplicationForm:
    """Return the form that applies a plan, asking for just the confirmations it needs."""
    return ApplicationForm(
        data,
        initial={"plan": run.plan_digest, "deactivations": run.deactivated},
        leaving=run.deactivated,
        brake=brakes(run.deactivated, run.employed),
    )


def problem_row(stored: ImportProblem) -> ProblemRow:
    """Return a stored problem in the reader's language."""
    problem = Problem(stored.code, stored.line, stored.column, stored.value, stored.details)
    return ProblemRow(stored.line, stored.column, stored.value, sentence(problem))


def change_fields(stored: ImportChange) -> tuple[tuple[str, str, str], ...]:
    """Return a stored change's fields, named in the reader's language."""
    return tuple((field_label(name), old, new) for name, old, new in stored.fields)


def kind_label(kind: ChangeKind, count: int) -> str:
    """Return what a kind of change is called, with its number."""
    texts = {
        ChangeKind.CREATED: ngettext("%(n)s new", "%(n)s new", count),
        ChangeKind.CHANGED: ngettext("%(n)s changed", "%(n)s changed", count),
        ChangeKind.REACTIVATED: ngettext("%(n)s reactivated", "%(n)s reactivated", count),
        ChangeKind.DEACTIVATED: ngettext("%(n)s deactivated", "%(n)s deactivated", count),
    }
    return texts[kind] % {"n": f"{count:,}"}


def _change_rows(items: list[ImportChange]) -> Iterable[ChangeRow]:
    numbers = [item.employee_number for item in items]
    known = api.person_ids_by_number(numbers)
    names = {
        ChangeKind.CREATED: _("New"),
        ChangeKind.CHANGED: _("Changed"),
        ChangeKind.REACTIVATED: _("Reactivated"),
        ChangeKind.DEACTIVATED: _("Deactivated"),
    }
    for item in items:
        kind, key = ChangeKind(item.kind), known.get(item.employee_number)
        url = reverse("people:person", args=[key]) if key else ""
        shown = [field for field in item.fields if kind is not ChangeKind.CREATED or field[0] not in _NAMES]
        fields = tuple((field_label(name), old, new) for name, old, new in shown)
        yield ChangeRow(item.name, item.employee_number, url, item.line, names[kind], kind.value, _TONES[kind], fields)


def _additions(run: ImportRun) -> Iterable[tuple[str, str]]:
    titles = {
        "unit": _("New units"),
        "renamed_unit": _("Renamed units"),
        "position": _("New positions"),
        "location": _("New locations"),
        "cost_centre": _("New cost centres"),
    }
    for kind, title in titles.items():
        names = [
            f"{entry['name']} ({entry['code']})" if "unit" in kind else entry["name"]
            for entry in run.additions
            if entry["list"] == kind
        ]
        if names:
            more = _(" and %(count)s more") % {"count": len(names) - 20} if len(names) > 20 else ""
            yield f"{title}: {len(names):,}", ", ".join(names[:20]) + more


def _steps(run: ImportRun) -> tuple[tuple[str, str], ...]:
    place = {
        ImportState.UPLOADED: 1,
        ImportState.CHECKING: 1,
        ImportState.FAILED: 1,
        ImportState.CHECKED: 2,
        ImportState.APPLYING: 3,
    }.get(ImportState(run.state), 4)
    if run.problem_count:
        place = 1
    names = (_("Send"), _("Check"), _("Review"), _("Apply"))
    states = ["done" if i < place else "current" if i == place else "todo" for i in range(len(names))]
    return tuple(zip(names, states, strict=True))


def _run_state(run: ImportRun) -> str:
    if run.state == ImportState.CHECKED and run.problem_count:
        return _("Has problems")
    return str(ImportState(run.state).label)


def _run_tone(run: ImportRun) -> str:
    if run.state == ImportState.FAILED or (run.state == ImportState.CHECKED and run.problem_count):
        return "danger"
    return {ImportState.APPLIED: "success", ImportState.CHECKED: "info"}.get(ImportState(run.state), "neutral")


def _summary(run: ImportRun) -> str:
    if run.problem_count:
        text = ngettext("%(n)s problem", "%(n)s problems", run.problem_count)
        return text % {"n": f"{run.problem_count:,}"}
    counted = [kind_label(kind, getattr(run, kind.value)) for kind in ChangeKind if getattr(run, kind.value)]
    if counted or run.state not in {ImportState.CHECKED, ImportState.APPLIED}:
        return ", ".join(counted)
    return _("Only the lists change") if api.changes_anything(run) else _("Nothing to change")
