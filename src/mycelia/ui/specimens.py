"""The values with which the design page shows each component."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from mycelia.ui.charts.building import chart
from mycelia.ui.pages import DesignPage
from mycelia.ui.types import Breadcrumb, Chart

_NAMES = ("foundations", "actions", "status", "forms", "lists", "tables", "progress", "figures", "structure")
SECTIONS = tuple(f"ui/design/{name}.html" for name in _NAMES)
COLOURS = ("ground", "surface", "sunken", "line", "ink", "accent", "success", "warning", "danger", "info")
ICONS = ("home", "book-2", "users", "chart-line", "briefcase", "certificate", "message-2", "settings")
_ROWS = (
    ("2026", "180,000", "40,000", "−140,000", "finance plan"),
    ("2027", "65,000", "160,000", "95,000", "finance plan"),
    ("2028", "55,000", "180,000", "125,000", "measured, grade B"),
    ("2029", "55,000", "180,000", "125,000", "forecast"),
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
_COMPLETED = (12, 31, 64, 97, 118, 139)
_TARGET = 90


class SpecimenForm(forms.Form):
    """Shows every kind of field."""

    name = forms.CharField(label=_("Course title"), help_text=_("As learners will see it in the catalogue."))
    email = forms.EmailField(label=_("E-mail of the owner"))
    language = forms.ChoiceField(label=_("Language"), choices=[("en", _("English")), ("de", _("German"))])
    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    audience = forms.ChoiceField(
        label=_("Who is it for?"),
        choices=[("all", _("Everybody")), ("new", _("People who are new"))],
        widget=forms.RadioSelect,
    )
    required = forms.BooleanField(label=_("Required for the audience"), required=False)
    package = forms.FileField(label=_("Course package"), help_text=_("A zip file, up to 500 MB."), required=False)


class SpecimenFilter(forms.Form):
    """Shows a bar of filters."""

    text = forms.CharField(label=_("Name"), required=False)
    kind = forms.ChoiceField(label=_("State"), choices=[("", _("Any")), ("open", _("Open"))], required=False)


def design_page() -> DesignPage:
    """Return the page's context."""
    return DesignPage(
        title=_("Design system"),
        lead=_("Every component in every state, as the pages use them. Numbers here are made up."),
        breadcrumbs=(Breadcrumb(_("Platform")), Breadcrumb(_("Design system"))),
        sections=SECTIONS,
        chart=specimen_chart(),
        form=SpecimenForm(auto_id="fresh_%s"),
        bound_form=_bound_form(),
        filter=SpecimenFilter(auto_id="filter_%s"),
        paginated=_second_page(),
        colours=COLOURS,
        icons=ICONS,
        people=("Ada Byron", "Chidi Eze", "Mei Tanaka", "Jonas Weber", "Fatima Haddad"),
        tabs=((_("Overview"), "#actions", True), (_("Lessons"), "#lists", False), (_("Record"), "#tables", False)),
        steps=((_("Draft"), "done"), (_("Review"), "current"), (_("Published"), "todo")),
        rows=_ROWS,
        definitions=((_("Owner"), "Ada Byron"), (_("Language"), _("English")), (_("Review on"), "1 March 2027")),
    )


def specimen_chart() -> Chart:
    """Return a line over a target, with the band of uncertainty drawn."""
    return chart(
        _drawing(),
        title=_("Completions passed the target in April"),
        unit=_("people who completed, cumulative"),
        source=_("made up for this page"),
        as_of=date(2026, 6, 30),
        columns=(_("Month"), _("People"), _("Target")),
        rows=[(month, people, _TARGET) for month, people in zip(_MONTHS, _COMPLETED, strict=True)],
        note=_("The band is the range that nine in ten simulated months fall in."),
    )


def _drawing() -> dict[str, Any]:
    values = [
        {"month": month, "people": people, "low": people * 0.9, "high": people * 1.12}
        for month, people in zip(_MONTHS, _COMPLETED, strict=True)
    ]
    month = {"field": "month", "type": "ordinal", "sort": None, "title": None, "axis": {"labelAngle": 0}}
    people = {"field": "people", "type": "quantitative", "title": None}
    band = {"mark": "errorband", "encoding": {"x": month, "y": {**people, "field": "low"}, "y2": {"field": "high"}}}
    line = {"mark": {"type": "line", "point": True}, "encoding": {"x": month, "y": people}}
    target: dict[str, Any] = {
        "data": {"values": [{"target": _TARGET, "label": "Target 90"}]},
        "layer": [
            {
                "mark": {"type": "rule", "strokeDash": [4, 4]},
                "encoding": {"y": {"field": "target", "type": "quantitative"}},
            },
            {
                "mark": {"type": "text", "align": "left", "x": 4, "dy": -8},
                "encoding": {"y": {"field": "target", "type": "quantitative"}, "text": {"field": "label"}},
            },
        ],
    }
    return {"data": {"values": values}, "layer": [band, line, target]}


def _bound_form() -> SpecimenForm:
    form = SpecimenForm({"name": "", "email": "ada", "language": "en", "audience": "new"}, auto_id="sent_%s")
    form.full_clean()
    return form


def _second_page() -> Page[int]:
    return Paginator(range(132), 25).page(2)
