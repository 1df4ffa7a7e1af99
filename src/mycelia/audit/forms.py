"""What can be asked of the log."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.audit import api
from mycelia.audit.types import AuditFilter


class AuditFilterForm(forms.Form):
    """Narrowing the log; what is not valid is said next to its field and does not narrow."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=100)
    action = forms.ChoiceField(label=_("Action"), required=False)
    object_type = forms.CharField(label=_("Kind of object"), required=False, max_length=120)
    object_id = forms.CharField(label=_("Its number"), required=False, max_length=200)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    MAIN: ClassVar = frozenset({"actor", "action"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Every action")), *((name, name) for name in api.known_actions())]
        self.fields["action"].choices = choices  # type: ignore[attr-defined]

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """Return the fields that are always shown."""
        return [field for field in self.visible_fields() if field.name in self.MAIN]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Return the fields that are folded away until they are used."""
        return [field for field in self.visible_fields() if field.name not in self.MAIN]

    @property
    def uses_more(self) -> bool:
        """Return whether one of the folded fields narrows or is wrong."""
        return any(field.data or field.errors for field in self.more_fields)

    @property
    def wanted(self) -> AuditFilter:
        """Return the filter."""
        self.is_valid()
        values = self.cleaned_data
        return AuditFilter(
            actor=values.get("actor") or None,
            action=values.get("action") or None,
            object_type=values.get("object_type") or None,
            object_id=values.get("object_id") or None,
            since=_midnight(values.get("since")),
            until=_midnight(values.get("until"), days=1),
            before=values.get("before"),
        )


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """Return the start of a day, or of one some days later; None where the calendar has none, which narrows nothing."""
    if day is None or day > date.max - timedelta(days=days):
        return None
    return datetime.combine(day + timedelta(days=days), time(), UTC)
