"""What the forms of a cost and of a benefit share: words, amounts by year, timing, escalation and risk."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.estimate import EstimateField
from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.forms.item import ItemForm, PercentField, choice, item_choices, option_choices, reference
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.vocabulary import CATEGORIES, CONFIDENCES
from mycelia.business_case.types import ONE, Basis, BenefitLine, CaseModel, Confidence, CostLine, Timing

BASES = {
    Basis.COMPUTED: _("Computed from quantities and prices"),
    Basis.AMOUNTS: _("Entered by year"),
}
PLACEHOLDER = _("A case with placeholders cannot be presented.")
MONTH: dict[str, Any] = {"min_value": 0, "max_value": 120, "required": False}


class LineForm(ItemForm):
    """The fields of every line."""

    fields_of_problems: Mapping[str, str] = {
        "timing/start_month": "start_month",
        "timing/end_month": "end_month",
        "timing/start_milestone": "start_milestone",
        "timing/end_milestone": "end_milestone",
    }
    description = forms.CharField(label=_("Description"), max_length=200)
    category = forms.ChoiceField(label=_("Category"))
    option = reference(_("Option"), help_text=_("Lines of all options count in each of them."))
    basis = choice(BASES, Basis.COMPUTED, _("Amounts"), widget=forms.RadioSelect)
    start_month = forms.IntegerField(
        label=_("From month"),
        initial=0,
        help_text=_("0 is the start. With a milestone: months after it is reached."),
        **MONTH,
    )
    end_month = forms.IntegerField(label=_("To month"), help_text=_("Empty runs to the end of the case."), **MONTH)
    start_milestone = reference(_("Starts when this is finished"))
    end_milestone = reference(_("Ends when this is finished"))
    escalation_per_year = PercentField(
        label=_("Price increase, % a year"),
        min_value=-99,
        max_value=1000,
        required=False,
        help_text=_("From the second year on. Empty takes the inflation of the case."),
    )
    risk_adjustment = PercentField(label=_("Risk adjustment, %"), min_value=0, required=False)
    spread = EstimateField(
        label=_("Uncertainty of the whole line"),
        unit=_("times"),
        required=False,
        help_text=_("1 is as computed. 0.8 to 1.3 says it may come out a fifth lower or a third higher."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Where the numbers come from: an offer, a contract, a study, an estimate by whom."),
    )
    confidence = choice(CONFIDENCES, Confidence.MEDIUM, _("Confidence"))
    is_placeholder = forms.BooleanField(
        label=_("Placeholder: nobody has confirmed these numbers yet"),
        required=False,
        help_text=PLACEHOLDER,
    )

    def __init__(self, *args: Any, model: CaseModel, categories: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.model, self.categories = model, categories
        self.choosing("category").choices = [(category, CATEGORIES[category]) for category in categories]
        self.choosing("option").choices = option_choices(model)
        self.choosing("option").initial = model.preferred.key
        for name in ("start_milestone", "end_milestone"):
            self.choosing(name).choices = item_choices(model, _("No milestone"))
        self.year_names = [f"amounts_{year}" for year in range(1 - -model.horizon_months // 12)]
        for year, name in enumerate(self.year_names):
            self.fields[name] = _amount_field(year, model.currency)

    @classmethod
    def initial_of(cls, value: CostLine | BenefitLine) -> dict[str, Any]:
        """Return what every line shows."""
        timing = value.timing
        amounts = {f"amounts_{year}": amount for year, amount in enumerate(value.amounts) if amount}
        names = ("description", "category", "option", "basis", "escalation_per_year", "risk_adjustment")
        shown = {name: getattr(value, name) for name in (*names, "source", "confidence", "is_placeholder")}
        months = {name: getattr(timing, name) for name in ("start_month", "end_month")}
        milestones = {name: getattr(timing, name) for name in ("start_milestone", "end_milestone")}
        return {**shown, **amounts, **months, **milestones, "spread": value.spread}

    def shared(self) -> dict[str, Any]:
        """Return the fields of a value that both sides have; the form is valid."""
        typed = self.cleaned_data
        names = ("description", "option", "basis", "escalation_per_year", "source", "confidence", "is_placeholder")
        return {
            **{name: typed[name] for name in names},
            "category": self.categories(typed["category"]),
            "amounts": self._amounts(),
            "timing": Timing(
                typed["start_month"] or 0, typed["end_month"], typed["start_milestone"], typed["end_milestone"]
            ),
            "risk_adjustment": typed["risk_adjustment"] or Decimal(0),
            "spread": typed["spread"] or ONE,
        }

    def amount_group(self) -> FieldGroup:
        """Return the amounts by year; shown only where they are entered so."""
        text = _("The start is not discounted. An empty year counts as 0.")
        return FieldGroup(_("Amounts by year"), self.bound(*self.year_names), text, "years")

    def timing_group(self) -> FieldGroup:
        """Return when a computed line runs."""
        names = ("start_month", "end_month", "start_milestone", "end_milestone")
        return FieldGroup(_("When it runs"), self.bound(*names), name="timing", is_folded=True)

    def risk_group(self) -> FieldGroup:
        """Return what changes a line as a whole."""
        names = ("escalation_per_year", "risk_adjustment", "spread")
        return FieldGroup(_("Price increase, risk and uncertainty"), self.bound(*names), name="risk", is_folded=True)

    def _amounts(self) -> tuple[Decimal, ...]:
        amounts = [self.cleaned_data[name] or Decimal(0) for name in self.year_names]
        while amounts and amounts[-1] == 0:
            amounts.pop()
        return tuple(amounts)


def _amount_field(year: int, currency: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("%(year)s, %(currency)s") % {"year": formats.year_name(year), "currency": currency},
        min_value=0,
        max_digits=15,
        decimal_places=2,
        required=False,
        error_messages={"min_value": _("An amount is never negative: a saving is a benefit, not a negative cost.")},
    )
