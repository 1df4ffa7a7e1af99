"""A system, a link, and the filters of the register, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc.lifecycle import NEXT
from mycelia.business_case.forms.fields import DayField, FieldGroup, GroupedForm, OwnerField
from mycelia.business_case.models import System, SystemLink
from mycelia.business_case.pages.blueprint_words import (
    DEPTHS,
    DIRECTIONS,
    ELEMENTS,
    LIFECYCLES,
    PROTOCOLS,
    PURPOSES,
)
from mycelia.business_case.types import (
    Element,
    Lifecycle,
    LinkDepth,
    LinkDirection,
    LinkTerms,
    Protocol,
    SystemPurpose,
    SystemTerms,
)

COUNT: dict[str, Any] = {"min_value": 0, "max_value": 2_000_000_000, "required": False}
MONEY: dict[str, Any] = {"min_value": 0, "max_digits": 15, "decimal_places": 2, "required": False}


class SystemForm(GroupedForm):
    """Everything the register says of a system; only name and purpose must be known."""

    name = forms.CharField(label=_("Name"), max_length=120)
    purpose = forms.TypedChoiceField(
        label=_("Purpose"),
        coerce=SystemPurpose,
        choices=list(PURPOSES.items()),
        help_text=_("Two systems in use for one purpose are found as an overlap."),
    )
    description = forms.CharField(
        label=_("What it is used for"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    vendor = forms.CharField(label=_("Vendor"), max_length=120, required=False)
    owner = OwnerField(label=_("Owner"), required=False)
    lifecycle = forms.TypedChoiceField(label=_("State"), coerce=Lifecycle, initial=Lifecycle.ACTIVE)
    users_licensed = forms.IntegerField(label=_("Users licensed"), **COUNT)
    users_active = forms.IntegerField(
        label=_("Users active"), help_text=_("People who used it within the last 90 days."), **COUNT
    )
    counted_on = DayField(label=_("Counted on"), required=False)
    yearly_cost = forms.DecimalField(label=_("Cost a year"), help_text=_("What it costs to keep running."), **MONEY)
    exit_cost = forms.DecimalField(label=_("Cost to leave"), help_text=_("Once: export, move, end."), **MONEY)
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        initial="EUR",
        validators=[RegexValidator(r"^[A-Za-z]{3}\Z", _("Enter a code of three letters, such as EUR."))],
    )
    contract_end = DayField(label=_("Contract ends"), required=False)
    end_of_life = DayField(
        label=_("End of life"), required=False, help_text=_("The last day the vendor supports it, or it is needed.")
    )
    elements = forms.TypedMultipleChoiceField(
        label=_("Elements it serves"),
        coerce=Element,
        choices=list(ELEMENTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_platform = forms.BooleanField(
        label=_("This is Mycelia itself"),
        required=False,
        help_text=_("Its active users are then counted by the platform, not entered here."),
    )

    def __init__(self, *args: Any, system: System | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        state = Lifecycle(system.lifecycle) if system else None
        allowed = tuple(Lifecycle) if state is None else (state, *NEXT[state])
        self.choosing("lifecycle").choices = [(one, LIFECYCLES[one]) for one in allowed]
        self.is_synthetic = system.is_synthetic if system else False

    @classmethod
    def initial_of(cls, system: System) -> dict[str, Any]:
        """Return what the form shows for a system of the register."""
        shown = {name: getattr(system, name) for name in cls.base_fields if name != "owner"}
        return {**shown, "owner": system.owner.email if system.owner else ""}

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def terms(self) -> SystemTerms:
        """Return what was typed; the form is valid."""
        typed = dict(self.cleaned_data)
        owner, elements = typed.pop("owner"), typed.pop("elements")
        return SystemTerms(
            **typed,
            owner_id=owner.pk if owner else None,
            elements=tuple(one for one in Element if one in elements),
            is_synthetic=self.is_synthetic,
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (
            FieldGroup(_("What it is"), self._bound("name", "purpose", "vendor", "owner", "description")),
            FieldGroup(_("Life"), self._bound("lifecycle", "contract_end", "end_of_life")),
            FieldGroup(_("Use"), self._bound("users_licensed", "users_active", "counted_on")),
            FieldGroup(_("Money"), self._bound("yearly_cost", "exit_cost", "currency")),
            FieldGroup("", self._bound("elements", "is_platform")),
        )

    def _bound(self, *names: str) -> tuple[forms.BoundField, ...]:
        return tuple(self[name] for name in names)


class LinkForm(GroupedForm):
    """A link between two systems of the register."""

    source: Any = forms.ModelChoiceField(label=_("From"), queryset=None, empty_label=_("Choose a system"))
    target: Any = forms.ModelChoiceField(label=_("To"), queryset=None, empty_label=_("Choose a system"))
    protocol = forms.TypedChoiceField(label=_("Protocol"), coerce=Protocol, choices=list(PROTOCOLS.items()))
    direction = forms.TypedChoiceField(
        label=_("Direction"), coerce=LinkDirection, choices=list(DIRECTIONS.items()), initial=LinkDirection.FORWARD
    )
    depth = forms.TypedChoiceField(
        label=_("Depth"), coerce=LinkDepth, choices=list(DEPTHS.items()), initial=LinkDepth.SCHEDULED
    )
    note = forms.CharField(
        label=_("What it carries"), max_length=200, required=False, help_text=_("Completions, people, pages …")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("source", "target"):
            self.choosing(name).queryset = System.objects.only("name")

    @classmethod
    def initial_of(cls, link: SystemLink) -> dict[str, Any]:
        """Return what the form shows for a link."""
        shown = {name: getattr(link, name) for name in ("protocol", "direction", "depth", "note")}
        return {**shown, "source": link.source_id, "target": link.target_id}

    def terms(self) -> LinkTerms:
        """Return what was typed; the form is valid."""
        typed = dict(self.cleaned_data)
        source, target = typed.pop("source"), typed.pop("target")
        return LinkTerms(source_id=source.pk, target_id=target.pk, **typed)

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        names = ("source", "target", "protocol", "direction", "depth", "note")
        return (FieldGroup("", tuple(self[name] for name in names)),)


class SystemFilterForm(forms.Form):
    """Which systems are listed; anything not understood is left out."""

    q = forms.CharField(label=_("Name, vendor or use"), max_length=100, required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("Every state")), *LIFECYCLES.items()])
    purpose = forms.ChoiceField(
        label=_("Purpose"), required=False, choices=[("", _("Every purpose")), *PURPOSES.items()]
    )

    def chosen(self) -> dict[str, str]:
        """Return the filters that were understood."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}
