"""Narrowing the records."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mycelia.people.api import person_by_email
from mycelia.records import api
from mycelia.records.calc.description import last_part
from mycelia.records.calc.validation import formats
from mycelia.records.errors import InvalidStatement
from mycelia.records.forms.moments import MomentField
from mycelia.records.permissions import VisibleStatements
from mycelia.records.types import AgentKey, Cursor, StatementFilter

PAGE_SIZE = 50
MOST_A_PAGE = 500


class RecordsFilterForm(forms.Form):
    """Narrowing the records; what is not valid is said next to its field and does not narrow."""

    agent = forms.CharField(label=_("E-mail or account"), required=False, max_length=300)
    verb = forms.ChoiceField(label=_("Verb"), required=False)
    activity = forms.CharField(label=_("Activity (IRI)"), required=False, max_length=2000)
    registration = forms.UUIDField(label=_("Registration"), required=False)
    since = MomentField(label=_("Stored after (UTC)"))
    until = MomentField(label=_("Stored until (UTC)"), is_end=True)
    limit = forms.IntegerField(label=_("Statements a page"), required=False, min_value=1, max_value=MOST_A_PAGE)
    related_agents = forms.BooleanField(label=_("Also agents that are only related"), required=False)
    related_activities = forms.BooleanField(label=_("Also activities that are only related"), required=False)
    ascending = forms.BooleanField(label=_("Oldest first"), required=False)
    live = forms.BooleanField(required=False, widget=forms.HiddenInput)
    after = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    MAIN: ClassVar = frozenset({"agent", "verb"})

    def __init__(self, *args: Any, visible: VisibleStatements, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._visible = visible
        if not visible.sees_all:
            del self.fields["agent"], self.fields["related_agents"]
        verbs = [("", _("Every verb")), *((iri, last_part(iri)) for iri in self._verbs())]
        self.fields["verb"].choices = verbs  # type: ignore[attr-defined]

    def _verbs(self) -> list[str]:
        if self._visible.sees_all:
            return api.used_verbs()
        return [] if self._visible.own is None else api.verbs_used_by(self._visible.own)

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
    def is_live(self) -> bool:
        """Return whether new statements are to come in by themselves: only where the newest stand first."""
        values = self.cleaned_data
        return bool(values.get("live")) and not values.get("ascending") and values.get("after") is None

    @property
    def wanted(self) -> StatementFilter:
        """Return the filter; somebody who may see only their own gets no others, whatever is asked."""
        self.is_valid()
        values = self.cleaned_data
        asked = StatementFilter(
            agent=agent_meant(values.get("agent", "")),
            verb=values.get("verb") or None,
            activity=values.get("activity") or None,
            registration=values.get("registration"),
            related_agents=bool(values.get("related_agents")),
            related_activities=bool(values.get("related_activities")),
            since=values.get("since"),
            until=values.get("until"),
            ascending=bool(values.get("ascending")),
            limit=values.get("limit") or PAGE_SIZE,
            after=values.get("after"),
        )
        return self._visible.narrowed(asked)


def agent_meant(text: str) -> AgentKey | None:
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
