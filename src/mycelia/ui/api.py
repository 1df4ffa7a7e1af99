"""The design system as other apps use it."""

from mycelia.ui import navigation, search
from mycelia.ui.charts import chart, chart_svg, drawing, make_drawings
from mycelia.ui.icons import icon_svg
from mycelia.ui.rendering import is_fragment_request, render_page
from mycelia.ui.types import Breadcrumb, Chart, ChartTable, NavItem, SearchResult
from mycelia.ui.zones import in_reader_zone, shown_in_utc

register_navigation = navigation.register
register_search = search.register

__all__ = [
    "Breadcrumb",
    "Chart",
    "ChartTable",
    "NavItem",
    "SearchResult",
    "chart",
    "chart_svg",
    "drawing",
    "icon_svg",
    "in_reader_zone",
    "is_fragment_request",
    "make_drawings",
    "navigation",
    "register_navigation",
    "register_search",
    "render_page",
    "search",
    "shown_in_utc",
]
