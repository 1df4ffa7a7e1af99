"""The curve of adoption: the share of the people in scope who use it, month by month."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from mycelia.business_case.calc.adoption import months_since, share_of_ceiling
from mycelia.business_case.calc.estimates import expected
from mycelia.business_case.pages import formats
from mycelia.business_case.types import AdoptionKind, CaseModel, Drivers
from mycelia.kernel import clock
from mycelia.ui.api import Chart, chart, drawing

CURVE = "curve"


def adoption_chart(model: CaseModel, drivers: Drivers) -> Chart | None:
    """Return the expected curve from the month in which it becomes available; None where it is complete at once."""
    if drivers.adoption.kind is AdoptionKind.FULL:
        return None
    shares = _shares(model, drivers)
    rows = [(str(month), formats.percentage(share)) for month, share in enumerate(shares)]
    return chart(
        {**_drawing(), "datasets": {CURVE: [{"month": m, "share": float(share)} for m, share in enumerate(shares)]}},
        title=_finding(shares),
        unit=_("share of the people in scope, months since it is available"),
        source=_("the drivers of this case, expected values"),
        as_of=clock.today(),
        columns=(_("Month"), _("Active")),
        rows=rows,
    )


def _shares(model: CaseModel, drivers: Drivers) -> tuple[Decimal, ...]:
    columns = np.arange(model.horizon_months + 1, dtype=np.int32)
    tempo, ceiling = float(expected(drivers.adoption.tempo)), float(expected(drivers.adoption.ceiling))
    curve = share_of_ceiling(drivers.adoption, months_since(columns, 0), tempo) * ceiling
    return tuple(Decimal(repr(float(share))) for share in curve)


def _finding(shares: tuple[Decimal, ...]) -> str:
    half = next((month for month, share in enumerate(shares) if share >= Decimal("0.5")), None)
    last = {"share": formats.percentage(shares[-1]), "months": len(shares) - 1}
    if half is None:
        return _("%(share)s use it after %(months)s months") % last
    return _("Half use it from month %(half)s, %(share)s after %(months)s months") % {**last, "half": half}


@drawing
def _drawing() -> dict[str, Any]:
    """Return the drawing without its numbers; made once, because Altair takes longer than a page may."""
    import altair as alt

    line = (
        alt.Chart(alt.NamedData(CURVE))
        .mark_line()
        .encode(
            x=alt.X("month:Q", title=None, axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(domain=[0, 1])),
        )
        .properties(height=180)
    )
    return dict(line.to_dict())
