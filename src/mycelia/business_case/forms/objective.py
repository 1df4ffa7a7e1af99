"""An objective, as typed."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.fields import FieldGroup, GroupedForm


class ObjectiveForm(GroupedForm):
    """Title and reason of a strategic objective."""

    title = forms.CharField(
        label=_("Objective"), max_length=200, help_text=_("In the words of the strategy: what is to be reached.")
    )
    description = forms.CharField(
        label=_("Why it matters"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (FieldGroup("", (self["title"], self["description"])),)
