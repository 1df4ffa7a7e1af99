"""The roadmap of a case: when each work item runs, what is critical, and what hangs on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.calc import items_out_of_time
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.cautions import finding_in_words
from mycelia.business_case.pages.derived import Derivation, Figure
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.estimates import in_words
from mycelia.business_case.pages.gantt import Gantt, gantt
from mycelia.business_case.pages.item_form import finding_url
from mycelia.business_case.pages.roadmap_figures import item_anchor, of_item, roadmap_figures
from mycelia.business_case.pages.sections import ROADMAP, Tab, case_tabs
from mycelia.business_case.types import (
    BenefitLine,
    CaseModel,
    CostLine,
    Finding,
    FinishDates,
    PlannedItem,
    Principle,
    Schedule,
    Simulation,
    WorkItem,
)
from mycelia.ui.api import Breadcrumb


@dataclass(frozen=True)
class ItemRow:
    """One work item, as the list shows it."""

    title: str
    phase: str
    is_milestone: bool
    is_critical: bool
    duration: str
    dates: str
    slack: str
    after: str
    needs: str
    lines: str
    chance: str
    derivation: Derivation | None
    is_done: bool
    is_overdue: bool
    edit_url: str
    anchor: str
    finding_url: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class RoadmapPage:
    """Context of `/case/<slug>/roadmap/`."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    tabs: tuple[Tab, ...]
    is_synthetic: bool
    headline: tuple[Figure, ...]
    gantt: Gantt | None
    rows: tuple[ItemRow, ...]
    add_url: str
    lists: tuple[tuple[str, str], ...]


def roadmap_page(
    case: Case,
    model: CaseModel,
    plan: Schedule,
    found: Simulation | None,
    *,
    edit_urls: Mapping[str, str],
    add_url: str,
    findings: Mapping[str, str],
    lists: tuple[tuple[str, str], ...] = (),
) -> RoadmapPage:
    """Return the page.

    Args:
        found: The latest simulation, for the dates with their chances; None before the first.
        edit_urls: Address of the form of each item by key; empty for who may only read.
        findings: Key of the finding that an item was before, by key of the item.
        lists: The lists in which work items and phases are put in order, as label and address.
    """
    chances = {} if found is None else {item.key: item for item in found.items}
    out_of_time = items_out_of_time(model)
    return RoadmapPage(
        title=_("Roadmap"),
        lead=_("When it is done, what could delay it, and which costs and benefits wait for it."),
        breadcrumbs=trail(case, _("Roadmap")),
        tabs=case_tabs(case.slug, ROADMAP),
        is_synthetic=case.is_synthetic,
        headline=roadmap_figures(model, plan, found, out_of_time),
        gantt=gantt(model.roadmap, plan, chances, overdue_among(out_of_time)) if plan.items else None,
        rows=tuple(
            _row(model, item, plan.of(item.key), chances.get(item.key), edit_urls, findings, out_of_time)
            for item in _shown(model, plan)
        ),
        add_url=add_url,
        lists=lists,
    )


def _shown(model: CaseModel, plan: Schedule) -> list[WorkItem]:
    planned = {item.key for item in plan.items}
    return [item for item in model.roadmap.items if item.key in planned]


def overdue_among(found: Sequence[Finding]) -> frozenset[str]:
    """Return the keys of the work items that are overdue by what was found."""
    return frozenset(one.subject.partition("/")[2] for one in found if one.principle is Principle.OVERDUE)


def overdue_titles(model: CaseModel) -> tuple[str, ...]:
    """Return the titles of the work items that were to be finished by now, and are not."""
    late = overdue_among(items_out_of_time(model))
    return tuple(item.title for item in model.roadmap.items if item.key in late)


def _row(
    model: CaseModel,
    item: WorkItem,
    plan: PlannedItem,
    chance: FinishDates | None,
    edit_urls: Mapping[str, str],
    findings: Mapping[str, str],
    out_of_time: Sequence[Finding],
) -> ItemRow:
    phases = {phase.key: phase.title for phase in model.roadmap.phases}
    titles = {other.key: other.title for other in model.roadmap.items}
    about = [each for each in out_of_time if each.subject == f"item/{item.key}"]
    return ItemRow(
        title=item.title,
        phase=phases.get(item.phase or "", ""),
        is_milestone=item.is_milestone,
        is_critical=plan.is_critical and item.finished_on is None,
        duration="" if item.is_milestone else _("%(days)s days") % {"days": in_words(item.duration_days)},
        dates=_dates(plan.early_start, plan.early_finish),
        slack=_slack(item, plan),
        after=", ".join(titles[one.key] for one in item.depends_on),
        needs=", ".join(f"{formats.plain_number(one.quantity)} {one.role}" for one in item.resources),
        lines=", ".join(_tied(model, item.key)),
        chance="" if chance is None or item.finished_on else _chance(chance),
        derivation=None if item.finished_on else of_item(item, plan, chance),
        is_done=item.finished_on is not None,
        is_overdue=any(each.principle is Principle.OVERDUE for each in about),
        edit_url=edit_urls.get(item.key, ""),
        anchor=item_anchor(item.key),
        finding_url=finding_url(findings.get(item.key, "")),
        notes=tuple(finding_in_words(each) for each in about),
    )


def _slack(item: WorkItem, plan: PlannedItem) -> str:
    if item.finished_on or plan.is_critical:
        return ""
    return ngettext("%(n)s day to spare", "%(n)s days to spare", plan.slack_days) % {"n": plan.slack_days}


def _dates(start: date, finish: date) -> str:
    if finish <= start:
        return formats.day(finish)
    return _("%(start)s to %(finish)s") % {"start": formats.day(start), "finish": formats.day(finish)}


def _chance(chance: FinishDates) -> str:
    return _("80 %% by %(day)s; critical in %(share)s of the draws") % {
        "day": formats.day(chance.p80),
        "share": formats.share(chance.criticality),
    }


def _tied(model: CaseModel, key: str) -> list[str]:
    lines: tuple[CostLine | BenefitLine, ...] = (*model.costs, *model.benefits)
    return [line.description for line in lines if key in (line.timing.start_milestone, line.timing.end_milestone)]
