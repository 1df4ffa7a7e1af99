"""Which time and which source to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mycelia.records.models import Credential


@dataclass(frozen=True, slots=True)
class Window:
    """The time to look back over, in steps that divide it; no step is shorter than an hour, as counts are kept."""

    words: Promise
    span: timedelta
    step: timedelta


WINDOWS = {
    "day": Window(_("the last 24 hours"), timedelta(hours=24), timedelta(hours=1)),
    "week": Window(_("the last 7 days"), timedelta(days=7), timedelta(hours=6)),
    "month": Window(_("the last 30 days"), timedelta(days=30), timedelta(days=1)),
}


class SourcesForm(forms.Form):
    """What is not among the choices does not narrow."""

    window = forms.ChoiceField(label=_("Time"), choices=[(n, w.words) for n, w in WINDOWS.items()], required=False)
    source = forms.ChoiceField(label=_("Source"), required=False)

    def __init__(self, *args: Any, credentials: Sequence[Credential], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._credentials = {str(one.pk): one for one in credentials}
        choices = [("", _("Every source")), *((str(one.pk), one.name) for one in credentials)]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def chosen(self) -> Window:
        """Return the time to look back over, a day unless another is asked for."""
        return WINDOWS[self.cleaned_data.get("window") or "day"]

    @property
    def credential(self) -> Credential | None:
        """Return the one source to look at; None is all."""
        return self._credentials.get(self.cleaned_data.get("source") or "")
