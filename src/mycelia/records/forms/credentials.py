"""What can be entered about credentials."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mycelia.kernel import clock
from mycelia.records.calc.terms import MAXIMUM_NAME, MAXIMUM_ORIGINS, MAXIMUM_PER_MINUTE, check_terms, is_origin
from mycelia.records.errors import CredentialRefused
from mycelia.records.models import Credential
from mycelia.records.types import Scope, Terms

SCOPES = {
    Scope.STATEMENTS_WRITE: _("Store statements"),
    Scope.STATEMENTS_READ_MINE: _("Read statements it sent itself"),
    Scope.STATEMENTS_READ: _("Read every statement"),
    Scope.DEFINE: _("Say what activities are"),
    Scope.STATE: _("Keep state documents"),
    Scope.PROFILE: _("Keep profile documents"),
    Scope.ALL_READ: _("Read everything"),
    Scope.ALL: _("Everything"),
}
OVERLAPS = {0: _("No: it ends at once"), 24: _("For a day"), 168: _("For a week")}


class CredentialForm(forms.Form):
    """What a credential is called and good for."""

    name = forms.CharField(label=_("Name of the system"), max_length=MAXIMUM_NAME)
    scopes = forms.MultipleChoiceField(
        label=_("It may"),
        widget=forms.CheckboxSelectMultiple,
        choices=[(one.value, format_lazy("{} ({})", text, one.value)) for one, text in SCOPES.items()],
    )
    origins = forms.CharField(
        label=_("Web origins"),
        required=False,
        max_length=MAXIMUM_ORIGINS * 256,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, such as https://lms.example.com; * for every one. Empty: no browser may use it."),
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("It ends at midnight UTC after this day. Without one it does not end by itself."),
    )
    requests_per_minute = forms.IntegerField(
        label=_("Requests a minute"),
        required=False,
        min_value=1,
        max_value=MAXIMUM_PER_MINUTE,
        help_text=_("More are refused with 429. Without one the limit of the installation holds."),
    )

    @classmethod
    def of(cls, credential: Credential) -> Self:
        """Return the form filled in with a credential."""
        ends = credential.expires_at
        return cls(
            initial={
                "name": credential.name,
                "scopes": credential.scopes,
                "origins": "\n".join(credential.origins),
                "last_day": None if ends is None else (ends - timedelta(microseconds=1)).date(),
                "requests_per_minute": credential.requests_per_minute,
            }
        )

    def clean_name(self) -> str:
        """Accept what can be printed."""
        name = str(self.cleaned_data["name"])
        if not name.isprintable():
            raise ValidationError(_("Use characters that can be printed."))
        return name

    def clean_origins(self) -> frozenset[str]:
        """Accept web origins as people write them: a slash at the end and large letters do no harm."""
        lines = (line.strip().rstrip("/").lower() for line in str(self.cleaned_data["origins"]).splitlines())
        origins = frozenset(line for line in lines if line)
        wrong = sorted(origin for origin in origins if not is_origin(origin))
        if wrong:
            explanation = _now("%(origin)s is no web origin such as https://lms.example.com.")
            raise ValidationError(explanation % {"origin": wrong[0]})
        return origins

    def clean_last_day(self) -> date | None:
        """Accept today and later."""
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and not clock.today() <= day < date.max:
            raise ValidationError(_("This day is past."))
        return day

    def clean(self) -> dict[str, Any]:
        """Hold the whole to the rules of credentials, so that what they refuse is said in the form."""
        values: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                check_terms(self.terms, now=clock.now())
            except CredentialRefused as error:
                raise ValidationError(str(error)) from error
        return values

    @property
    def terms(self) -> Terms:
        """Return what the credential is to be good for."""
        values = self.cleaned_data
        return Terms(
            scopes=frozenset(Scope(name) for name in values["scopes"]),
            origins=values["origins"],
            expires_at=_midnight_after(values["last_day"]),
            requests_per_minute=values["requests_per_minute"],
        )


class RotationForm(forms.Form):
    """Giving a credential a new secret."""

    overlap = forms.TypedChoiceField(
        label=_("Does the present secret go on?"),
        coerce=int,
        choices=list(OVERLAPS.items()),
        initial=0,
        widget=forms.RadioSelect,
    )

    @property
    def hours(self) -> timedelta:
        """Return for how long the present secret goes on."""
        return timedelta(hours=self.cleaned_data["overlap"])


def _midnight_after(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day + timedelta(days=1), time(), UTC)
