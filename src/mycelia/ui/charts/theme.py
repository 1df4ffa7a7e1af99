"""How charts look, in light and in dark; one definition for browser and document."""

from __future__ import annotations

from typing import Any, Literal

Theme = Literal["light", "dark"]

CATEGORIES: dict[Theme, tuple[str, ...]] = {
    "light": ("#1b6e53", "#c2570c", "#3b62b5", "#8b4a94", "#8a6a00", "#5b6660"),
    "dark": ("#63c9a3", "#f0965a", "#8fb0f2", "#d39bdc", "#d9b84a", "#a3aea8"),
}
"""Six hues apart in lightness too, so they stay distinct for readers with colour-blindness and in grey print."""

_INK: dict[Theme, dict[str, str]] = {
    "light": {"strong": "#1d2521", "soft": "#58645e", "rule": "#e2e6e3"},
    "dark": {"strong": "#e8ece9", "soft": "#a5b0aa", "rule": "#2b3430"},
}
_FONT = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"


def theme_config(theme: Theme) -> dict[str, Any]:
    """Return the Vega-Lite `config` of a theme."""
    ink, first = _INK[theme], CATEGORIES[theme][0]
    return {
        "background": None,
        "font": _FONT,
        "view": {"stroke": None},
        "range": {"category": list(CATEGORIES[theme]), "ordinal": {"scheme": "viridis"}},
        "axis": _axis(ink),
        "axisX": {"grid": False, "domain": True, "domainColor": ink["rule"], "ticks": False, "labelPadding": 8},
        "axisY": {"domain": False, "ticks": False, "labelPadding": 8},
        "legend": {"labelColor": ink["soft"], "titleColor": ink["soft"], "orient": "top", "labelFontSize": 12},
        "header": {"labelColor": ink["strong"], "titleColor": ink["soft"]},
        "text": {"color": ink["strong"], "fontSize": 12},
        "rule": {"color": ink["soft"]},
        "line": {"color": first, "strokeWidth": 2.25},
        "point": {"color": first, "filled": True, "size": 50},
        "bar": {"color": first, "cornerRadiusEnd": 2},
        "area": {"color": first, "opacity": 0.18},
        "errorband": {"band": {"opacity": 0.16, "color": first}, "borders": False},
    }


def _axis(ink: dict[str, str]) -> dict[str, Any]:
    return {
        "labelColor": ink["soft"],
        "titleColor": ink["soft"],
        "gridColor": ink["rule"],
        "tickColor": ink["rule"],
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "labelFont": _FONT,
        "titleFont": _FONT,
    }
