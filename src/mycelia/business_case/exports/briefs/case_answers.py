"""Answers from the case itself: money, time, needs, KPIs and how sure it all is."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.business_case.calc import missing_from
from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.calc.needs import open_items, role_needs, unstaffed
from mycelia.business_case.exports import findings
from mycelia.business_case.exports.briefs import landscape_answers
from mycelia.business_case.exports.briefs.questions import Sentence
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.roadmap import overdue_titles
from mycelia.business_case.types import (
    BenefitLine,
    CostCategory,
    CostLine,
    EvidenceGrade,
    Recurrence,
    RoleNeed,
    Scenario,
    SourceKind,
)

Answer = tuple[Sentence, ...]
PROVEN = frozenset({EvidenceGrade.EXPERIMENT, EvidenceGrade.COMPARISON})
MOST_NEEDS, MOST_METRICS = 6, 3
ZERO = Decimal(0)


def cost_to_implement(dossier: Dossier) -> Answer:
    """What it costs until it runs, by category, and the range."""
    if not dossier.preferred.figures.total_costs:
        return (Sentence(_("No cost is entered yet: the case needs its costs, by category and with their sources.")),)
    figures, source = dossier.preferred.figures, _("cost lines of the case")
    named = "; ".join(
        f"{name} {findings.money(dossier, amount)}" for name, amount in findings.cost_by_category(dossier)[:4]
    )
    once = findings.money(dossier, once_only(dossier))
    total = _("It costs %(total)s over %(length)s, of which %(once)s only once.")
    worst = dossier.results[dossier.model.preferred.key][Scenario.PESSIMISTIC].figures.total_costs
    return (
        Sentence(
            total
            % {"total": findings.money(dossier, figures.total_costs), "length": findings.length(dossier), "once": once},
            source,
        ),
        Sentence(_("The largest parts are: %(named)s.") % {"named": named}, source),
        *_paid_time(dossier, source),
        *_by_phase(dossier),
        Sentence(
            _("In the pessimistic scenario it costs %(total)s.") % {"total": findings.money(dossier, worst)},
            _("estimates of the case, each at the worse of its 10th and 90th percentile"),
        ),
        Sentence(_sourced(dossier), source),
    )


def _sourced(dossier: Dossier) -> str:
    """Return how many costs say where they come from, and how prices rise."""
    lines = [line for line in findings.lines_of(dossier) if isinstance(line, CostLine)]
    words = _("%(sourced)s of %(all)s cost lines name a source; prices rise by %(rate)s a year or as a line states.")
    rate = formats.rate(dossier.model.inflation_per_year)
    return words % {"sourced": sum(bool(line.source) for line in lines), "all": len(lines), "rate": rate}


def _by_phase(dossier: Dossier) -> Answer:
    """Return what falls to each phase: that of the work item which a line waits for."""
    roadmap = dossier.model.roadmap
    titles = {phase.key: phase.title for phase in roadmap.phases}
    phases = {item.key: titles.get(item.phase or "", "") for item in roadmap.items}
    starts = {line.key: line.timing.start_milestone or "" for line in dossier.model.costs}
    amounts: Counter[str] = Counter()
    for flow in dossier.preferred.costs:
        if flow.is_counted and (phase := phases.get(starts[flow.key], "")):
            amounts[phase] += sum(flow.by_column, ZERO)  # type: ignore[assignment]
    if not amounts:
        return ()
    named = "; ".join(
        f"{title} {findings.money(dossier, Decimal(amounts[title]))}" for title in titles.values() if amounts[title]
    )
    words = _("Waiting for a phase of the roadmap: %(named)s.")
    return (Sentence(words % {"named": named}, _("cost lines and roadmap of the case")),)


def once_only(dossier: Dossier) -> Decimal:
    """Return what is paid in the first column or falls due once."""
    lines = {line.key: line for line in dossier.model.costs}
    amount = ZERO
    for flow in dossier.preferred.costs:
        if flow.is_counted:
            line = lines[flow.key]
            is_once = line.basis.value == "computed" and line.recurrence is Recurrence.ONE_OFF
            amount += sum(flow.by_column, ZERO) if is_once else flow.by_column[0]
    return amount


def needs(dossier: Dossier) -> Answer:
    """Which people, things, systems, content and prerequisites roadmap and blueprint ask for."""
    return (*_people(dossier), *_content(dossier), *landscape_answers.needs(dossier))


def _people(dossier: Dossier) -> Answer:
    roadmap, option = dossier.model.roadmap, dossier.model.preferred.key
    source = _("roadmap of the case")
    if roadmap.items and not any(open_items(roadmap, option)):
        return (Sentence(_("All work of the roadmap is finished: nobody more is needed for it."), source),)
    found = role_needs(roadmap, option)
    if not found:
        return ()
    named = ", ".join(_need(need) for need in found[:MOST_NEEDS])
    asked = Sentence(_("The roadmap asks for: %(named)s.") % {"named": named}, source)
    without = len(unstaffed(roadmap, option))
    if not without:
        return (asked,)
    words = ngettext(
        "%(count)s work item that takes time names nobody, so this is too little.",
        "%(count)s work items that take time name nobody, so this is too little.",
        without,
    )
    return asked, Sentence(words % {"count": without}, source)


def _content(dossier: Dossier) -> Answer:
    hours = expected(dossier.model.drivers.content_hours)
    if not hours:
        return ()
    words = _("It rests on %(hours)s hours of content.") % {"hours": formats.plain_number(hours)}
    return (Sentence(words, _("drivers of the case")),)


def _need(need: RoleNeed) -> str:
    unit = f" ({need.unit})" if need.unit else ""
    count = formats.plain_number(need.peak)
    days = formats.number(need.days)
    return _("%(count)s × %(role)s for %(days)s days") % {"count": count, "role": need.role + unit, "days": days}


def duration(dossier: Dossier) -> Answer:
    """When it is done, as sure as that is."""
    if dossier.simulation.finish is None:
        return (Sentence(f"{findings.finish(dossier)}."),)
    critical = {item.key: item.title for item in dossier.model.roadmap.items}
    path = [critical[key] for key in dossier.schedule.critical_path]
    return (
        Sentence(f"{findings.finish(dossier)}.", simulated(dossier)),
        Sentence(
            _("What cannot slip: %(path)s.") % {"path": findings.short(findings.listed(path), 200)},
            _("critical path of the roadmap"),
        ),
        *overdue(dossier),
    )


def overdue(dossier: Dossier) -> Answer:
    """Return which work items were to be finished by now, and are not."""
    titles = overdue_titles(dossier.model)
    as_of = dossier.model.roadmap.as_of
    if not titles or as_of is None:
        return ()
    words = ngettext(
        "%(count)s work item is overdue: %(named)s.", "%(count)s work items are overdue: %(named)s.", len(titles)
    )
    named = findings.short(findings.listed(titles), 200)
    source = _("roadmap of the case on %(day)s") % {"day": formats.day(as_of)}
    return (Sentence(words % {"count": len(titles), "named": named}, source),)


def cost_to_sustain(dossier: Dossier) -> Answer:
    """What the last whole year costs, and for each active learner."""
    by_year = dossier.sheet.flows.costs
    if not any(by_year[1:]):
        return (Sentence(_("No cost is entered yet that goes on after the start.")),)
    last = max(1, dossier.model.horizon_months // 12)
    cost, source = by_year[last], _("cost lines of the case")
    year = _("Year %(year)s costs %(cost)s.") % {"year": last, "cost": findings.money(dossier, cost)}
    hour = Sentence(_("What an hour of learning costs is not measured yet."))
    people = expected(dossier.model.drivers.headcount)
    if not people:
        return Sentence(year, source), Sentence(_("Per person it is not known: the case names no headcount.")), hour
    each = _("That is %(each)s for each of %(people)s people in scope at the start.")
    values = {"each": findings.money(dossier, cost / people), "people": formats.number(people)}
    return Sentence(year, source), Sentence(each % values, _("cost lines and headcount of the case")), hour


def productivity(dossier: Dossier) -> Answer:
    """How well the claimed benefits are proven."""
    lines = [line for line in findings.lines_of(dossier) if isinstance(line, BenefitLine) and not line.is_intangible]
    if not lines:
        return (Sentence(_("No benefit is entered yet: the case needs what it is to bring, and how that is proven.")),)
    keys = {line.key for line in lines if line.evidence_grade in PROVEN}
    amounts = {flow.key: sum(flow.by_column, ZERO) for flow in dossier.preferred.benefits if flow.is_counted}
    total, proven = sum(amounts.values(), ZERO), sum((amounts.get(key, ZERO) for key in keys), ZERO)
    share = formats.percentage(proven / total) if total else formats.percentage(ZERO)
    words = _("%(share)s of the benefits rest on an experiment or a comparison group (%(count)s of %(all)s lines).")
    text = words % {"share": share, "count": len(keys), "all": len(lines)}
    return (
        Sentence(text, _("evidence grades of the benefit lines")),
        Sentence(_("A causal estimate from the platform's own record is not measured yet.")),
    )


def net_benefit(dossier: Dossier) -> Answer:
    """Value, range, scenarios and payback."""
    if findings.is_empty(dossier):
        return (Sentence(f"{findings.ask(dossier)}. {findings.next_step()}"),)
    option = dossier.model.preferred.key
    low, high = (dossier.results[option][kind].figures.npv for kind in (Scenario.PESSIMISTIC, Scenario.OPTIMISTIC))
    scenarios = _("Net present value: pessimistic %(low)s, expected %(npv)s, optimistic %(high)s.")
    npv = dossier.preferred.figures.npv
    money = {"low": low, "npv": npv, "high": high}
    return (
        Sentence(
            scenarios % {name: findings.money(dossier, value) for name, value in money.items()}, _("lines of the case")
        ),
        Sentence(f"{findings.chance(dossier)}.", simulated(dossier)),
        *_spread(dossier),
        *_beside_nothing(dossier),
        Sentence(f"{findings.paid_back(dossier)}. {findings.best_option(dossier)}.", _("lines of all options")),
    )


def _spread(dossier: Dossier) -> Answer:
    """Return between what the ratios, payback and internal rate lie in eight of ten draws."""
    found = dossier.simulation
    parts = (
        (_("return %(low)s to %(high)s"), found.roi, formats.share),
        (_("benefit-cost ratio %(low)s to %(high)s"), found.bcr, formats.quantity),
        (_("payback %(low)s to %(high)s months"), found.payback_months, formats.quantity),
        (_("internal rate %(low)s to %(high)s"), found.irr, formats.share),
    )
    named = [
        words % {"low": written(spread.p10), "high": written(spread.p90)}
        for words, spread, written in parts
        if spread.p10 is not None and spread.p90 is not None
    ]
    if not named:
        return ()
    return (Sentence(_("In 8 of 10 draws: %(named)s.") % {"named": "; ".join(named)}, simulated(dossier)),)


def _beside_nothing(dossier: Dossier) -> Answer:
    """Return what the proposal is worth more or less than doing nothing."""
    option = next(one for one in dossier.sheet.options if one.key == dossier.model.preferred.key)
    if option.against_nothing is None:
        return ()
    npv = option.against_nothing.npv
    more = _("It is worth %(amount)s more than doing nothing.")
    less = _("It is worth %(amount)s less than doing nothing.")
    words = (more if npv >= 0 else less) % {"amount": findings.money(dossier, abs(npv))}
    return (Sentence(words, _("lines of all options")),)


def kpis(dossier: Dossier) -> Answer:
    """How many KPIs are complete and measured."""
    found = findings.kpis(dossier)
    if not found:
        return (Sentence(_("No KPI is defined yet: such a case does not go to the committee.")),)
    complete = sum(not missing_from(kpi) for kpi in found)
    words = _("%(complete)s of %(all)s KPIs have baseline, target, owner, source and dates; %(measured)s.")
    measured = findings.measured(dossier)
    text = words % {"complete": complete, "all": len(found), "measured": measured[:1].lower() + measured[1:]}
    source = _("objectives of the case")
    bare = sum(not objective.kpis for objective in dossier.objectives)
    if not bare:
        return (Sentence(text, source),)
    words = ngettext("%(count)s objective has no KPI.", "%(count)s objectives have no KPI.", bare)
    return Sentence(text, source), Sentence(words % {"count": bare}, source)


def measurement(dossier: Dossier) -> Answer:
    """How many KPIs fill themselves."""
    found = findings.kpis(dossier)
    if not found:
        return ()
    filled = sum(kpi.source_kind is SourceKind.PLATFORM for kpi in found)
    words = _("%(filled)s of %(all)s KPIs are filled by the platform itself.")
    return (Sentence(words % {"filled": filled, "all": len(found)}, _("sources of the KPIs")),)


def completions(dossier: Dossier) -> Answer:
    """What the KPIs that the platform fills stand at."""
    return tuple(
        Sentence(
            _("%(name)s stands at %(value)s.")
            % {"name": findings.short(kpi.name), "value": formats.measure(kpi.actual.value, kpi.unit)},
            _("metric %(metric)s, %(instant)s")
            % {"metric": kpi.actual.metric_id, "instant": formats.instant(kpi.actual.as_of)},
        )
        for kpi in findings.kpis(dossier)
        if kpi.actual is not None and kpi.actual.value is not None
    )[:MOST_METRICS]


def checkable(dossier: Dossier) -> Answer:
    """By what the reader can check the brief."""
    words = _("The workbook of this case recomputes every figure; the page opens the derivation of each.")
    if not dossier.digest:
        return (Sentence(words, dossier.standing), Sentence(_("Nothing is frozen yet: this is a draft.")))
    return (Sentence(words, _("snapshot %(digest)s") % {"digest": dossier.digest[:16]}),)


def adoption(dossier: Dossier) -> Answer:
    """How many are expected to take part; what encouraged them is another question."""
    drivers = dossier.model.drivers
    people, ceiling = expected(drivers.headcount), expected(drivers.adoption.ceiling)
    if not people:
        return ()
    words = _("The case expects %(share)s of %(people)s people to take part in the end.")
    values = {
        "share": formats.percentage(ceiling),
        "people": formats.number(people),
    }
    return (
        Sentence(words % values, _("adoption assumed in the case")),
        Sentence(_("Which encouragement works is not measured yet.")),
    )


def learner_time(dossier: Dossier) -> Answer:
    """What part of all costs the time of learners is; the amount is for finance, as it tells what an hour is paid."""
    amount, total = (
        _time_of_learners(dossier),
        sum((sum(flow.by_column, ZERO) for flow in dossier.preferred.costs), ZERO),
    )
    if not amount:
        return (Sentence(_("The time that learners spend is not measured yet.")),)
    words = _(
        "The time you spend learning is planned as %(share)s of all costs over %(length)s: it is paid working time."
    )
    values = {"share": formats.percentage(amount / total), "length": findings.length(dossier)}
    return (Sentence(words % values, _("cost lines of the case")),)


def _time_of_learners(dossier: Dossier) -> Decimal:
    """Return what the time of learners is worth, whether or not the figures count it."""
    keys = {line.key for line in dossier.model.costs if line.category is CostCategory.LEARNER_TIME}
    return sum((sum(flow.by_column, ZERO) for flow in dossier.preferred.costs if flow.key in keys), ZERO)


def _paid_time(dossier: Dossier, source: str) -> Answer:
    amount = _time_of_learners(dossier)
    if not amount:
        return ()
    counted, beside = _("Paid time of learners in it: %(amount)s."), _("Paid time of learners beside it: %(amount)s.")
    words = counted if dossier.model.counts_learner_time else beside
    return (Sentence(words % {"amount": findings.money(dossier, amount)}, source), *_saved_time(dossier))


def _saved_time(dossier: Dossier) -> Answer:
    """Return what time of learners the benefits save, and whether the figures count it: both sides or neither."""
    keys = {line.key for line in dossier.model.benefits if line.is_learner_time and not line.is_intangible}
    amount = sum((sum(flow.by_column, ZERO) for flow in dossier.preferred.benefits if flow.key in keys), ZERO)
    if not amount:
        return ()
    counted = _("Time of learners that the benefits save: %(amount)s, in the figures as well.")
    beside = _("Time of learners that the benefits save: %(amount)s, left out of the figures as well.")
    words = counted if dossier.model.counts_learner_time else beside
    return (Sentence(words % {"amount": findings.money(dossier, amount)}, _("benefit lines of the case")),)


def simulated(dossier: Dossier) -> str:
    """Return the source of what was simulated."""
    made = {"draws": f"{dossier.simulation.draws:,}", "seed": dossier.simulation.seed}
    return _("joint simulation, %(draws)s draws, seed %(seed)s") % made
