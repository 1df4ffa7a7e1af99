"""What the quantities of a case depend on, as typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mycelia.business_case.forms.adoption import AdoptionFields
from mycelia.business_case.forms.estimate import EstimateField, offer_inputs
from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.forms.item import PercentField, item_choices, reference
from mycelia.business_case.forms.line import MONTH, PLACEHOLDER
from mycelia.business_case.types import NONE, CaseModel, Drivers, Estimate


class DriversForm(AdoptionFields):
    """People, hours of content, and how the people take it up."""

    headcount = EstimateField(label=_("People in scope"), unit=_("people"), required=False)
    headcount_growth_per_year = PercentField(
        label=_("Growth of their number, % a year"), min_value=-99, max_value=1000, required=False
    )
    content_hours = EstimateField(label=_("Hours of content"), unit=_("hours"), required=False)
    adoption_start = forms.IntegerField(
        label=_("Available from month"), initial=0, help_text=_("0 is the start of the case."), **MONTH
    )
    adoption_milestone = reference(
        _("Available when this is finished"), help_text=_("A delay of it delays everything that follows the curve.")
    )
    size_source = forms.CharField(
        label=_("Source of these numbers"),
        max_length=300,
        required=False,
        help_text=_("Who says so: the HR system, a plan of courses. An input of the case states its own."),
    )
    source = forms.CharField(
        label=_("Source of the adoption"),
        max_length=300,
        required=False,
        help_text=_("Who says so: an earlier introduction, a pilot, a study, an estimate by whom."),
    )
    is_placeholder = forms.BooleanField(
        label=_("Placeholder: nobody has confirmed this adoption yet"), required=False, help_text=PLACEHOLDER
    )

    def __init__(self, *args: Any, model: CaseModel, people: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.choosing("adoption_milestone").choices = item_choices(model, _("No milestone"))
        self.fields["headcount"].help_text = ngettext(
            "The platform counts %(n)s person in the case's scope today.",
            "The platform counts %(n)s people in the case's scope today.",
            people,
        ) % {"n": people}
        if self.initial.get("headcount") == NONE and people:
            self.initial["headcount"] = Estimate.fixed(people)
        offer_inputs(self, model)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        size = ("headcount", "headcount_growth_per_year", "content_hours", "size_source")
        names = (*size, "adoption_start", "adoption_milestone", "source", "is_placeholder")
        return {**{name: getattr(value, name) for name in names}, **cls.adoption_initial(value.adoption)}

    def value(self, key: str) -> Drivers:
        typed = self.cleaned_data
        return Drivers(
            headcount=typed["headcount"] or NONE,
            headcount_growth_per_year=typed["headcount_growth_per_year"] or Decimal(0),
            content_hours=typed["content_hours"] or NONE,
            adoption=self.adoption(),
            adoption_start=typed["adoption_start"] or 0,
            adoption_milestone=typed["adoption_milestone"],
            source=typed["source"],
            size_source=typed["size_source"],
            is_placeholder=typed["is_placeholder"],
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        size = self.bound("headcount", "headcount_growth_per_year", "content_hours", "size_source")
        start = self.bound("adoption_start", "adoption_milestone", "source", "is_placeholder")
        text = _("The share of these people who really use it, month by month.")
        return (
            FieldGroup(_("Size"), size, name="size"),
            FieldGroup(_("Adoption"), (*self.curve(), *start), text, "adoption"),
        )
