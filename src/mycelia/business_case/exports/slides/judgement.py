"""Slides about how sure it is: range, tornado, roadmap, KPIs, assumptions, and what is to be decided."""

from __future__ import annotations

from django.utils.translation import gettext as _
from pptx.enum.chart import XL_CHART_TYPE

from mycelia.business_case.exports import findings
from mycelia.business_case.exports.dossier import Dossier
from mycelia.business_case.exports.slides.deck import FIRST_HALF, SECOND_HALF, WHOLE, Deck, every_half_year
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.input_names import input_amount, input_name
from mycelia.business_case.types import KpiSheet

MOST_BARS, MOST_ROWS, SPACIOUS_LINES = 8, 11, 4


def value_range(deck: Deck, dossier: Dossier, source: str) -> None:
    """How the balance may run."""
    found = dossier.simulation
    slide = deck.slide(findings.chance(dossier), notes=f"{source}\n" + _("One joint simulation of all estimates."))
    if findings.is_empty(dossier):
        slide.words(WHOLE, [findings.next_step()])
        return
    months = [str(month) for month in range(len(found.fan.p50))]
    series = [(_("10 % are lower"), found.fan.p10), (_("Median"), found.fan.p50), (_("10 % are higher"), found.fan.p90)]
    named = _("Line chart of the cumulative net benefit by month with its median and the band of four in five: %s")
    chart = slide.chart(WHOLE, XL_CHART_TYPE.LINE, months, series, named=named % findings.chance(dossier))
    every_half_year(chart)


def tornado(deck: Deck, dossier: Dossier, source: str) -> None:
    """What moves the value most."""
    swings = dossier.simulation.tornado[:MOST_BARS][::-1]
    notes = _("Each input at its 10th and 90th percentile, all others at their mean.")
    slide = deck.slide(findings.strongest_input(dossier), notes=f"{source}\n{notes}")
    if not swings:
        slide.words(WHOLE, [_("State estimates as ranges, and this slide shows which of them matters.")])
        return
    names = [findings.short(input_name(swing.name, swing.label), 44) for swing in swings]
    series = [
        (_("Input low"), [swing.npv_at_low for swing in swings]),
        (_("Input high"), [swing.npv_at_high for swing in swings]),
    ]
    words = "; ".join(reversed(names))
    named = _("Bar chart of the net present value with each input low and high, strongest first: %s") % words
    chart = slide.chart(WHOLE, XL_CHART_TYPE.BAR_CLUSTERED, names, series, named=named)
    chart.plots[0].gap_width, chart.plots[0].overlap = 60, 100
    chart.value_axis.crosses_at = dossier.simulation.npv.mean or 0.0


def roadmap(deck: Deck, dossier: Dossier, source: str) -> None:
    """When what is done."""
    titles = {item.key: item.title for item in dossier.model.roadmap.items}
    owners = {item.key: item.owner for item in dossier.model.roadmap.items}
    chances = {item.key: item for item in dossier.simulation.items}
    slide = deck.slide(
        findings.finish(dossier), notes=f"{source}\n" + _("Critical path method; finish dates simulated.")
    )
    planned = dossier.schedule.items[:MOST_ROWS]
    if not planned:
        slide.words(WHOLE, [_("Add work items with durations and dependencies to the case.")])
        return
    rows = [
        (
            findings.short(titles[item.key], 44) + (" *" if item.is_critical else ""),
            owners[item.key] or _("nobody yet"),
            formats.day(item.early_start),
            formats.day(item.early_finish),
            formats.day(chances[item.key].p80) if item.key in chances else "",
        )
        for item in planned
    ]
    heads = (_("Work item (* critical)"), _("Owner"), _("Starts"), _("Finishes"), _("By, four in five"))
    slide.table(WHOLE, heads, rows, named=_("Work items with owner and dates"))


def kpis(deck: Deck, dossier: Dossier, source: str) -> None:
    """How it will be told whether it worked."""
    slide = deck.slide(findings.measured(dossier), notes=f"{source}\n" + _("Baseline, target and latest value."))
    rows = [_kpi(kpi) for kpi in findings.kpis(dossier)[:MOST_ROWS]]
    if not rows:
        missing = _("Add an objective with a KPI (baseline, target, owner, source): without one no case is presented.")
        slide.words(WHOLE, [missing])
        return
    heads = (_("KPI"), _("Baseline"), _("Target"), _("By"), _("Latest value"), _("Owner"))
    slide.table(WHOLE, heads, rows, named=_("KPIs with baseline, target and latest value"))


def _kpi(kpi: KpiSheet) -> tuple[str, ...]:
    unknown, actual = _("not known"), findings.actual_of(kpi)
    return (
        findings.short(kpi.name, 44),
        unknown if kpi.baseline_value is None else formats.measure(kpi.baseline_value, kpi.unit),
        unknown if kpi.target_value is None else formats.measure(kpi.target_value, kpi.unit),
        unknown if kpi.target_date is None else formats.day(kpi.target_date),
        _("not measured yet") if actual is None else formats.measure(actual, kpi.unit),
        kpi.owner_name or unknown,
    )


def assumptions(deck: Deck, dossier: Dossier, source: str) -> None:
    """What the case rests on that is still weak."""
    weak = findings.weak_lines(dossier)
    slide = deck.slide(findings.assumptions(dossier), notes=f"{source}\n" + _("The workbook has the whole register."))
    if not weak:
        named = _("Each line names its source, and each benefit its evidence.")
        slide.words(WHOLE, [named if findings.lines_of(dossier) else findings.next_step()])
        return
    rows = [(findings.short(line.description, 60), reason) for line, reason in weak[:MOST_ROWS]]
    slide.table(WHOLE, (_("Line"), _("What is missing")), rows, named=_("Lines that rest on little"))


def decision(deck: Deck, dossier: Dossier, source: str) -> None:
    """What is to be decided, and what would have to be true."""
    go_ahead = _("To decide: go ahead with %(option)s, or say what would have to be known first")
    is_empty = findings.is_empty(dossier)
    title = _("There is nothing to decide yet") if is_empty else go_ahead % {"option": findings.preferred_name(dossier)}
    slide = deck.slide(title, notes=source)
    lines = [
        f"{findings.ask(dossier)}.",
        findings.next_step() if is_empty else f"{findings.break_even(dossier)}.",
        f"{findings.finish(dossier)}.",
        *filter(None, (findings.so_far(dossier), dossier.gate)),
        _("Owner: %(name)s.") % {"name": dossier.sheet.owner_name or _("nobody yet")},
    ]
    slide.words(FIRST_HALF, lines, size=18 if len(lines) <= SPACIOUS_LINES else 14)
    worth = [one for one in dossier.simulation.break_evens if one.value is not None][:6]
    if worth:
        rows = [
            (
                findings.short(input_name(one.name, one.label), 44),
                input_amount(one.name, one.expected),
                input_amount(one.name, one.value or 0.0),
            )
            for one in worth
        ]
        heads = (_("What would have to be true"), _("Expected"), _("Break-even at"))
        slide.table(SECOND_HALF, heads, rows, named=_("Value of each input at which the case is worth nothing"))
