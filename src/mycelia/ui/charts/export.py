"""Charts for documents, drawn on the server without a browser and without network."""

from __future__ import annotations

from mycelia.ui.charts.theme import Theme, theme_config
from mycelia.ui.types import Chart


def chart_svg(chart: Chart, theme: Theme = "light", *, width: int = 640) -> bytes:
    """Return the chart as an SVG document; the same specification as on the page.

    Args:
        chart: What to draw.
        theme: "light" for paper.
        width: In pixels of the SVG's own coordinate system.
    """
    import vl_convert

    spec = {**chart.spec, "width": width, "config": theme_config(theme)}
    return bytes(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]), "utf-8")
