"""Every read of the business case."""

from mycelia.business_case.queries.actuals import MOST_PEOPLE, ActualRecord, actual_record
from mycelia.business_case.queries.blueprint import (
    content_model_of,
    content_models_for,
    elements_for,
    link_of,
    links_for,
    links_of,
    system_of,
    systems_for,
)
from mycelia.business_case.queries.briefs import (
    brief_file,
    briefs_of,
    cases_with_briefs,
    presentation_called,
    presented_for,
)
from mycelia.business_case.queries.case_file import case_file
from mycelia.business_case.queries.cases import (
    case_for,
    cases_for,
    kpi_of,
    latest_presentation,
    line_numbers,
    line_of,
    objective_of,
    version_of,
    versions_of,
)
from mycelia.business_case.queries.comments import comment_of, comments_of, shared_version, shares_of
from mycelia.business_case.queries.document import stored_document
from mycelia.business_case.queries.exports import (
    PRESENTED_BRIEF,
    PRESENTED_BRIEFS,
    ExportSource,
    ExportSources,
    export_sources,
    exports_of,
    is_of_presentation,
    made_export,
    source_of_presentation,
    source_of_sheet,
    source_with_record,
)
from mycelia.business_case.queries.items import item_of, items_of
from mycelia.business_case.queries.model import case_model
from mycelia.business_case.queries.needs import needs_of
from mycelia.business_case.queries.platform import people_in_scope, platform_usage
from mycelia.business_case.queries.readiness import (
    Standing,
    finding_behind,
    findings_behind,
    is_blueprint_synthetic,
    landscape,
    landscape_horizon,
    readiness,
    recorded_landscape,
    register_keys,
    standing_of,
)
from mycelia.business_case.queries.restored import restored_marks
from mycelia.business_case.queries.sheets import actual_query, case_sheet
from mycelia.business_case.queries.simulations import (
    Outlook,
    SimulationPicture,
    kept_simulation,
    outlook_of,
    simulation_of,
)
from mycelia.business_case.queries.snapshots import compared_versions, sheet_from

__all__ = [
    "MOST_PEOPLE",
    "PRESENTED_BRIEF",
    "PRESENTED_BRIEFS",
    "ActualRecord",
    "ExportSource",
    "ExportSources",
    "Outlook",
    "SimulationPicture",
    "Standing",
    "actual_query",
    "actual_record",
    "brief_file",
    "briefs_of",
    "case_file",
    "case_for",
    "case_model",
    "case_sheet",
    "cases_for",
    "cases_with_briefs",
    "comment_of",
    "comments_of",
    "compared_versions",
    "content_model_of",
    "content_models_for",
    "elements_for",
    "export_sources",
    "exports_of",
    "finding_behind",
    "findings_behind",
    "is_blueprint_synthetic",
    "is_of_presentation",
    "item_of",
    "items_of",
    "kept_simulation",
    "kpi_of",
    "landscape",
    "landscape_horizon",
    "latest_presentation",
    "line_numbers",
    "line_of",
    "link_of",
    "links_for",
    "links_of",
    "made_export",
    "needs_of",
    "objective_of",
    "outlook_of",
    "people_in_scope",
    "platform_usage",
    "presentation_called",
    "presented_for",
    "readiness",
    "recorded_landscape",
    "register_keys",
    "restored_marks",
    "shared_version",
    "shares_of",
    "sheet_from",
    "simulation_of",
    "source_of_presentation",
    "source_of_sheet",
    "source_with_record",
    "standing_of",
    "stored_document",
    "system_of",
    "systems_for",
    "version_of",
    "versions_of",
]
