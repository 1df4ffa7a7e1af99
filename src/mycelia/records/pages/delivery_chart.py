"""The chart of what was forwarded to a destination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from mycelia.records.types import DeliveryHour
from mycelia.ui.api import Chart, chart

ROWS = "hours"


def delivery_chart(hours: Sequence[DeliveryHour], as_of: date) -> Chart | None:
    """Return statements and failed attempts by hour; None where there were none."""
    delivered, refused, failures = (sum(column) for column in list(zip(*hours, strict=True))[1:])
    if not delivered + refused + failures:
        return None
    words = {"delivered": f"{delivered:,}", "refused": f"{refused:,}", "failures": f"{failures:,}"}
    return chart(
        {**_by_hour(), "datasets": {ROWS: _bars(hours)}},
        title=_("%(delivered)s statements delivered in 24 hours, %(refused)s refused, %(failures)s attempts failed")
        % words,
        unit=_("statements, and attempts that failed, in each hour, times in UTC"),
        source=_("forwarding, counted by hour"),
        as_of=as_of,
        columns=(_("From (UTC)"), _("Delivered"), _("Refused"), _("Failed attempts")),
        rows=[(f"{h.at:%Y-%m-%d %H:%M}", f"{h.delivered:,}", f"{h.refused:,}", f"{h.failures:,}") for h in hours],
    )


def _bars(hours: Sequence[DeliveryHour]) -> list[dict[str, Any]]:
    return [
        {"at": f"{hour.at:%Y-%m-%dT%H:%M:%SZ}", "outcome": words, "count": count}
        for hour in hours
        for words, count in (
            (_("Delivered"), hour.delivered),
            (_("Refused"), hour.refused),
            (_("Failed attempts"), hour.failures),
        )
    ]


@lru_cache(maxsize=1)
def _by_hour() -> dict[str, Any]:
    import altair as alt

    drawing = alt.Chart(alt.NamedData(ROWS)).mark_bar(size=8)
    return dict(
        drawing.encode(
            x=alt.X("at:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(labelOverlap=True, tickCount=4)),
            y=alt.Y("count:Q", title=None, axis=alt.Axis(format="~s", tickCount=5)),
            color=alt.Color("outcome:N", sort=None, title=None),
        ).to_dict()
    )
