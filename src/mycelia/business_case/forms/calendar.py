"""The days that a roadmap is counted in, as typed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import dates
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.fields import DayField, FieldGroup
from mycelia.business_case.forms.item import ItemForm
from mycelia.business_case.types import EARLIEST_DAY, LATEST_DAY, RoadmapCalendar

MOST_HOLIDAYS = 400


class CalendarForm(ItemForm):
    """When work may begin, on which days of the week it is done, and on which days it is not."""

    start = DayField(
        label=_("Nothing begins before"), required=False, help_text=_("Leave empty to begin with the case itself.")
    )
    working_weekdays = forms.TypedMultipleChoiceField(
        label=_("Working days"),
        coerce=int,
        choices=list(dates.WEEKDAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Durations that count working days pass over all others."),
    )
    holidays = forms.CharField(
        label=_("Holidays"),
        required=False,
        max_length=MOST_HOLIDAYS * 12,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
        help_text=_("One a line, as 2026-12-25; at most 400."),
    )

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        return {
            "start": value.start,
            "working_weekdays": list(value.working_weekdays),
            "holidays": "\n".join(day.isoformat() for day in value.holidays),
        }

    def clean_holidays(self) -> tuple[date, ...]:
        words = self.cleaned_data["holidays"].split()
        if len(words) > MOST_HOLIDAYS:
            raise forms.ValidationError(_("These are more than 400 days."))
        return tuple(sorted({_day(word) for word in words}))

    def value(self, key: str) -> RoadmapCalendar:
        typed = self.cleaned_data
        return RoadmapCalendar(typed["start"], tuple(sorted(typed["working_weekdays"])), typed["holidays"])

    def groups(self) -> tuple[FieldGroup, ...]:
        return (FieldGroup("", self.bound("start", "working_weekdays", "holidays"), name="calendar"),)


def _day(word: str) -> date:
    try:
        found = date.fromisoformat(word) if len(word) == 10 else None
    except ValueError:
        found = None
    if found is None or not EARLIEST_DAY <= found <= LATEST_DAY:
        raise forms.ValidationError(_("“%(word)s” is not a day such as 2026-12-25."), params={"word": word[:20]})
    return found
