"""The page of one case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.models import Presentation
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.amounts import AmountRow, amount_row
from mycelia.business_case.pages.cash_flow import cash_flow_chart
from mycelia.business_case.pages.cautions import OUT_OF_TIME, finding_in_words
from mycelia.business_case.pages.cost_tables import CostTable, cost_table_entries
from mycelia.business_case.pages.derived import Derivation, Figure, line_urls
from mycelia.business_case.pages.edit_bar import EditBar, edit_bar
from mycelia.business_case.pages.figures import PRESENT_VALUES, further_figures, headline_figures
from mycelia.business_case.pages.gate import Gap, cautions_of, gaps_of
from mycelia.business_case.pages.objectives import ObjectiveEntry, objective_entries
from mycelia.business_case.pages.options import OptionRow, option_rows
from mycelia.business_case.pages.outlook import OutlookPart, outlook_part
from mycelia.business_case.pages.performance import so_far_in_words
from mycelia.business_case.pages.restored import with_origin
from mycelia.business_case.pages.sections import OVERVIEW, Tab, case_tabs
from mycelia.business_case.pages.vocabulary import CATEGORIES, CONFIDENCES, DISCOUNTINGS, STATES
from mycelia.business_case.pages.years import year_rows
from mycelia.business_case.queries import Outlook
from mycelia.business_case.queries.history import History
from mycelia.business_case.types import (
    BenefitCategory,
    CaseSheet,
    CaseState,
    Caution,
    Confidence,
    CostCategory,
    LineKind,
    LineSheet,
    Missing,
    Performance,
)
from mycelia.ui.api import Breadcrumb, Chart

Notes = Mapping[tuple[LineKind | None, int | None], tuple[str, ...]]


@dataclass(frozen=True)
class Rights:
    """What the person looking may do with the case."""

    may_edit: bool
    may_present: bool


@dataclass(frozen=True)
class LineRow:
    """One cost or benefit line; `notes` say why it does not run as it was meant to."""

    id: int
    description: str
    category: str
    source: str
    confidence: str
    tone: str
    amounts: tuple[str, ...]
    total: str
    edit_url: str
    derivation_url: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LineTable:
    """One side of the case."""

    kind: str
    title: str
    caption: str
    empty_title: str
    empty_text: str
    columns: tuple[str, ...]
    rows: tuple[LineRow, ...]
    sums: AmountRow
    add_label: str
    add_url: str


@dataclass(frozen=True)
class PresentationEntry:
    """The latest presentation, for the reader of the page."""

    sentence: str
    is_current: bool
    brief_url: str
    digest: str


@dataclass(frozen=True)
class CasePage:
    """Context of `/case/<slug>/`."""

    title: str
    lead: str
    currency: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    options: tuple[OptionRow, ...]
    state: str
    is_presented: bool
    is_synthetic: bool
    facts: tuple[tuple[str, str], ...]
    headline: tuple[Figure, ...]
    further: tuple[Figure, ...]
    outlook: OutlookPart
    so_far: str
    chart: Chart | None
    year_columns: tuple[str, ...]
    year_rows: tuple[AmountRow, ...]
    present_value: str
    cost_tables: tuple[CostTable, ...]
    lines: tuple[LineTable, ...]
    objectives: tuple[ObjectiveEntry, ...]
    gaps: tuple[Gap, ...]
    cautions: tuple[Gap, ...]
    presentation: PresentationEntry | None
    rights: Rights
    urls: dict[str, str]
    edit_bar: EditBar | None


def case_page(
    sheet: CaseSheet,
    *,
    state: CaseState,
    missing: tuple[Missing, ...],
    cautions: tuple[Caution, ...],
    presentation: Presentation | None,
    rights: Rights,
    history: History | None,
    outlook: Outlook,
    closed: Performance | None,
) -> CasePage:
    """Return everything the page of a case shows.

    Args:
        history: What the reader can undo; None for somebody who may not edit it.
        closed: Plan and actual as of the last closed month; None before the first.
    """
    columns, urls = tuple(formats.year_name(year) for year in range(len(sheet.flows.net))), line_urls(sheet)
    notes = _notes((*missing, *cautions))
    return CasePage(
        title=sheet.name,
        lead=sheet.summary,
        currency=sheet.currency,
        breadcrumbs=(Breadcrumb(_("Business cases"), reverse("business_case:list")), Breadcrumb(sheet.name)),
        tabs=case_tabs(sheet.slug, OVERVIEW),
        options=option_rows(sheet),
        state=str(STATES[state]),
        is_presented=state is CaseState.PRESENTED,
        is_synthetic=sheet.is_synthetic,
        facts=case_facts(sheet),
        headline=headline_figures(sheet),
        further=further_figures(sheet),
        outlook=outlook_part(sheet.slug, outlook, sheet.currency),
        so_far=so_far_in_words(closed, start=sheet.start, currency=sheet.currency),
        chart=cash_flow_chart(sheet),
        year_columns=columns,
        year_rows=year_rows(sheet, urls),
        present_value=str(PRESENT_VALUES[sheet.model.discounting]),
        cost_tables=cost_table_entries(sheet, urls),
        lines=tuple(_line_table(sheet, kind, columns, notes) for kind in (LineKind.COST, LineKind.BENEFIT)),
        objectives=objective_entries(sheet),
        gaps=gaps_of(sheet.slug, missing, may_edit=rights.may_edit),
        cautions=cautions_of(sheet.slug, cautions, may_edit=rights.may_edit),
        presentation=_presentation(sheet, state, presentation),
        rights=rights,
        urls={
            name: reverse(f"business_case:{name}", args=[sheet.slug])
            for name in ("objective_new", "actuals", "assumptions", "presentation")
        },
        edit_bar=None if history is None else edit_bar(sheet.slug, history),
    )


def case_facts(sheet: CaseSheet) -> tuple[tuple[str, str], ...]:
    """Return the terms of a case as pairs of name and value."""
    return (
        (_("About"), sheet.unit_name or _("the whole company")),
        (_("Starts"), formats.day(sheet.start)),
        (_("Runs for"), formats.years(sheet.horizon_months)),
        (_("Currency"), sheet.currency),
        (_("Discount rate"), f"{formats.rate(sheet.rate_per_year)} {DISCOUNTINGS[sheet.model.discounting]}"),
        (_("Owner"), sheet.owner_name or _("nobody yet")),
    )


def _notes(about: Iterable[Missing | Caution]) -> Notes:
    """Return in words which lines do not run as they were meant to, by kind and key of the line."""
    found: dict[tuple[LineKind | None, int | None], tuple[str, ...]] = {}
    for each in about:
        if each.finding is not None and each.finding.principle in OUT_OF_TIME:
            at = (each.line_kind, each.line_id)
            found[at] = (*found.get(at, ()), finding_in_words(each.finding))
    return found


def _line_table(sheet: CaseSheet, kind: LineKind, columns: tuple[str, ...], notes: Notes) -> LineTable:
    is_cost = kind is LineKind.COST
    lines = sheet.costs if is_cost else sheet.benefits
    return LineTable(
        kind=kind,
        title=_("Costs") if is_cost else _("Benefits"),
        caption=_("Costs by line and year") if is_cost else _("Benefits by line and year"),
        empty_title=_("No cost yet") if is_cost else _("No benefit yet"),
        empty_text=_("Each line has amounts by year, a source and a confidence."),
        columns=columns,
        rows=tuple(_line_row(sheet.slug, kind, line, notes.get((kind, line.id), ())) for line in lines),
        sums=amount_row(
            _("Sum"), sheet.flows.costs if is_cost else sheet.flows.benefits, is_sum=True, derivation=_of_sum()
        ),
        add_label=_("Add a cost") if is_cost else _("Add a benefit"),
        add_url=reverse("business_case:line_new", args=[sheet.slug, kind]),
    )


def _of_sum() -> Derivation:
    return Derivation(_("sum of the lines above that are in the figures"))


def _line_row(slug: str, kind: LineKind, line: LineSheet, notes: tuple[str, ...]) -> LineRow:
    tones = {Confidence.HIGH: "success", Confidence.MEDIUM: "neutral", Confidence.LOW: "warning"}
    return LineRow(
        id=line.id,
        description=line.description,
        category=str(CATEGORIES[category_of(kind, line.category)]),
        source=line.source,
        confidence=str(CONFIDENCES[line.confidence]),
        tone=tones[line.confidence],
        amounts=tuple(formats.number(value) for value in line.amounts),
        total=formats.number(line.total),
        edit_url=reverse("business_case:line", args=[slug, kind, line.id]),
        derivation_url=reverse("business_case:derivation", args=[slug, kind, line.id]),
        notes=notes if line.is_counted else (*notes, _uncounted(line)),
    )


def _uncounted(line: LineSheet) -> str:
    """Return why a line is shown but not summed."""
    return _("Not in the figures: learner time is left out.") if line.is_learner_time else _("Told, not counted.")


def category_of(kind: LineKind, name: str) -> CostCategory | BenefitCategory:
    """Return the category a line names."""
    return CostCategory(name) if kind is LineKind.COST else BenefitCategory(name)


def _presentation(sheet: CaseSheet, state: CaseState, presentation: Presentation | None) -> PresentationEntry | None:
    if presentation is None:
        return None
    sentence = _("Presented by %(name)s on %(instant)s") % {
        "name": presentation.presented_by_name,
        "instant": formats.instant(presentation.presented_at),
    }
    return PresentationEntry(
        sentence=with_origin(sentence, presentation),
        is_current=state is CaseState.PRESENTED,
        brief_url=reverse("business_case:brief", args=[sheet.slug]),
        digest=presentation.digest,
    )
