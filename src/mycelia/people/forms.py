"""What the pages of people are asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mycelia.people.calc.columns import MAXIMUM_BYTES

STATES = (("active", _("Active")), ("deactivated", _("Deactivated")), ("all", _("Everybody")))


@dataclass(frozen=True, slots=True)
class PeopleRequest:
    """Which part of the list is asked for; anything not understood is left out."""

    text: str = ""
    unit: str = ""
    state: str = "active"
    page: str = "1"

    @property
    def is_narrowed(self) -> bool:
        """Return whether the list is not simply everybody active."""
        return bool(self.text or self.unit or self.state != "active")


def people_request(query: QueryDict) -> PeopleRequest:
    """Read the list's filters from an address."""
    state = query.get("state", "")
    return PeopleRequest(
        text=query.get("q", "").replace("\0", "").strip()[:100],
        unit=query.get("unit", "").replace("\0", "").strip()[:40],
        state=state if state in dict(STATES) else "active",
        page=query.get("page", "1"),
    )


class PeopleFileForm(forms.Form):
    """A people file to check."""

    file = forms.FileField(
        label=_("People file"),
        help_text=_("CSV, up to 200,000 people and 50 MB. Nothing changes before you have seen what would change."),
        max_length=255,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
    )
    full = forms.BooleanField(
        label=_("This file names everybody"),
        help_text=_("People missing from it will be listed for deactivation. You confirm their number before."),
        required=False,
    )

    def clean_file(self) -> UploadedFile:
        """Refuse a file over the limit before reading it."""
        file: UploadedFile = self.cleaned_data["file"]
        if file.size is None or file.size > MAXIMUM_BYTES:
            limit = MAXIMUM_BYTES // 1024**2
            message = _("The file is larger than %(limit)s MB. It was not kept.")
            raise forms.ValidationError(message, code="too_large", params={"limit": limit})
        return file


class ApplicationForm(forms.Form):
    """What the reviewer of a plan confirms."""

    plan = forms.CharField(widget=forms.HiddenInput)
    deactivations = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    confirm = forms.BooleanField(required=False)
    release_brake = forms.BooleanField(required=False)

    def __init__(self, *args: Any, leaving: int, brake: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if leaving == 0:
            del self.fields["confirm"]
        else:
            self.fields["confirm"].label = _("Deactivate %(count)s people who are missing from the file") % {
                "count": leaving
            }
            self.fields["confirm"].required = True
            self.fields["confirm"].error_messages["required"] = _(
                "Tick this to confirm that %(count)s people will be deactivated."
            ) % {"count": leaving}
        if not brake:
            del self.fields["release_brake"]
        else:
            self.fields["release_brake"].label = _("The file is complete: so many people leaving at once is right")
            self.fields["release_brake"].required = True

    @property
    def confirmed_deactivations(self) -> int | None:
        """Return the number that was confirmed; None when nothing was."""
        return self.cleaned_data["deactivations"] if self.cleaned_data.get("confirm") else None
