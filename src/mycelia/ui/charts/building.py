"""From an Altair chart to the frozen value that pages and documents share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from mycelia.ui.types import Chart, ChartTable, Text


class VegaLite(Protocol):
    """Anything with a Vega-Lite specification; an `altair.Chart` is one."""

    def to_dict(self) -> dict[str, Any]:
        """Return the specification."""
        ...


def chart(
    drawing: VegaLite | dict[str, Any],
    *,
    title: Text,
    unit: Text,
    source: Text,
    as_of: date,
    columns: Sequence[Text],
    rows: Sequence[Sequence[Any]],
    note: Text = "",
    height: int = 260,
) -> Chart:
    """Return a chart with everything a reader needs to trust it.

    The specification brings no title, size or colours of its own: the title is the page's text, the width is the
    column's, and the theme colours it for light, dark and paper.

    Raises:
        ValueError: A row is not as long as `columns`.
    """
    if any(len(row) != len(columns) for row in rows):
        raise ValueError("every row of a chart's table is as long as its columns")
    spec = dict(drawing) if isinstance(drawing, dict) else drawing.to_dict()
    for key in ("config", "title"):
        spec.pop(key, None)
    spec.update({"width": "container", "height": height, "autosize": {"type": "fit", "contains": "padding"}})
    table = ChartTable(tuple(columns), tuple(tuple(row) for row in rows))
    return Chart(title, spec, unit, source, as_of, table, note, height)
