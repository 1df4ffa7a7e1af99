"""Documents of a case that are kept, and what they were made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import Q

from mycelia import __version__
from mycelia.business_case.calc.digest import digest_of
from mycelia.business_case.models import Case, Export, Kpi, MonthClose, Objective, Presentation, StageGate
from mycelia.business_case.queries.document import document_of
from mycelia.business_case.queries.model import case_model
from mycelia.business_case.queries.readiness import landscape
from mycelia.business_case.queries.sheets import objective_sheets
from mycelia.business_case.types import CaseDocument, CaseSheet, CaseState, Landscape, ObjectiveSheet, Stakeholder
from mycelia.kernel import clock

PRESENTED_BRIEFS = {
    reader: "brief.pdf" if reader is Stakeholder.MANAGEMENT else f"presented-{reader}.pdf" for reader in Stakeholder
}
"""The briefs of what was presented last, also while the case is a draft again."""
PRESENTED_BRIEF = PRESENTED_BRIEFS[Stakeholder.MANAGEMENT]
_OF_WHAT_WAS_PRESENTED = frozenset(PRESENTED_BRIEFS.values())


@dataclass(frozen=True)
class ExportSource:
    """What a document is made from.

    Attributes:
        digest: SHA-256 of everything that it shows, but for instants and counts of the platform's people, and of the
            program's version.
        presentation_number: None for the draft.
    """

    digest: str
    presentation_number: int | None = None


@dataclass(frozen=True)
class ExportSources:
    """What documents of a case are made from today.

    Attributes:
        standing: What was presented while that holds, else the draft.
        presented: What was presented last; None where nothing was.
    """

    standing: ExportSource
    presented: ExportSource | None

    def of(self, file_name: str) -> ExportSource | None:
        """Return the source of one document; None where there is nothing to make it from."""
        return self.presented if is_of_presentation(file_name) else self.standing


def is_of_presentation(file_name: str) -> bool:
    """Return whether a document shows what was presented last, whatever the draft says now."""
    return file_name in _OF_WHAT_WAS_PRESENTED


def export_sources(case: Case) -> ExportSources:
    """Return what documents are made from, without computing the case."""
    presentations = Presentation.objects.filter(case=case).select_related("version").defer("version__snapshot")
    latest = presentations.order_by("-number").first()
    presented = None if latest is None else source_of_presentation(latest)
    is_standing = presented is not None and case.state == CaseState.PRESENTED
    standing = presented if presented is not None and is_standing else _source_of_draft(case)
    return ExportSources(source_with_record(case, standing), presented)


def source_with_record(case: Case, source: ExportSource) -> ExportSource:
    """Return a source together with the months closed and the gates decided since, which never change."""
    closed = MonthClose.objects.filter(case=case).values_list("column", "closed_at").first()
    decided = StageGate.objects.filter(case=case).values_list("number", "decided_at").first()
    return replace(source, digest=digest_of(source.digest, closed, decided))


def source_of_presentation(presentation: Presentation) -> ExportSource:
    """Return the source that a presentation is."""
    told = (presentation.presented_by_name, presentation.presented_at)
    mark = (presentation.restored_by_name, presentation.restored_at)
    digest = digest_of(__version__, presentation.number, presentation.digest, told, mark)
    return ExportSource(digest, presentation.number)


def source_of_sheet(sheet: CaseSheet) -> ExportSource:
    """Return the source that a draft is whose sheet was made."""
    names = (sheet.owner_name, sheet.unit_name)
    return _draft(sheet.document, sheet.objectives, sheet.landscape, names)


def _source_of_draft(case: Case) -> ExportSource:
    objectives = list(Objective.objects.filter(case=case))
    kpis = list(Kpi.objects.select_related("owner", "metric_course").filter(case=case))
    document = document_of(case, case_model(case), objectives, kpis)
    names = (
        case.owner.full_name if case.owner else case.owner_text,
        case.scope_unit.name if case.scope_unit else case.unit_text,
    )
    return _draft(document, objective_sheets(case, objectives, kpis, clock.now()), landscape(case), names)


def _draft(
    document: CaseDocument, objectives: Iterable[ObjectiveSheet], picture: Landscape | None, names: tuple[str, str]
) -> ExportSource:
    measured = tuple(
        (objective.key, kpi.key, kpi.owner_name, kpi.manual_value, kpi.actual.value if kpi.actual else None)
        for objective in objectives
        for kpi in objective.kpis
    )
    seen = None if picture is None else _without_counts(picture)
    return ExportSource(digest_of(__version__, document, measured, seen, names))


def _without_counts(picture: Landscape) -> Landscape:
    """Return a blueprint without the day and the platform's counts of itself, which move when somebody learns."""
    systems = (
        replace(system, users_active=None, counted_on=None) if system.is_platform else system
        for system in picture.systems
    )
    return replace(picture, as_of=picture.horizon, usage=None, record=None, systems=tuple(systems))


def exports_of(case: Case) -> dict[str, Export]:
    """Return what is kept or under way of a case by the name of its file, without the files' contents."""
    return {export.file_name: export for export in Export.objects.filter(case=case).defer("content")}


def made_export(case: Case, file_name: str, digest: str = "") -> Export | None:
    """Return a document that is kept, with its content; None where there is none, or not that one.

    Args:
        case: A case that the actor was found to read.
        digest: How the digest begins of what it was made from; empty for what it would be made from now.
    """
    wanted = digest
    if not wanted:
        source = export_sources(case).of(file_name)
        wanted = "" if source is None else source.digest
    kept = Q(case=case, file_name=file_name, content__isnull=False, digest__startswith=wanted)
    return Export.objects.filter(kept).first() if wanted else None
