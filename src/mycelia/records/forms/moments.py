"""A moment to narrow by: a day, or a time of day in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_DAY = len("2026-01-31")


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of day and time; a day alone is shown as its beginning, or as its end."""

    input_type = "datetime-local"

    def __init__(self, *, is_end: bool) -> None:
        super().__init__(attrs={"step": "1"})
        self._time = "T23:59:59" if is_end else "T00:00:00"

    def format_value(self, value: Any) -> str:
        """Return what the picker can show; what it cannot is left out."""
        text = str(value or "")
        return f"{text}{self._time}" if len(text) == _DAY else text.removesuffix("Z")


class MomentField(forms.CharField):
    """A day or a moment as ISO 8601 has them, without offset in UTC.

    `since` leaves its own moment out and `until` keeps it, so a day is bounded by the last microsecond before it, or
    its own last. The ends of the calendar narrow nothing.
    """

    def __init__(self, *, is_end: bool = False, **kwargs: Any) -> None:
        super().__init__(widget=MomentInput(is_end=is_end), required=False, max_length=40, **kwargs)
        self._is_end = is_end

    def clean(self, value: Any) -> datetime | None:
        """Return the bound in UTC; None where it narrows nothing.

        Raises:
            ValidationError: It is neither a day nor a moment.
        """
        text = super().clean(value)
        try:
            if len(text) == _DAY:
                return _end(date.fromisoformat(text), days=1 if self._is_end else 0)
            moment = datetime.fromisoformat(text) if text else None
            return moment if moment is None else _in_utc(moment)
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("Enter a day and a time, such as 2026-01-31T09:30.")) from error


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _end(day: date, days: int) -> datetime | None:
    if day == date.min or day > date.max - timedelta(days=days):
        return None
    return datetime.combine(day + timedelta(days=days), time(), UTC) - timedelta(microseconds=1)
