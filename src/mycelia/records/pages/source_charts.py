"""Charts of what sources send and of why it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from mycelia.records.forms.sources import Window
from mycelia.records.types import Step
from mycelia.ui.api import Chart, chart

ROWS = "requests"
FEW = 5


def share(part: int, whole: int) -> str:
    """Return a part in per cent; one that is there never reads as nothing, one that is not all never as all.

    Example:
        >>> share(1, 3), share(1, 10_000), share(9_999, 10_000), share(0, 0)
        ('33.3 %', '< 0.1 %', '> 99.9 %', '0 %')
    """
    if part == 0:
        return "0 %"
    per_cent = 100 * part / whole
    if per_cent < 0.1:
        return "< 0.1 %"
    return "> 99.9 %" if 99.9 < per_cent < 100 else f"{per_cent:.1f}".removesuffix(".0") + " %"


def throughput_chart(steps: Sequence[Step], window: Window, as_of: date) -> Chart:
    """Return the requests over time, those refused apart."""
    accepted, refused = (sum(column) for column in zip(*((s.accepted, s.refused) for s in steps), strict=True))
    words = {"count": f"{accepted + refused:,}", "window": window.words, "share": share(refused, accepted + refused)}
    return chart(
        {**_over_time(), "datasets": {ROWS: _bars(steps)}},
        title=_("%(count)s requests in %(window)s, %(share)s of them refused") % words,
        unit=_("requests in each step of %(hours)d h, times in UTC") % {"hours": window.step.total_seconds() // 3600},
        source=_("requests to /xapi/ counted by credential and outcome"),
        as_of=as_of,
        columns=(_("From (UTC)"), _("Accepted"), _("Refused")),
        rows=[(f"{s.at:%Y-%m-%d %H:%M}", f"{s.accepted:,}", f"{s.refused:,}") for s in steps],
    )


def refusals_chart(refusals: Sequence[tuple[str, int]], window: Window, as_of: date) -> Chart:
    """Return why requests were refused, the most frequent reason first."""
    whole = sum(count for _reason, count in refusals)
    words = {"reason": refusals[0][0], "share": share(refusals[0][1], whole), "window": window.words}
    rows = [{"reason": reason, "requests": count, "label": f"{count:,}"} for reason, count in refusals]
    return chart(
        {**_by_reason(), "datasets": {ROWS: rows}},
        title=_("Most frequent in %(window)s: “%(reason)s”, %(share)s of all that was not accepted") % words,
        unit=_("requests"),
        source=_("requests to /xapi/ counted by credential and outcome"),
        as_of=as_of,
        columns=(_("Reason"), _("Requests"), _("Share")),
        rows=[(reason, f"{count:,}", share(count, whole)) for reason, count in refusals],
        height=200 if len(refusals) <= FEW else 320,
    )


def _bars(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [
        {"at": f"{step.at:%Y-%m-%dT%H:%M:%SZ}", "outcome": words, "requests": count}
        for step in steps
        for words, count in ((_("Accepted"), step.accepted), (_("Refused"), step.refused))
    ]


@lru_cache(maxsize=1)
def _over_time() -> dict[str, Any]:
    import altair as alt

    drawing = alt.Chart(alt.NamedData(ROWS)).mark_bar(size=8)
    return dict(
        drawing.encode(
            x=alt.X("at:T", title=None, scale=alt.Scale(type="utc"), axis=alt.Axis(labelOverlap=True, tickCount=4)),
            y=alt.Y("requests:Q", title=None, axis=alt.Axis(format="~s", tickCount=5)),
            color=alt.Color("outcome:N", sort=None, title=None),
        ).to_dict()
    )


@lru_cache(maxsize=1)
def _by_reason() -> dict[str, Any]:
    import altair as alt

    base = alt.Chart(alt.NamedData(ROWS)).encode(
        y=alt.Y("reason:N", sort=None, title=None, axis=alt.Axis(labelLimit=220)),
        x=alt.X("requests:Q", title=None, axis=None),
    )
    label = base.mark_text(align="left", dx=5).encode(text="label:N")
    return dict(alt.layer(base.mark_bar(size=18), label).to_dict())
