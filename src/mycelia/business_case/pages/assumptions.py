"""The assumption register as a page."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.translation import gettext as _

from mycelia.business_case.exports.assumptions import Assumption
from mycelia.business_case.models import Case
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.sections import OVERVIEW, Tab, case_tabs
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class AssumptionsPage:
    """Context of `/case/<slug>/assumptions/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    is_synthetic: bool
    rows: tuple[Assumption, ...]
    pages: Page


def assumptions_page(case: Case, pages: Page) -> AssumptionsPage:
    """Return one page of the register."""
    return AssumptionsPage(
        title=_("Assumptions"),
        lead=_("Every number the case rests on; those without a source or evidence say so."),
        breadcrumbs=trail(case, _("Assumptions")),
        tabs=case_tabs(case.slug, OVERVIEW),
        is_synthetic=case.is_synthetic,
        rows=tuple(pages),
        pages=pages,
    )
