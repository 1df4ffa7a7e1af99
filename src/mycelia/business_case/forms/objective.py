"""An objective, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.forms.item import ItemForm
from mycelia.business_case.types import ObjectiveTerms


class ObjectiveForm(ItemForm):
    """Title and reason of a strategic objective."""

    title = forms.CharField(
        label=_("Objective"), max_length=200, help_text=_("In the words of the strategy: what is to be reached.")
    )
    description = forms.CharField(
        label=_("Why it matters"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows of an objective."""
        return {"title": value.title, "description": value.description}

    def value(self, key: str) -> ObjectiveTerms:
        """Return what was typed; the form is valid."""
        return ObjectiveTerms(self.cleaned_data["title"].strip(), self.cleaned_data["description"].strip(), key)

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (FieldGroup("", self.bound("title", "description")),)
