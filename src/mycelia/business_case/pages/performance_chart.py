"""The chart of plan and actual: cumulative net benefit as planned, as it came, and as it is expected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from mycelia.business_case.calc.performance import last_day_of
from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.types import Performance
from mycelia.ui.api import Chart, chart, drawing

ROWS = "courses"


def performance_chart(case: Case, found: Performance, *, title: str, as_of: date) -> Chart | None:
    """Return the chart; None while the case has no plan."""
    plan, forecast = _net(found, "plan"), _net(found, "forecast")
    if not found.costs and not found.benefits:
        return None
    closed = -1 if found.closed is None else found.closed
    return chart(
        {**_drawing(), "datasets": {ROWS: _rows(case, plan, forecast, closed)}},
        title=title,
        unit=_("%(currency)s, cumulative net benefit, undiscounted") % {"currency": case.currency},
        source=_("the case's plan, its ledger, and the KPIs that prove its benefits"),
        as_of=as_of,
        columns=(_("Month to"), _("Plan"), _("Actual or forecast"), _("Which")),
        rows=[
            (
                formats.day(last_day_of(column, start=case.start)),
                formats.money(plan[column], case.currency),
                formats.money(forecast[column], case.currency),
                _("actual") if column <= closed else _("forecast"),
            )
            for column in range(len(plan))
        ],
        note=_(
            "What remains is forecast as the plan times a factor: the actual over the plan so far, weighted by "
            "n / (n + 6) after n months."
        ),
        height=300,
    )


def _net(found: Performance, name: str) -> tuple[Decimal, ...]:
    costs: Sequence[Decimal] = getattr(found.total_costs, name)
    benefits: Sequence[Decimal] = getattr(found.total_benefits, name)
    return tuple(accumulate(b - c for c, b in zip(costs, benefits, strict=True)))


def _rows(case: Case, plan: Sequence[Decimal], forecast: Sequence[Decimal], closed: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    last = len(plan) - 1
    for column in range(len(plan)):
        day = last_day_of(column, start=case.start).isoformat()
        series = [(_("Plan"), plan[column], column == last)]
        if column <= closed:
            series.append((_("Actual"), forecast[column], False))
        if column >= closed:
            series.append((_("Forecast"), forecast[column], column == last))
        rows += [{"day": day, "series": name, "amount": float(value), "is_last": end} for name, value, end in series]
    return rows


@drawing
def _drawing() -> dict[str, Any]:
    """Return the drawing without its numbers."""
    import altair as alt

    base = alt.Chart(alt.NamedData(ROWS)).encode(
        x=alt.X("day:T", title=None, axis=alt.Axis(format="%b %Y", labelOverlap=True, tickCount=6)),
        y=alt.Y("amount:Q", title=None, axis=alt.Axis(format="~s", tickCount=5)),
        color=alt.Color("series:N", sort=None, title=None),
        strokeDash=alt.StrokeDash("series:N", sort=None, title=None),
    )
    zero = alt.Chart(alt.NamedData(ROWS)).mark_rule().encode(y=alt.datum(0))
    label = base.transform_filter(alt.datum.is_last).mark_text(align="right", dy=-9, fontWeight="bold")
    return dict(alt.layer(zero, base.mark_line(), label.encode(text=alt.Text("amount:Q", format=".3~s"))).to_dict())
