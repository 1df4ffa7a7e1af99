"""What can be entered about taking a person out of the records."""

from __future__ import annotations

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mycelia.records.types import AgentKey

MOST_OTHERS = 20
_MAILTO = "mailto:"
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")


class PersonSearchForm(forms.Form):
    """Whom to look for."""

    text = forms.CharField(label=_("Name, e-mail or employee number"), max_length=200, required=False)


class OthersForm(forms.Form):
    """Identifiers that other systems gave a person."""

    others = forms.CharField(
        label=_("Further identifiers"),
        required=False,
        max_length=MOST_OTHERS * 1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "One a line, as other systems send them: mailto:ada@example.com, or the home page and the name of an"
            " account, such as https://lms.example.com u-4711; also the SHA-1 of a mailbox, or openid and its address."
        ),
    )

    def clean_others(self) -> frozenset[AgentKey]:
        """Accept mailboxes, their hashes, OpenIDs and accounts, one a line."""
        lines = [line.strip() for line in str(self.cleaned_data["others"]).splitlines() if line.strip()]
        if len(lines) > MOST_OTHERS:
            raise ValidationError(_now("At most %(most)d identifiers.") % {"most": MOST_OTHERS})
        return frozenset(_identifier(line) for line in lines)


class ConfirmationForm(OthersForm):
    """The person's e-mail or employee number, typed as proof that nobody else is meant."""

    typed = forms.CharField(label=_("Type their e-mail or employee number to confirm"), max_length=254)

    def confirms(self, *names: str) -> bool:
        """Return whether one of the names was typed; if not, say so at the field."""
        if str(self.cleaned_data["typed"]).strip().casefold() in {name.casefold() for name in names if name}:
            return True
        self.add_error("typed", _("This is neither their e-mail nor their employee number. Nothing was changed."))
        return False


def _identifier(line: str) -> AgentKey:
    if line.lower().startswith(_MAILTO) and "@" in line:
        return AgentKey("mbox", line)
    if _SHA1.fullmatch(line):
        return AgentKey("mbox_sha1sum", line.lower())
    home_page, _gap, name = line.partition(" ")
    if home_page.lower() == "openid" and "://" in name:
        return AgentKey("openid", name.strip())
    if "://" not in home_page or not name.strip():
        explanation = _now(
            "%(line)s is neither a mailbox or its SHA-1, nor an OpenID, nor the home page and name of an account."
        )
        raise ValidationError(explanation % {"line": line[:100]})
    return AgentKey("account", name.strip(), home_page)
