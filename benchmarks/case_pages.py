"""Pages of a large case: what an edit takes until the page that follows from it has come, each page alone, documents.

`case_edit_to_page` posts a changed price of one line as its form does and gets the page of the case, every middleware
included, one after the other. `case_document` makes documents as the worker does, once the case is simulated.
Processor time stays comparable on a busy machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.company import ROOT, mycelia, surroundings
from benchmarks.report import Report, milliseconds

SLUG, EDITS, ROUNDS, FILES = "large", 30, 20, 3
AIM_MS = 300.0
NAMED = {"employee_number": "bench-1", "given_name": "Ada", "family_name": "Analyst"}
PAGES = ("", "roadmap/", "risk/", "actuals/", "versions/", "comments/", "exports/", "terms/", "drivers/", "work-items/")
DOCUMENTS = ("workbook.xlsx", "slides.pptx", "brief-finance.pdf")


def run(report: Report, home: Path) -> None:
    """Measure in a process of its own, on a database with nothing but the large case."""
    mycelia(home, "migrate", "--verbosity", "0")
    program = [sys.executable, "-m", "benchmarks.case_pages"]
    result = subprocess.run(program, check=True, cwd=ROOT, env=surroundings(home), stdout=subprocess.PIPE, text=True)
    for line in result.stdout.splitlines():
        report.unsized(**json.loads(line))


def _measure() -> None:
    import django

    django.setup()
    client, case = _analyst(), _large_case()
    line = case.cost_lines.order_by("pk")[4]
    form, page = f"/case/{SLUG}/costs/{line.pk}/", f"/case/{SLUG}/"
    first = _once(lambda: client.get(page))
    fields = _fields(case, line.key)
    edits = [_once(lambda number=number: _edit(client, form, page, fields, number)) for number in range(EDITS + 3)]
    size = {"cost_lines": 60, "benefit_lines": 20, "work_items": 40, "months": 60}
    _say("case_edit_to_page", **size, **_medians(edits[3:]), first_page_ms=round(first[0] * 1000), aim_ms=AIM_MS)
    for path in (*PAGES, form.removeprefix(page)):
        taken = [_once(lambda path=path: client.get(page + path)) for _round in range(ROUNDS + 3)]
        name = {"": "overview", form.removeprefix(page): "line"}.get(path, path.strip("/"))
        _say("case_page", page=name, **_medians(taken[3:]))
    _measure_documents(case)


def _measure_documents(case: Any) -> None:
    from mycelia.business_case.exports.making import write_document

    for name in DOCUMENTS:
        taken = [_timed(lambda name=name: write_document(case, name, lambda _share: None)) for _ in range(FILES + 1)]
        _say("case_document", file=name, **_medians([times for times, _ in taken[1:]]))


def _edit(client: Any, form: str, page: str, fields: dict[str, str], number: int) -> Any:
    """Post a new price by itself, as the form does when a field is left, and get the page of the case."""
    from mycelia.business_case.models import CostLine

    revision = CostLine.objects.values_list("revision", flat=True).get(pk=form.rstrip("/").rpartition("/")[2])
    typed = {**fields, "revision": str(revision), "price_likely": f"{1 + number / 1000:.3f}"}
    answer = client.post(form, typed, HTTP_HX_REQUEST="true")
    if answer.status_code != 200:
        raise SystemExit(f"{form} answered {answer.status_code}: {answer.content.decode()[:2000]}")
    return client.get(page)


def _fields(case: Any, key: str) -> dict[str, str]:
    """Return what the form of a cost sends, with a price that is known exactly."""
    from mycelia.business_case import api
    from mycelia.business_case.forms import CostForm
    from mycelia.business_case.types import ItemKind

    state = api.item_of(case, ItemKind.COST, key)
    form = CostForm(model=api.case_model(case), initial=CostForm.initial_of(state.value))
    sent = {}
    for field in form:
        widget = field.field.widget.get_context(field.html_name, field.value(), {})["widget"]
        for part in widget.get("subwidgets") or [widget]:
            value = part["value"][0] if isinstance(part["value"], list) and part["value"] else part["value"]
            sent[part["name"]] = "" if value in (None, [], False) else str(value)
    return {**sent, "basis": "computed", "price_shape": "fixed", "is_placeholder": ""}


def _once(act: Callable[[], Any]) -> tuple[float, float]:
    """Return what an answer takes, as `_timed` does."""
    taken, answer = _timed(act)
    if answer.status_code != 200:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code}")
    return taken


def _timed(act: Callable[[], Any]) -> tuple[tuple[float, float], Any]:
    """Return the seconds of the clock and of the processor that an act takes, and what it returns."""
    began, cpu = time.perf_counter(), time.process_time()
    result = act()
    return (time.perf_counter() - began, time.process_time() - cpu), result


def _medians(taken: list[tuple[float, float]]) -> dict[str, float]:
    clock, cpu = zip(*taken, strict=True)
    return {**milliseconds(clock), "cpu_ms": milliseconds(cpu)["median_ms"]}


def _analyst() -> Any:
    from benchmarks.visitors import signed_in
    from mycelia.access import api as access
    from mycelia.kernel.policy import Actor, Role
    from mycelia.people.models import Person

    email = "analyst@bench.example"
    person, is_new = Person.objects.get_or_create(email=email, defaults=NAMED)
    if is_new:
        access.grant_role(actor=Actor.system("bench"), person_id=person.pk, role=Role.FINANCE_ANALYST)
    return signed_in(email)


def _large_case() -> Any:
    """Return the case of `large_case`, stored; made when it is not there yet."""
    from benchmarks.large_case import large_case
    from mycelia.business_case import api
    from mycelia.business_case.models import Case
    from mycelia.business_case.types import Addition, Alteration, CaseTerms, ItemKind
    from mycelia.kernel.policy import Actor

    if found := Case.objects.filter(slug=SLUG).first():
        return found
    actor, model = Actor.system("bench"), large_case()
    terms = CaseTerms("Large case", model.currency, model.start, horizon_months=model.horizon_months)
    case = api.create_case(actor=actor, terms=terms, slug=SLUG)
    values = (*model.roadmap.items, *model.costs, *model.benefits, *model.correlations)
    drivers = Alteration(model.drivers, api.item_of(case, ItemKind.DRIVERS).revision)
    api.edit_items(actor=actor, case=case, edits=[*(Addition(value) for value in values), drivers])
    return case


def _say(benchmark: str, **figures: object) -> None:
    print(json.dumps({"benchmark": benchmark, **figures}), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mycelia.config.settings")
    _measure()
