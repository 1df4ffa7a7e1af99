"""Narrowing the records."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mycelia.people.api import person_by_email
from mycelia.records import api
from mycelia.records.calc.description import last_part
from mycelia.records.calc.validation import formats
from mycelia.records.errors import InvalidStatement
from mycelia.records.types import AgentKey, Cursor, StatementFilter

PAGE_SIZE = 50
_NOBODY = AgentKey("mbox", "")


class RecordsFilterForm(forms.Form):
    """Narrowing the records; what is not valid is said next to its field and does not narrow."""

    agent = forms.CharField(label=_("E-mail or account"), required=False, max_length=300)
    verb = forms.ChoiceField(label=_("Verb"), required=False)
    activity = forms.CharField(label=_("Activity (IRI)"), required=False, max_length=2000)
    registration = forms.UUIDField(label=_("Registration"), required=False)
    since = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    related = forms.BooleanField(label=_("Also where only related"), required=False)
    after = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    MAIN: ClassVar = frozenset({"agent", "verb"})

    def __init__(self, *args: Any, only: AgentKey | None = None, sees_all: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._only = None if sees_all else only or _NOBODY
        if not sees_all:
            del self.fields["agent"]
        verbs = [("", _("Every verb")), *((iri, last_part(iri)) for iri in api.used_verbs())]
        self.fields["verb"].choices = verbs  # type: ignore[attr-defined]

    def clean_activity(self) -> str:
        """Accept an absolute IRI."""
        value = str(self.cleaned_data["activity"])
        try:
            if value:
                formats.iri(value, None)
        except InvalidStatement as error:
            raise ValidationError(_("An IRI begins with a scheme, such as https://.")) from error
        return value

    def clean_after(self) -> Cursor | None:
        """Read the place to go on from."""
        stored, _separator, sequence = str(self.cleaned_data["after"]).partition("~")
        try:
            return Cursor(_aware(datetime.fromisoformat(stored)), int(sequence)) if stored else None
        except (ValueError, OverflowError) as error:
            raise ValidationError(_("This is no place to go on from. Begin with the newest records.")) from error

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
    def wanted(self) -> StatementFilter:
        """Return the filter; somebody who may see only their own gets no others, whatever is asked."""
        self.is_valid()
        values = self.cleaned_data
        related = bool(values.get("related"))
        return StatementFilter(
            agent=self._only or _agent(values.get("agent", "")),
            verb=values.get("verb") or None,
            activity=values.get("activity") or None,
            registration=values.get("registration"),
            related_agents=related and self._only is None,
            related_activities=related,
            since=_midnight(values.get("since")),
            until=_midnight(values.get("until"), days=1),
            limit=PAGE_SIZE,
            after=values.get("after"),
        )


def _agent(text: str) -> AgentKey | None:
    """Return the agent an entry means: somebody's account, a mailbox, or an account name of this installation."""
    text = text.strip()
    if not text:
        return None
    person = person_by_email(text.removeprefix("mailto:"))
    account = None if person is None else api.account_of(person.pk)
    if account is not None:
        return account
    return AgentKey("mbox", f"mailto:{text.removeprefix('mailto:')}") if "@" in text else api.account_named(text)


def _aware(moment: datetime) -> datetime:
    """Return the moment in UTC.

    Raises:
        ValueError: It has no offset.
        OverflowError: In UTC the calendar has no such day.
    """
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment.astimezone(UTC)


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """Return the last microsecond before a day begins: `since` leaves its own moment out, `until` keeps it.

    The ends of the calendar narrow nothing: None.
    """
    if day is None or day == date.min or day > date.max - timedelta(days=days):
        return None
    return datetime.combine(day + timedelta(days=days), time(), UTC) - timedelta(microseconds=1)
