"""Charts: specified once with Altair, drawn in the browser, exported as SVG for documents."""

from mycelia.ui.charts.building import chart
from mycelia.ui.charts.drawings import drawing, make_drawings
from mycelia.ui.charts.export import chart_svg
from mycelia.ui.charts.theme import CATEGORIES, Theme, theme_config

__all__ = ["CATEGORIES", "Theme", "chart", "chart_svg", "drawing", "make_drawings", "theme_config"]
