"""Freezing a version, and sharing one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_DAYS = 90


class VersionForm(forms.Form):
    """What a version is called."""

    title = forms.CharField(
        label=_("Title"), max_length=200, help_text=_("What it is for, such as “Steering committee, May”.")
    )


class ComparisonForm(forms.Form):
    """Which two versions are compared; 0 is the draft. It only asks: what was asked for is read from the address."""

    before = forms.ChoiceField(label=_("From"))
    after = forms.ChoiceField(label=_("To"))

    def __init__(self, *args: Any, versions: list[tuple[int, str]], draft: tuple[int, Any], **options: Any) -> None:
        super().__init__(*args, **options)
        before: Any = self.fields["before"]
        after: Any = self.fields["after"]
        before.choices, after.choices = versions, [draft, *versions]


class ShareForm(forms.Form):
    """Which version can be read under the link, and for how long."""

    version = forms.TypedChoiceField(label=_("Version"), coerce=int)
    days = forms.IntegerField(
        label=_("Open for, in days"), min_value=1, max_value=LONGEST_DAYS, initial=14, help_text=_("At most 90 days.")
    )

    def __init__(self, *args: Any, versions: list[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["version"]
        field.choices = versions
