"""The figures of a roadmap: when it is finished, with its chances, and how each day comes about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.derived import Derivation, Figure, Row
from mycelia.business_case.pages.estimates import expected_in_words, in_words
from mycelia.business_case.pages.risk_derivations import of_finish
from mycelia.business_case.types import (
    CaseModel,
    Finding,
    FinishDates,
    PlannedItem,
    Principle,
    Schedule,
    Simulation,
    WorkItem,
)


def item_anchor(key: str) -> str:
    """Return the name of a work item on the page."""
    return f"item-{key}"


def roadmap_figures(
    model: CaseModel, plan: Schedule, found: Simulation | None, out_of_time: Sequence[Finding]
) -> tuple[Figure, ...]:
    """Return when everything is finished as planned and by chance, and how much is overdue."""
    return (*_finish(model, plan, found), *_overdue(model, out_of_time))


def of_item(item: WorkItem, plan: PlannedItem, chance: FinishDates | None) -> Derivation:
    """Return how the dates of one work item come about, and what its chances are."""
    duration = () if item.is_milestone else _duration(item)
    dates = (
        (_("Earliest start and finish"), _span(plan.early_start, plan.early_finish)),
        (_("Latest start and finish"), _span(plan.late_start, plan.late_finish)),
    )
    chances = () if chance is None else _chances(chance)
    note = _("Critical in a draw: the end of the roadmap in that draw waits for it.") if chance else ""
    formula = _("earliest: after everything that it waits for; latest: without delaying the end")
    return Derivation(formula, (*duration, *dates, *chances), note)


def _duration(item: WorkItem) -> tuple[tuple[str, str], ...]:
    return (
        (_("Days it may take"), in_words(item.duration_days)),
        (_("Expected days"), expected_in_words(item.duration_days)),
        (_("Source"), item.source or _("no source stated")),
    )


def _chances(chance: FinishDates) -> tuple[tuple[str, str], ...]:
    return (
        (_("In half of the draws by"), formats.day(chance.p50)),
        (_("In 8 of 10 draws by"), formats.day(chance.p80)),
        (_("In 19 of 20 draws by"), formats.day(chance.p95)),
        (_("Criticality: share of the draws in which it is critical"), formats.share(chance.criticality, places=1)),
    )


def _span(start: date, finish: date) -> str:
    return formats.day(finish) if finish <= start else f"{formats.day(start)} – {formats.day(finish)}"


def _finish(model: CaseModel, plan: Schedule, found: Simulation | None) -> Iterator[Figure]:
    if plan.finish is None:
        return
    planned = {item.key for item in plan.items}
    if all(item.finished_on for item in model.roadmap.items if item.key in planned):
        done = ngettext("%(n)s item", "%(n)s items", len(plan.items)) % {"n": len(plan.items)}
        last = Derivation(_("last day on which an item was finished"), rows=_rows(model, plan, planned))
        yield Figure("finished", _("Finished"), done, formats.day(plan.finish), last)
        return
    yield _planned(model, plan)
    if found is None or found.finish is None:
        return
    finish, derivation = found.finish, of_finish(found, found.finish)
    for key, label, convention, day in (
        ("finish-p50", _("As likely as not by"), _("half of the draws"), finish.p50),
        ("finish-p80", _("Very likely by"), _("8 of 10 draws"), finish.p80),
        ("finish-p95", _("Almost surely by"), _("19 of 20 draws"), finish.p95),
    ):
        yield Figure(key, label, convention, formats.day(day), derivation)


def _planned(model: CaseModel, plan: Schedule) -> Figure:
    """Return the planned finish, with the chain of items that decides it."""
    count = len(plan.critical_path)
    critical = ngettext("%(n)s item is critical", "%(n)s items are critical", count) % {"n": count}
    derivation = Derivation(
        _("last day of the critical path, each item taking its expected time"),
        note=_("The items that decide it, in order; a delay of any one delays the end."),
        rows=_rows(model, plan, set(plan.critical_path)),
    )
    return Figure("planned-finish", _("Planned finish"), critical, formats.day(plan.finish or model.start), derivation)


def _overdue(model: CaseModel, found: Sequence[Finding]) -> Iterator[Figure]:
    late = [one for one in found if one.principle is Principle.OVERDUE]
    if not late:
        return
    day = formats.day(date.fromisoformat(late[0].related[1]))
    keys = {one.subject.partition("/")[2] for one in late}
    derivation = Derivation(
        _("items that were to be finished before that day, had all gone as expected, and are not"),
        rows=tuple(_row(item, "") for item in model.roadmap.items if item.key in keys),
    )
    count = ngettext("%(n)s item", "%(n)s items", len(late)) % {"n": len(late)}
    yield Figure("overdue", _("Overdue"), _("as of %(day)s") % {"day": day}, count, derivation)


def _rows(model: CaseModel, plan: Schedule, keys: set[str]) -> tuple[Row, ...]:
    titles = {item.key: item for item in model.roadmap.items}
    ordered = sorted((item for item in plan.items if item.key in keys), key=lambda item: item.early_finish)
    return tuple(_row(titles[item.key], formats.day(item.early_finish)) for item in ordered)


def _row(item: WorkItem, value: str) -> Row:
    return Row(item.title, value, f"#{item_anchor(item.key)}")
