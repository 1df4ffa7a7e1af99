"""What can be entered about a store that statements are forwarded to."""

from __future__ import annotations

from typing import Any, Self

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mycelia.records import api
from mycelia.records.calc.addresses import MAXIMUM_ENDPOINT
from mycelia.records.calc.routes import (
    ENTER_AGAIN,
    MAXIMUM_KEY,
    MAXIMUM_NAME,
    MAXIMUM_SECRET,
    VERSIONS,
    checked_route,
    checked_secret,
)
from mycelia.records.calc.sealing import seal, unseal
from mycelia.records.errors import DestinationRefused, SecretLost
from mycelia.records.forms.moments import MomentField
from mycelia.records.forms.statements import agent_meant
from mycelia.records.models import Destination
from mycelia.records.types import AgentKey, Route, StatementFilter, Target

_STORE = ("name", "endpoint", "version", "key", "secret")


class DestinationForm(forms.Form):
    """Where statements go, and which.

    A secret that was entered is kept in the form, sealed, so that it need not be entered again after a trial or a
    mistake; it is never written into a page as it is.
    """

    name = forms.CharField(label=_("Name of the store"), max_length=MAXIMUM_NAME)
    endpoint = forms.CharField(
        label=_("Endpoint"),
        max_length=MAXIMUM_ENDPOINT,
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        help_text=_("Where its resources begin, such as https://lrs.example.com/xapi/; without “statements”."),
    )
    version = forms.ChoiceField(label=_("Version of xAPI"), choices=[(one, one) for one in VERSIONS])
    key = forms.CharField(
        label=_("Key (user name)"), max_length=MAXIMUM_KEY, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    secret = forms.CharField(
        label=_("Secret (password)"),
        max_length=MAXIMUM_SECRET,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    sealed = forms.CharField(required=False, max_length=8 * MAXIMUM_SECRET, widget=forms.HiddenInput)
    source = forms.ChoiceField(label=_("Source"), required=False)
    agent = forms.CharField(
        label=_("E-mail or account"), required=False, max_length=300, help_text=_("Only statements of this person.")
    )
    related_agents = forms.BooleanField(label=_("Also where they are only related"), required=False)
    verb = forms.CharField(label=_("Verb (IRI)"), required=False, max_length=2000)
    activity = forms.CharField(label=_("Activity (IRI)"), required=False, max_length=2000)
    related_activities = forms.BooleanField(label=_("Also where it is only related"), required=False)
    since = MomentField(label=_("Stored after (UTC)"), help_text=_("Without it, everything that is stored is sent."))

    def __init__(self, *args: Any, destination: Destination | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._destination = destination
        self._wanted = StatementFilter() if destination is None else api.wanted_by(destination)
        self.fields["source"].choices = _sources(self._wanted.authority)  # type: ignore[attr-defined]
        self.fields["secret"].required = destination is None and not self.entered_secret
        if self.entered_secret:
            self.fields["secret"].help_text = _("Entered, and kept sealed in this form. Leave it empty to keep it.")
        elif destination is not None:
            self.fields["secret"].help_text = _(
                "Leave it empty to keep the present one. Another endpoint or key needs it again."
            )

    @classmethod
    def of(cls, found: Destination) -> Self:
        """Return the form filled in with a destination, without its secret."""
        wanted = api.wanted_by(found)
        initial = {
            "name": found.name,
            "endpoint": found.endpoint,
            "version": found.version,
            "key": found.key,
            "source": _choice(wanted.authority),
            "agent": _entered(wanted.agent),
            "verb": found.verb,
            "activity": found.activity,
            "related_agents": found.related_agents,
            "related_activities": found.related_activities,
            "since": "" if found.since is None else found.since.replace(tzinfo=None).isoformat(),
        }
        return cls(destination=found, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Hold the whole to the rules of destinations, so that what they refuse is said next to its field."""
        values: dict[str, Any] = super().clean() or {}
        try:
            if self._destination is None or self.entered_secret:
                checked_secret(self.entered_secret)
            if not self.errors:
                self._check_secret_goes_nowhere_else(checked_route(self.route))
        except DestinationRefused as error:
            self.refuse(error)
        return values

    def refuse(self, error: DestinationRefused) -> None:
        """Say a refusal next to the field it is about."""
        self.add_error(str(error.data["field"]), str(error.data["reason"]))

    @property
    def entered_secret(self) -> str:
        """Return the secret that was entered, now or before; "" for none."""
        return str(self.data.get("secret") or "") or self._held()

    @property
    def carried(self) -> str:
        """Return what the hidden field holds when the form is shown again."""
        return (
            seal(self.entered_secret, key=settings.SECRET_KEY).decode() if self.is_bound and self.entered_secret else ""
        )

    @property
    def route(self) -> Route:
        """Return where statements go, and which."""
        values = self.cleaned_data
        text = values.get("agent", "")
        kept = self._destination is not None and text == _entered(self._wanted.agent)
        wanted = StatementFilter(
            agent=self._wanted.agent if kept else agent_meant(text),
            verb=values.get("verb") or None,
            activity=values.get("activity") or None,
            related_agents=bool(values.get("related_agents")),
            related_activities=bool(values.get("related_activities")),
            since=values.get("since"),
            authority=self._authority(values.get("source", "")),
        )
        return Route(values["name"], values["endpoint"], values["version"], values["key"], wanted)

    @property
    def target(self) -> Target:
        """Return how the store is entered, with the secret entered or else the one that is kept."""
        route = checked_route(self.route)
        secret = self.entered_secret
        if not secret and self._destination is not None:
            secret = api.target_of(self._destination).secret
        return Target(route.endpoint, route.version, route.key, secret)

    @property
    def store_fields(self) -> list[forms.BoundField]:
        """Return the fields that say where statements go."""
        return [self[name] for name in _STORE]

    @property
    def filter_fields(self) -> list[forms.BoundField]:
        """Return the fields that say which statements go."""
        return [field for field in self.visible_fields() if field.name not in _STORE]

    def _check_secret_goes_nowhere_else(self, route: Route) -> None:
        found = self._destination
        if found is not None and not self.entered_secret and (route.endpoint, route.key) != (found.endpoint, found.key):
            raise DestinationRefused(field="secret", reason=ENTER_AGAIN)

    def _held(self) -> str:
        sealed = str(self.data.get("sealed") or "")
        try:
            return unseal(sealed.encode(), key=settings.SECRET_KEY) if sealed else ""
        except SecretLost:
            return ""

    def _authority(self, choice: str) -> AgentKey | None:
        if not choice:
            return None
        if choice == _choice(self._wanted.authority):
            return self._wanted.authority
        return AgentKey("account", choice, settings.MYCELIA_PUBLIC_URL)


def _sources(present: AgentKey | None) -> list[tuple[str, Any]]:
    platform = api.platform_authority()["account"]["name"]
    known = {one.key: one.name for one in api.credentials()}
    choices = [("", _("Every source")), (platform, _("This platform itself")), *known.items()]
    here = _choice(present)
    return choices if here in {"", platform, *known} else [*choices, (here, here)]


def _choice(authority: AgentKey | None) -> str:
    return "" if authority is None else authority.value


def _entered(agent: AgentKey | None) -> str:
    return "" if agent is None else agent.value.removeprefix("mailto:")
