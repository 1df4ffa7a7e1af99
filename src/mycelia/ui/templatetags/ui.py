"""Small parts that would cost too much, or say too little, as components."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.html import json_script
from django.utils.safestring import SafeString

from mycelia.ui.charts.theme import theme_config
from mycelia.ui.icons import icon_svg
from mycelia.ui.types import Chart

register = template.Library()

SHEETS = (
    "npm/tabler/css/tabler.min.css",
    *(f"ui/css/{name}.css" for name in ("tokens", "base", "shell", "actions", "notices", "forms", "lists", "tables")),
    *(f"ui/css/{name}.css" for name in ("figures", "pages", "utilities")),
)
"""What `mycelia.css` imports; announced in the head so that all of it travels at once."""

_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.CheckboxSelectMultiple, "form-check-input"),
    (forms.RadioSelect, "form-check-input"),
    (forms.Select, "form-select"),
)


@register.simple_tag
def icon(name: str, css_class: str = "", label: str = "", style: str = "outline") -> SafeString:
    """Inline an icon: `{% icon "book" %}`."""
    return icon_svg(name, css_class, str(label), style)


@register.simple_tag
@lru_cache(maxsize=1)
def page_assets() -> SafeString:
    """Link what every page needs; the imported style sheets are announced so that all of it travels at once."""
    return render_to_string("ui/layouts/_assets.html", {"sheets": SHEETS})


@register.simple_tag
def control(field: BoundField, autofocus: bool = False, plain: bool = False) -> SafeString:
    """Render a bound field's control alone, with its classes and its link to help and errors."""
    widget = field.field.widget
    css_class = next((name for kind, name in _CLASSES if isinstance(widget, kind)), "form-control")
    classes = [widget.attrs.get("class", ""), css_class, "is-invalid" if field.errors else ""]
    attributes: dict[str, Any] = {"class": " ".join(filter(None, classes))}
    if autofocus:
        attributes["autofocus"] = True
    if plain:
        attributes["placeholder"] = False
    return field.as_widget(attrs=attributes)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Return whether the label stands beside the control."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Return whether the control is several inputs that need a legend."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def initials(name: object) -> str:
    """Return up to two letters that stand for a person."""
    words = [word for word in str(name).replace("@", " ").split() if word[:1].isalnum()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words[:1]]
    return "".join(letters).upper()


@register.filter
def hue(name: object) -> int:
    """Return a number from 0 to 5 that stays the same for a name."""
    return sum(str(name).encode()) % 6


@register.filter
def percent_of(value: float | None, maximum: float | None) -> int:
    """Return the whole percentage, rounded down so that progress is never overstated."""
    return 0 if not value or not maximum else max(0, min(100, int(100 * float(value) // float(maximum))))


@register.simple_tag
def chart_script(chart: Chart, element_id: str) -> SafeString:
    """Write a chart's specification and both themes as inert JSON."""
    themes = {"light": theme_config("light"), "dark": theme_config("dark")}
    return json_script({"spec": chart.spec, "themes": themes}, element_id)


@register.simple_tag
def variant_of(attrs: dict[str, Any]) -> str:
    """Return the button variant for allauth's tags: one primary button a page, danger for what destroys."""
    tags = set(attrs.get("tags") or ())
    if tags & {"danger", "delete"}:
        return "danger"
    if tags & {"link", "cancel"}:
        return "ghost"
    quiet = tags & {"outline", "secondary", "tool", "panel", "resend"}
    return "secondary" if quiet or attrs.get("href") else "primary"
