"""A frozen version for readers without an account: figures and lines, nothing to change, nobody's address."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.models import Case, Version
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.amounts import AmountRow, LineTotal
from mycelia.business_case.pages.case import case_facts, year_rows
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.figures import PRESENT_VALUES, Figure, further_figures, headline_figures
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.sections import VERSIONS, Tab, case_tabs
from mycelia.business_case.types import CaseSheet, LineSheet
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class SharedPage:
    """Context of `/case/shared/<word>/`."""

    title: str
    lead: str
    version: str
    digest: str
    is_synthetic: bool
    facts: tuple[tuple[str, str], ...]
    headline: tuple[Figure, ...]
    further: tuple[Figure, ...]
    year_columns: tuple[str, ...]
    year_rows: tuple[AmountRow, ...]
    present_value: str
    sides: tuple[tuple[str, tuple[LineTotal, ...]], ...]


@dataclass(frozen=True)
class VersionPage:
    """Context of `/case/<slug>/versions/<number>/`."""

    shown: SharedPage
    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]


def shared_page(version: Version, sheet: CaseSheet) -> SharedPage:
    """Return everything that a link to a version shows."""
    told = {"title": version.title, "instant": formats.instant(version.made_at)}
    return SharedPage(
        title=sheet.name,
        lead=sheet.summary,
        version=with_origin(_("Version “%(title)s”, frozen on %(instant)s. It does not change.") % told, version),
        digest=version.digest,
        is_synthetic=sheet.is_synthetic,
        facts=case_facts(sheet),
        headline=headline_figures(sheet),
        further=further_figures(sheet),
        year_columns=tuple(formats.year_name(year) for year in range(len(sheet.flows.net))),
        year_rows=year_rows(sheet),
        present_value=str(PRESENT_VALUES[sheet.model.discounting]),
        sides=((_("Costs"), _totals(sheet.costs)), (_("Benefits"), _totals(sheet.benefits))),
    )


def version_page(case: Case, version: Version, sheet: CaseSheet) -> VersionPage:
    """Return a frozen version for a reader of the case."""
    return VersionPage(
        shown=shared_page(version, sheet),
        title=version.title,
        lead=_("Version %(number)s of %(case)s") % {"number": version.number, "case": sheet.name},
        breadcrumbs=(
            *trail(case, _("Versions"))[:-1],
            Breadcrumb(_("Versions"), reverse("business_case:versions", args=[case.slug])),
            Breadcrumb(_("Version %(number)s") % {"number": version.number}),
        ),
        tabs=case_tabs(case.slug, VERSIONS),
    )


def _totals(lines: tuple[LineSheet, ...]) -> tuple[LineTotal, ...]:
    return tuple(LineTotal(line.description, line.source, formats.number(line.total)) for line in lines)
