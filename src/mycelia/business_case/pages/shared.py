"""A frozen version for readers without an account: figures and lines, nothing to change, nobody's address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.models import Case, Version
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.amounts import AmountRow, LineTotal
from mycelia.business_case.pages.case import case_facts
from mycelia.business_case.pages.cost_tables import CostTable, cost_table_entries
from mycelia.business_case.pages.derivation import derivations_of_lines
from mycelia.business_case.pages.derived import Figure
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.figures import PRESENT_VALUES, further_figures, headline_figures
from mycelia.business_case.pages.option_derivation import option_figures
from mycelia.business_case.pages.options import OptionRow, option_anchor, option_name, option_rows
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.sections import VERSIONS, Tab, case_tabs
from mycelia.business_case.pages.years import year_rows
from mycelia.business_case.types import CaseSheet, LineSheet
from mycelia.ui.api import Breadcrumb

NO_ADDRESSES: Mapping[str, str] = MappingProxyType({})
"""Lines of a snapshot open nowhere else: they stand today as they may be changed since."""


@dataclass(frozen=True)
class OptionFigures:
    """The figures of one option, each with how it came about; their names on the page begin with `anchor`."""

    name: str
    anchor: str
    figures: tuple[Figure, ...]


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
    currency: str
    options: tuple[OptionRow, ...]
    option_figures: tuple[OptionFigures, ...]
    cost_tables: tuple[CostTable, ...]


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
    options = option_rows(sheet, is_frozen=True)
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
        year_rows=year_rows(sheet, NO_ADDRESSES),
        present_value=str(PRESENT_VALUES[sheet.model.discounting]),
        sides=((_("Costs"), line_totals(sheet, sheet.costs)), (_("Benefits"), line_totals(sheet, sheet.benefits))),
        currency=sheet.currency,
        options=options,
        option_figures=_options(sheet) if options else (),
        cost_tables=cost_table_entries(sheet, NO_ADDRESSES),
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


def line_totals(sheet: CaseSheet, lines: tuple[LineSheet, ...]) -> tuple[LineTotal, ...]:
    """Return lines of a snapshot, each with how it came about then."""
    of_lines = derivations_of_lines(sheet)
    return tuple(
        LineTotal(line.description, line.source, formats.number(line.total), of_lines.get(line.key)) for line in lines
    )


def _options(sheet: CaseSheet) -> tuple[OptionFigures, ...]:
    return tuple(
        OptionFigures(option_name(option), option_anchor(option), option_figures(sheet, option, NO_ADDRESSES))
        for option in sheet.options
    )
