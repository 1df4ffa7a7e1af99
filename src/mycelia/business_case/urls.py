"""Addresses of the business case. A change of state is a noun: presenting creates a presentation."""

from __future__ import annotations

from typing import ClassVar

from django.urls import path, register_converter

from mycelia.business_case.exports.catalogue import DOCUMENTS, Document
from mycelia.business_case.types import Element, ItemKind, LineKind, Stakeholder
from mycelia.business_case.views import (
    actuals,
    assumptions,
    blueprint,
    blueprint_links,
    blueprint_systems,
    briefs,
    calendar,
    cases,
    comments,
    derivations,
    drivers,
    exports,
    lines,
    objectives,
    parts,
    performance,
    presentation,
    readiness,
    restoration,
    risk,
    row_imports,
    shared,
    starting,
    undo,
    versions,
)

app_name = "business_case"


class LineKindConverter:
    """The side of a case in an address."""

    regex = "costs|benefits"

    def to_python(self, value: str) -> LineKind:
        """Return the side an address names."""
        return LineKind(value.removesuffix("s"))

    def to_url(self, value: LineKind) -> str:
        """Return a side as it stands in an address."""
        return f"{value}s"


class ElementConverter:
    """One of the six elements in an address."""

    regex = "|".join(Element)

    def to_python(self, value: str) -> Element:
        """Return the element an address names."""
        return Element(value)

    def to_url(self, value: Element) -> str:
        """Return an element as it stands in an address."""
        return value.value


class StakeholderConverter:
    """The reader of a brief in an address."""

    regex = "|".join(Stakeholder)

    def to_python(self, value: str) -> Stakeholder:
        """Return the reader an address names."""
        return Stakeholder(value)

    def to_url(self, value: Stakeholder) -> str:
        """Return a reader as it stands in an address."""
        return value.value


class ExportConverter:
    """The name of a file that can be downloaded."""

    regex = "|".join(DOCUMENTS).replace(".", r"\.")

    def to_python(self, value: str) -> Document:
        """Return the document an address names."""
        return DOCUMENTS[value]

    def to_url(self, value: Document) -> str:
        """Return a document as it stands in an address."""
        return value.file_name


register_converter(LineKindConverter, "line_kind")


class PartConverter:
    """A kind of small item in an address."""

    kinds: ClassVar = {
        "options": ItemKind.OPTION,
        "phases": ItemKind.PHASE,
        "work-items": ItemKind.WORK_ITEM,
        "correlations": ItemKind.CORRELATION,
        "inputs": ItemKind.INPUT,
    }
    regex = "|".join(kinds)

    def to_python(self, value: str) -> ItemKind:
        """Return the kind an address names."""
        return self.kinds[value]

    def to_url(self, value: ItemKind) -> str:
        """Return a kind as it stands in an address."""
        return next(name for name, kind in self.kinds.items() if kind is value)


register_converter(ElementConverter, "element")
register_converter(PartConverter, "part")
register_converter(ExportConverter, "export")
register_converter(StakeholderConverter, "stakeholder")

blueprint_patterns = [
    path("case/blueprint/", blueprint.elements, name="blueprint_elements"),
    path("case/blueprint/elements/<element:element>/", blueprint.element, name="blueprint_element"),
    path("case/blueprint/needs/", readiness.needs, name="blueprint_needs"),
    path("case/blueprint/readiness/", readiness.readiness, name="blueprint_readiness"),
    path("case/blueprint/readiness/<slug:finding>/", readiness.finding, name="blueprint_finding"),
    path("case/blueprint/readiness/<slug:finding>/acceptance/", readiness.acceptance, name="blueprint_acceptance"),
    path("case/blueprint/readiness/<slug:finding>/dismissal/", readiness.dismissal, name="blueprint_dismissal"),
    path("case/blueprint/readiness/<slug:finding>/deferral/", readiness.deferral, name="blueprint_deferral"),
    path("case/blueprint/readiness/<slug:finding>/reopening/", readiness.reopening, name="blueprint_reopening"),
    path("case/blueprint/models/", blueprint.models, name="blueprint_models"),
    path("case/blueprint/models/new/", blueprint.model_new, name="blueprint_model_new"),
    path("case/blueprint/models/<int:model_id>/", blueprint.model, name="blueprint_model"),
    path("case/blueprint/models/<int:model_id>/removal/", blueprint.model_removal, name="blueprint_model_removal"),
    path("case/blueprint/systems/", blueprint_systems.systems, name="blueprint_systems"),
    path("case/blueprint/systems/new/", blueprint_systems.system_new, name="blueprint_system_new"),
    path("case/blueprint/systems/import/", row_imports.systems_import, name="blueprint_systems_import"),
    path("case/blueprint/systems/<int:system_id>/", blueprint_systems.system, name="blueprint_system"),
    path(
        "case/blueprint/systems/<int:system_id>/terms/", blueprint_systems.system_terms, name="blueprint_system_terms"
    ),
    path(
        "case/blueprint/systems/<int:system_id>/removal/",
        blueprint_systems.system_removal,
        name="blueprint_system_removal",
    ),
    path("case/blueprint/systems/<int:system_id>/links/new/", blueprint_links.link_new, name="blueprint_link_new"),
    path("case/blueprint/links/<int:link_id>/", blueprint_links.link, name="blueprint_link"),
    path("case/blueprint/links/<int:link_id>/removal/", blueprint_links.link_removal, name="blueprint_link_removal"),
]

brief_patterns = [
    path("briefs/", briefs.briefs, name="briefs"),
    path("briefs/<slug:slug>/<stakeholder:reader>/", briefs.brief, name="presented_brief"),
    path("briefs/<slug:slug>/<stakeholder:reader>/brief.pdf", briefs.brief_file, name="presented_brief_file"),
    path(
        "briefs/<slug:slug>/<stakeholder:reader>/preparation/",
        briefs.brief_preparation,
        name="presented_brief_preparation",
    ),
]

urlpatterns = [
    *blueprint_patterns,
    *brief_patterns,
    path("case/", cases.case_list, name="list"),
    path("case/new/", starting.choice, name="new"),
    path("case/new/empty/", cases.new, name="new_empty"),
    path("case/new/restoration/", restoration.restoration, name="restoration"),
    path("case/new/<slug:template>/", starting.start, name="start"),
    path("case/new/<slug:template>/removal/", starting.start_removal, name="start_removal"),
    path("case/shared/<str:word>/", shared.shared, name="shared"),
    path("case/<slug:slug>/", cases.case, name="case"),
    path("case/<slug:slug>/terms/", cases.terms, name="terms"),
    path("case/<slug:slug>/presentation/", presentation.presentation, name="presentation"),
    path("case/<slug:slug>/brief.pdf", presentation.brief, name="brief"),
    path("case/<slug:slug>/exports/", exports.export_list, name="exports"),
    path("case/<slug:slug>/exports/<export:export_file>", exports.export, name="export"),
    path("case/<slug:slug>/exports/<export:export_file>/preparation/", exports.preparation, name="preparation"),
    path("case/<slug:slug>/objectives/new/", objectives.objective_new, name="objective_new"),
    path("case/<slug:slug>/objectives/<int:objective_id>/", objectives.objective, name="objective"),
    path(
        "case/<slug:slug>/objectives/<int:objective_id>/removal/",
        objectives.objective_removal,
        name="objective_removal",
    ),
    path("case/<slug:slug>/objectives/<int:objective_id>/kpis/new/", objectives.kpi_new, name="kpi_new"),
    path("case/<slug:slug>/kpis/<int:kpi_id>/", objectives.kpi, name="kpi"),
    path("case/<slug:slug>/kpis/<int:kpi_id>/removal/", objectives.kpi_removal, name="kpi_removal"),
    path("case/<slug:slug>/risk/", risk.risk, name="risk"),
    path("case/<slug:slug>/outlook/", risk.outlook, name="outlook"),
    path("case/<slug:slug>/risk/simulations/", risk.simulations, name="simulations"),
    path("case/<slug:slug>/calendar/", calendar.calendar, name="calendar"),
    path("case/<slug:slug>/assumptions/", assumptions.assumptions, name="assumptions"),
    path("case/<slug:slug>/comments/", comments.comments, name="comments"),
    path("case/<slug:slug>/comments/<int:comment_id>/resolution/", comments.resolution, name="comment_resolution"),
    path("case/<slug:slug>/comments/<int:comment_id>/reopening/", comments.reopening, name="comment_reopening"),
    path("case/<slug:slug>/versions/", versions.versions, name="versions"),
    path("case/<slug:slug>/versions/<int:number>/", versions.version, name="version"),
    path("case/<slug:slug>/versions/shares/", versions.shares, name="shares"),
    path(
        "case/<slug:slug>/versions/shares/<int:link_id>/revocation/", versions.share_revocation, name="share_revocation"
    ),
    path("case/<slug:slug>/roadmap/", derivations.roadmap, name="roadmap"),
    path("case/<slug:slug>/<line_kind:kind>/<int:line_id>/derivation/", derivations.derivation, name="derivation"),
    path("case/<slug:slug>/actuals/", performance.actuals, name="actuals"),
    path("case/<slug:slug>/actuals/closure/", performance.closure, name="closure"),
    path("case/<slug:slug>/actuals/gates/", performance.gates, name="gates"),
    path("case/<slug:slug>/actuals/ledger/", performance.ledger, name="ledger"),
    path("case/<slug:slug>/actuals/ledger/<int:file_id>/removal/", performance.ledger_removal, name="ledger_removal"),
    path("case/<slug:slug>/kpis/<int:kpi_id>/readings/import/", row_imports.series_import, name="kpi_readings_import"),
    path("case/<slug:slug>/kpis/<int:kpi_id>/readings/", performance.readings, name="kpi_readings"),
    path("case/<slug:slug>/kpis/<int:kpi_id>/actual/", actuals.kpi_actual, name="kpi_actual"),
    path("case/<slug:slug>/<line_kind:kind>/new/", lines.line_new, name="line_new"),
    path("case/<slug:slug>/<line_kind:kind>/effect/", lines.line_effect, name="line_effect"),
    path("case/<slug:slug>/drivers/", drivers.drivers, name="drivers"),
    path("case/<slug:slug>/options/<str:key>/derivation/", derivations.option_derivation, name="option_derivation"),
    path("case/<slug:slug>/<part:part>/", parts.parts, name="parts"),
    path("case/<slug:slug>/<part:part>/new/", parts.part_new, name="part_new"),
    path("case/<slug:slug>/<part:part>/<str:key>/", parts.part, name="part"),
    path("case/<slug:slug>/<part:part>/<str:key>/removal/", parts.part_removal, name="part_removal"),
    path("case/<slug:slug>/<part:part>/<str:key>/place/", parts.part_place, name="part_place"),
    path("case/<slug:slug>/undo/", undo.undo, name="undo"),
    path("case/<slug:slug>/redo/", undo.redo, name="redo"),
    path("case/<slug:slug>/<line_kind:kind>/<int:line_id>/", lines.line, name="line"),
    path("case/<slug:slug>/<line_kind:kind>/<int:line_id>/removal/", lines.line_removal, name="line_removal"),
]
