"""The cash-flow chart: yearly costs and benefits as bars, the cumulative net benefit as a line."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case.pages import formats
from mycelia.business_case.types import CaseSheet
from mycelia.ui.api import Chart, chart, drawing

FLOWS = "flows"


def cash_flow_chart(sheet: CaseSheet) -> Chart | None:
    """Return the chart of a case; None while there is no amount to draw."""
    if not any(sheet.flows.costs) and not any(sheet.flows.benefits):
        return None
    return chart(
        {**_drawing(), "datasets": {FLOWS: _drawn_rows(sheet)}},
        title=finding(sheet),
        unit=_("%(currency)s a year, undiscounted") % {"currency": sheet.currency},
        source=_("the cost and benefit lines of this case"),
        as_of=sheet.as_of.date(),
        columns=(_("Year"), _("Costs"), _("Benefits"), _("Net"), _("Cumulative net")),
        rows=_table_rows(sheet),
    )


def finding(sheet: CaseSheet) -> str:
    """Return what the chart shows, as a sentence."""
    net = sheet.figures.total_benefits - sheet.figures.total_costs
    years = formats.years(sheet.horizon_months)
    payback = sheet.figures.payback_simple_months
    if payback is None:
        return _("The case does not pay back: after %(years)s %(owed)s are still owed") % {
            "years": years,
            "owed": formats.money(-net, sheet.currency),
        }
    if payback == 0:
        return _("Never in the red, with %(net)s of net benefit in %(years)s") % {
            "net": formats.money(net, sheet.currency),
            "years": years,
        }
    return _("Paid back after %(months)s, with %(net)s of net benefit in %(years)s") % {
        "months": formats.months(payback),
        "net": formats.money(net, sheet.currency),
        "years": years,
    }


def _table_rows(sheet: CaseSheet) -> list[tuple[str, ...]]:
    balances = accumulate(sheet.flows.net)
    columns = zip(sheet.flows.costs, sheet.flows.benefits, sheet.flows.net, balances, strict=True)
    return [
        (formats.year_name(year), *(formats.amount(value) for value in values)) for year, values in enumerate(columns)
    ]


def _drawn_rows(sheet: CaseSheet) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    last = len(sheet.flows.net) - 1
    for year, balance in enumerate(accumulate(sheet.flows.net)):
        drawn = (
            ("flow", _("Benefits"), sheet.flows.benefits[year]),
            ("flow", _("Costs"), -sheet.flows.costs[year]),
            ("sum", _("Cumulative net"), balance),
        )
        place = {"year": formats.year_name(year), "order": year, "is_last": year == last}
        rows += [{**place, "kind": kind, "series": series, "amount": float(value)} for kind, series, value in drawn]
    return rows


@drawing
def _drawing() -> dict[str, Any]:
    """Return the drawing without its numbers; made once, because Altair takes longer than a page may."""
    import altair as alt

    years, room = alt.Axis(labelAngle=0, labelOverlap=True), alt.Scale(paddingInner=0.5, paddingOuter=0.6)
    base = alt.Chart(alt.NamedData(FLOWS)).encode(
        x=alt.X("year:N", sort=alt.EncodingSortField("order", op="min"), title=None, axis=years, scale=room),
        y=alt.Y("amount:Q", title=None, axis=alt.Axis(format="~s", tickCount=5)),
    )
    series = alt.Color("series:N", sort=None, title=None)
    is_sum = alt.datum.kind == "sum"
    bars = base.transform_filter(alt.datum.kind == "flow").mark_bar().encode(color=series)
    zero = alt.Chart(alt.NamedData(FLOWS)).mark_rule().encode(y=alt.datum(0))
    line = base.transform_filter(is_sum).mark_line(point=True).encode(color=series)
    last = base.transform_filter(is_sum).transform_filter(alt.datum.is_last)
    beside = alt.X("year:N", sort=alt.EncodingSortField("order", op="min"), bandPosition=1)
    label = last.mark_text(dx=6, align="left", fontWeight="bold").encode(
        x=beside, text=alt.Text("amount:Q", format=".3~s")
    )
    return dict(alt.layer(bars, zero, line, label).to_dict())
