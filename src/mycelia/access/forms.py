"""What can be entered about roles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.access.models import ASSIGNED_ROLES
from mycelia.kernel.policy import Actor, Role
from mycelia.people import api as people


class GrantForm(forms.Form):
    """Giving a role."""

    email = forms.EmailField(label=_("E-mail of the person"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"))
    unit = forms.ChoiceField(
        label=_("Over which part of the company"),
        required=False,
        help_text=_("A unit includes everything below it. Platform, case and studio pages need the whole company."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = people.administered_units(Actor.system("roles"))
        self.fields["role"].choices = [(role.value, role.label) for role in ASSIGNED_ROLES]  # type: ignore[attr-defined]
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole company")),
            *((str(unit.pk), f"{'  ' * (unit.path.count('/') - 2)}{unit.name}") for unit in units),
        ]

    def clean_email(self) -> str:
        """Accept the e-mail of somebody active."""
        email = str(self.cleaned_data["email"])
        person = people.person_by_email(email)
        if person is None or not person.is_active:
            raise forms.ValidationError(_("Nobody active has this e-mail. Import the person first."))
        self.cleaned_data["person_id"] = person.pk
        return email

    @property
    def grant(self) -> dict[str, Any]:
        """Return what `grant_role` is called with."""
        values = self.cleaned_data
        unit = int(values["unit"]) if values["unit"] else None
        return {"person_id": values["person_id"], "role": Role(values["role"]), "unit_id": unit}


class RoleFilterForm(forms.Form):
    """Narrowing the list of assignments."""

    q = forms.CharField(label=_("Name, e-mail or number"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("Every role")), *((role.value, role.label) for role in ASSIGNED_ROLES)]
        self.fields["role"].choices = every  # type: ignore[attr-defined]

    @property
    def wanted(self) -> dict[str, Any]:
        """Return the filter; what is not valid does not narrow."""
        values = self.cleaned_data if self.is_valid() else {}
        return {"words": values.get("q", ""), "role": Role(values["role"]) if values.get("role") else None}
