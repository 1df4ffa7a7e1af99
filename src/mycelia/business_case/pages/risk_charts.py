"""Charts of a simulation: how the net present value spreads, what moves it, and how the balance may run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case.pages import formats
from mycelia.business_case.pages.formats import approximate
from mycelia.business_case.pages.input_names import input_amount, input_name
from mycelia.business_case.types import Simulation, Swing
from mycelia.ui.api import Chart, chart, drawing

BINS, BARS, BANDS = "bins", "bars", "bands"
SHOWN_SWINGS = 12
SHOWN_NAME = 44


def spread_chart(found: Simulation, *, title: str, currency: str, source: str, as_of: date) -> Chart:
    """Return the histogram of the net present value, with its percentiles and zero."""
    edges = [left for left, _count in found.histogram]
    counts = [count for _left, count in found.histogram[:-1]]
    bins = [(left, right, count / found.draws) for left, right, count in zip(edges, edges[1:], counts, strict=False)]
    drawn = [
        {"left": left, "right": right, "share": share, "side": _("loss") if left < 0 else _("gain")}
        for left, right, share in bins
    ]
    return chart(
        {**_histogram(), "datasets": {BINS: drawn, "marks": _marks(found)}},
        title=title,
        unit=_("Net present value, %(currency)s; share of draws") % {"currency": currency},
        source=source,
        as_of=as_of,
        columns=(_("From"), _("To"), _("Share of draws")),
        rows=[
            (approximate(left, currency), approximate(right, currency), formats.share(share, places=1))
            for left, right, share in bins
        ],
    )


def tornado_chart(
    found: Simulation, *, title: str, currency: str, source: str, as_of: date, tells_inputs: bool = True
) -> Chart | None:
    """Return what moves the net present value most, one input at a time; None where nothing is uncertain.

    Args:
        tells_inputs: Whether its table gives the low and the high of each input, which are estimates of the case.
    """
    swings = found.tornado[:SHOWN_SWINGS]
    if not swings:
        return None
    bars = [bar for place, swing in enumerate(swings) for bar in _bars(swing, place)]
    return chart(
        {**_tornado(), "datasets": {BARS: bars, "centre": [{"npv": found.npv.mean or 0}]}},
        title=title,
        unit=_("Net present value, %(currency)s, with each input at its 10th and its 90th percentile")
        % {"currency": currency},
        source=source,
        as_of=as_of,
        columns=(_("Input"), *((_("Low"), _("High")) if tells_inputs else ()), _("At low"), _("At high")),
        rows=[
            (
                input_name(swing.name, swing.label),
                *(_ends(swing) if tells_inputs else ()),
                approximate(swing.npv_at_low, currency),
                approximate(swing.npv_at_high, currency),
            )
            for swing in swings
        ],
        height=max(140, 30 * len(swings) + 40),
    )


def fan_chart(found: Simulation, *, title: str, currency: str, source: str, as_of: date) -> Chart:
    """Return the cumulative net benefit with the bands in which it runs."""
    fan = found.fan
    columns = zip(fan.p10, fan.p25, fan.p50, fan.p75, fan.p90, strict=True)
    names = ("p10", "p25", "p50", "p75", "p90")
    rows = [{"month": month, **dict(zip(names, values, strict=True))} for month, values in enumerate(columns)]
    return chart(
        {**_fan(), "datasets": {BANDS: rows}},
        title=title,
        unit=_("Cumulative net benefit, %(currency)s, undiscounted, by month") % {"currency": currency},
        source=source,
        as_of=as_of,
        columns=(_("Month"), _("10 %"), _("25 %"), _("50 %"), _("75 %"), _("90 %")),
        rows=[(str(row["month"]), *(approximate(row[name], currency) for name in names)) for row in _sparse(rows)],
        note=_("Dark: the middle half of the draws. Light: four fifths of them. Line: the median."),
    )


def _marks(found: Simulation) -> list[dict[str, Any]]:
    named = ((_("10 %"), found.npv.p10), (_("median"), found.npv.p50), (_("90 %"), found.npv.p90))
    return [{"name": name, "npv": value} for name, value in named if value is not None]


def _ends(swing: Swing) -> tuple[str, str]:
    return input_amount(swing.name, swing.low_input), input_amount(swing.name, swing.high_input)


def _bars(swing: Swing, place: int) -> list[dict[str, Any]]:
    words = input_name(swing.name, swing.label)
    name = words if len(words) <= SHOWN_NAME else f"{words[: SHOWN_NAME - 1]}…"
    common = {"name": name, "order": place}
    low, high = swing.npv_at_low, swing.npv_at_high
    return [{**common, "end": _("input low"), "npv": low}, {**common, "end": _("input high"), "npv": high}]


def _sparse(rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """Return every third month and the last, for the table."""
    return [row for row in rows if row["month"] % 3 == 0 or row is rows[-1]]


@drawing
def _histogram() -> dict[str, Any]:
    import altair as alt

    bars = (
        alt.Chart(alt.NamedData(BINS))
        .mark_rect(stroke=None)
        .encode(
            x=alt.X("left:Q", title=None, axis=alt.Axis(format="~s", tickCount=7)),
            x2="right:Q",
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format="~%", tickCount=4)),
            y2=alt.datum(0),
            color=alt.Color("side:N", title=None, sort=alt.EncodingSortField("left", op="max", order="descending")),
        )
    )
    zero = alt.Chart(alt.NamedData(BINS)).mark_rule(strokeWidth=1.5).encode(x=alt.datum(0))
    marks = alt.Chart(alt.NamedData("marks")).encode(x="npv:Q")
    rules = marks.mark_rule(strokeDash=[4, 3])
    names = marks.mark_text(dy=-4, baseline="bottom", align="left", dx=3).encode(y=alt.value(10), text="name:N")
    return dict(alt.layer(bars, zero, rules, names).to_dict())


@drawing
def _tornado() -> dict[str, Any]:
    import altair as alt

    order = alt.EncodingSortField("order", op="min")
    base = alt.Chart(alt.NamedData(BARS)).encode(
        y=alt.Y("name:N", sort=order, title=None, axis=alt.Axis(labelLimit=260)),
        x=alt.X("npv:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(format="~s", tickCount=5)),
    )
    span = base.mark_line(strokeWidth=2).encode(detail="name:N")
    ends = base.mark_point(filled=True, size=90).encode(
        color=alt.Color("end:N", title=None, sort=None), shape=alt.Shape("end:N", title=None, sort=None)
    )
    centre = alt.Chart(alt.NamedData("centre")).mark_rule(strokeDash=[4, 3]).encode(x="npv:Q")
    return dict(alt.layer(centre, span, ends).to_dict())


@drawing
def _fan() -> dict[str, Any]:
    import altair as alt

    base = alt.Chart(alt.NamedData(BANDS)).encode(
        x=alt.X("month:Q", title=None, axis=alt.Axis(tickCount=6), scale=alt.Scale(nice=False))
    )
    axis = alt.Axis(format="~s", tickCount=5)
    wide = base.mark_area(opacity=0.18).encode(y=alt.Y("p10:Q", title=None, axis=axis), y2="p90:Q")
    narrow = base.mark_area(opacity=0.3).encode(y=alt.Y("p25:Q", title=None), y2="p75:Q")
    line = base.mark_line().encode(y=alt.Y("p50:Q", title=None))
    zero = alt.Chart(alt.NamedData(BANDS)).mark_rule().encode(y=alt.datum(0))
    return dict(alt.layer(wide, narrow, line, zero).to_dict())
