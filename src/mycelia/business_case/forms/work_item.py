"""A work item of the roadmap, as typed, with what it waits for and what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.estimate import EstimateField
from mycelia.business_case.forms.fields import DayField, FieldGroup
from mycelia.business_case.forms.item import ItemForm, choice, item_choices, option_choices, reference
from mycelia.business_case.forms.line import PLACEHOLDER
from mycelia.business_case.types import (
    NONE,
    CalendarKind,
    CaseModel,
    Dependency,
    Problem,
    Resource,
    WorkItem,
)
from mycelia.kernel import clock

CALENDARS = {CalendarKind.WORKING: _("working days"), CalendarKind.ELAPSED: _("days of the calendar")}
PLAIN = (
    *("title", "is_milestone", "calendar", "phase", "option", "owner", "earliest_start", "finished_on"),
    *("source", "is_placeholder"),
)
"""The fields that the form and a work item call the same."""
SPARE_ROWS = 2
MOST_ROWS = 60
LONGEST_LAG = 3650


class WorkItemForm(ItemForm):
    """What is done, how long it takes, when it may begin, what it waits for and what it needs."""

    fields_of_problems: Mapping[str, str] = {"depends_on": "after_0"}
    title = forms.CharField(label=_("Title"), max_length=200)
    is_milestone = forms.BooleanField(
        label=_("Milestone"), required=False, help_text=_("A moment that is reached; it takes no time.")
    )
    duration = EstimateField(label=_("Duration"), unit=_("days"), required=False)
    calendar = choice(CALENDARS, CalendarKind.WORKING, _("Counted in"))
    phase = reference(_("Phase"))
    option = reference(_("Option"), help_text=_("Work of all options is done in each of them."))
    owner = forms.CharField(label=_("Owner"), max_length=200, required=False)
    earliest_start = DayField(label=_("Not before"), required=False)
    finished_on = DayField(
        label=_("Finished on"), required=False, help_text=_("Once it is known; the duration no longer matters then.")
    )
    source = forms.CharField(
        label=_("Source of the duration"),
        max_length=300,
        required=False,
        help_text=_("Who says so: those who will do it, an offer, how long it took before."),
    )
    is_placeholder = forms.BooleanField(
        label=_("Placeholder: nobody has confirmed this duration yet"), required=False, help_text=PLACEHOLDER
    )

    def __init__(self, *args: Any, model: CaseModel, key: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.choosing("phase").choices = [("", _("No phase")), *((p.key, p.title) for p in model.roadmap.phases)]
        self.choosing("option").choices = option_choices(model)
        others = [item for item in model.roadmap.items if item.key != key]
        self.waits = _rows("after", self.data or self.initial, spare=min(SPARE_ROWS, len(others)))
        self.needs = _rows("role", self.data or self.initial, spare=SPARE_ROWS)
        for row in self.waits:
            self._add_wait(row, model, key)
        for row in self.needs:
            self._add_need(row)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows of a work item."""
        shown = {name: getattr(value, name) for name in PLAIN} | {"duration": value.duration_days}
        for row, wait in enumerate(value.depends_on):
            shown |= {f"after_{row}": wait.key, f"lag_{row}": wait.lag_days}
        for row, need in enumerate(value.resources):
            shown |= {f"role_{row}": need.role, f"quantity_{row}": need.quantity, f"unit_{row}": need.unit}
        return shown

    def clean_finished_on(self) -> date | None:
        day: date | None = self.cleaned_data["finished_on"]
        if day is not None and day > clock.today():
            raise forms.ValidationError(_("Work cannot have been finished in the future."))
        return day

    def clean(self) -> dict[str, Any] | None:
        typed = self.cleaned_data
        if "duration" in typed and typed["duration"] is None and not typed.get("is_milestone"):
            self.add_error("duration", forms.ValidationError(_("Enter how long it takes."), code="likely"))
        return super().clean()

    def place(self, problems: Any) -> None:
        super().place([self._at_row(problem) for problem in problems])

    def value(self, key: str) -> WorkItem:
        typed = self.cleaned_data
        waits = {
            typed[f"after_{row}"]: Dependency(typed[f"after_{row}"], typed[f"lag_{row}"] or 0)
            for row in self.waits
            if typed[f"after_{row}"]
        }
        needs = [_need(typed, row) for row in self.needs if typed[f"role_{row}"]]
        duration = NONE if typed["is_milestone"] else typed["duration"] or NONE
        stated = {name: typed[name] for name in PLAIN}
        return WorkItem(
            key=key, duration_days=duration, depends_on=tuple(waits.values()), resources=tuple(needs), **stated
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        waits = self.bound(*(f"{name}_{row}" for row in self.waits for name in ("after", "lag")))
        needs = self.bound(*(f"{name}_{row}" for row in self.needs for name in ("role", "quantity", "unit")))
        length = self.bound("duration", "calendar", "source", "is_placeholder")
        saved = _("Empty rows are left out; saving gives more of them.")
        return (
            FieldGroup("", self.bound("title", "is_milestone", "phase", "option", "owner"), name="what"),
            FieldGroup(_("How long it takes"), length, name="duration"),
            FieldGroup(_("What it waits for"), waits, saved, "waits"),
            FieldGroup(_("When"), self.bound("earliest_start", "finished_on"), name="days"),
            FieldGroup(_("Who and what it needs"), needs, saved, "needs", is_folded=True),
        )

    def _add_wait(self, row: int, model: CaseModel, key: str) -> None:
        after = reference(_("After"))
        after.choices = [
            (value, [one for one in label if one[0] != key]) if isinstance(label, list) else (value, label)
            for value, label in item_choices(model, _("Nothing"))
        ]
        self.fields[f"after_{row}"] = after
        self.fields[f"lag_{row}"] = forms.IntegerField(
            label=_("Days between"), min_value=-LONGEST_LAG, max_value=LONGEST_LAG, required=False
        )

    def _add_need(self, row: int) -> None:
        self.fields[f"role_{row}"] = forms.CharField(label=_("Role or thing"), max_length=200, required=False)
        self.fields[f"quantity_{row}"] = forms.DecimalField(
            label=_("How many"), min_value=0, max_digits=10, decimal_places=2, required=False
        )
        self.fields[f"unit_{row}"] = forms.CharField(label=_("Unit"), max_length=40, required=False)

    def _at_row(self, problem: Problem) -> Problem:
        """Return a problem of a dependency, which names the other item, as one of the row it was typed in."""
        name, _slash, key = problem.field.partition("/")
        row = next((row for row in self.waits if key and self.cleaned_data.get(f"after_{row}") == key), 0)
        field = f"after_{row}" if name == "depends_on" else problem.field
        return Problem(problem.subject, field, problem.kind, problem.detail)


def _rows(name: str, typed: Mapping[str, Any], *, spare: int) -> range:
    """Return the numbers of the rows of a repeated field: those there are, and some to spare."""
    return range(min(MOST_ROWS, max(_numbers(name, typed), default=-1) + 1 + spare))


def _numbers(name: str, typed: Mapping[str, Any]) -> Iterator[int]:
    for field in typed:
        found = re.fullmatch(rf"{name}_(\d{{1,2}})", field)
        if found and typed[field]:
            yield int(found[1])


def _need(typed: Mapping[str, Any], row: int) -> Resource:
    quantity = typed[f"quantity_{row}"]
    return Resource(typed[f"role_{row}"], Decimal(1) if quantity is None else quantity, typed[f"unit_{row}"])
