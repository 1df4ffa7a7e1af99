"""Writing everything that was entered for a case, each fault under its path in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mycelia.business_case.actions.restoring.names import Names
from mycelia.business_case.actions.rows import Rows
from mycelia.business_case.errors import CaseFileRefused
from mycelia.business_case.models import CaseCalendar, CaseDrivers, WorkItem
from mycelia.business_case.types import (
    CaseDocument,
    FileFault,
    ItemValue,
    KpiDocument,
    KpiTerms,
    ObjectiveTerms,
    RoadmapCalendar,
)
from mycelia.business_case.types import WorkItem as WorkItemValue
from mycelia.kernel.errors import InvalidInput


def restore_parts(rows: Rows, document: CaseDocument, names: Names) -> None:
    """Write named inputs, options, roadmap, objectives, lines, correlations, drivers and calendar.

    Raises:
        CaseFileRefused: Values of items are not possible; the error names each.
    """
    writing = _Writing(rows)
    model, roadmap, path = document.model, document.model.roadmap, "$.case.model"
    writing.insert(model.named, f"{path}.named")
    writing.refuse_faults()
    writing.insert(model.options, f"{path}.options")
    writing.insert(roadmap.phases, f"{path}.roadmap.phases")
    writing.insert([replace(item, depends_on=()) for item in roadmap.items], f"{path}.roadmap.items")
    writing.refuse_faults()
    _link(rows, roadmap.items)
    _write_objectives(writing, document, names)
    writing.insert(model.costs, f"{path}.costs")
    writing.insert(model.benefits, f"{path}.benefits")
    writing.insert(model.correlations, f"{path}.correlations")
    writing.refuse_faults()
    calendar = RoadmapCalendar(roadmap.start, roadmap.working_weekdays, roadmap.holidays)
    rows.write(CaseDrivers(case=rows.case), model.drivers)
    rows.write(CaseCalendar(case=rows.case), calendar)


class _Writing:
    """Rows of a case that is being restored, and what could not be written."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._faults: list[FileFault] = []

    def insert(self, values: Iterable[ItemValue], path: str) -> None:
        """Insert items in their order."""
        for place, value in enumerate(values):
            self.insert_one(value, f"{path}[{place}]", position=place + 1)

    def insert_one(self, value: ItemValue, path: str, *, position: int | None = None) -> None:
        """Insert one item, or note why it cannot be."""
        try:
            self._rows.insert(value, position=position)
        except InvalidInput as refused:
            self._faults.append(FileFault(path, str(refused)))

    def refuse_faults(self) -> None:
        """Refuse the file when an item could not be written; what comes later may need it."""
        if self._faults:
            raise CaseFileRefused(self._faults)


def _link(rows: Rows, items: Iterable[WorkItemValue]) -> None:
    stored = {row.key: row for row in WorkItem.objects.filter(case=rows.case)}
    for item in items:
        rows.write_links(stored[item.key], item)


def _write_objectives(writing: _Writing, document: CaseDocument, names: Names) -> None:
    for place, objective in enumerate(document.objectives):
        path = f"$.case.objectives[{place}]"
        writing.insert_one(ObjectiveTerms(objective.title, objective.description, objective.key), path)
        writing.refuse_faults()
        for number, kpi in enumerate(objective.kpis):
            writing.insert_one(_kpi(kpi, objective.key, names), f"{path}.kpis[{number}]")
    writing.refuse_faults()


def _kpi(kpi: KpiDocument, objective: str, names: Names) -> KpiTerms:
    owner, course = names.person(kpi.owner), names.course(kpi.course)
    stated = {name: getattr(kpi, name) for name in vars(kpi) if name not in ("owner", "course")}
    return KpiTerms(
        **stated,
        owner_id=owner,
        owner_text="" if owner else kpi.owner[:300],
        course_id=course,
        course_text="" if course else kpi.course[:300],
        objective=objective,
    )
