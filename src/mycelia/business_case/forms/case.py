"""The terms of a case, as typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.fields import DayField, FieldGroup, OwnerField
from mycelia.business_case.forms.item import ItemForm, PercentField, choice
from mycelia.business_case.models import Case
from mycelia.business_case.models.case import LONGEST_MONTHS
from mycelia.business_case.pages.vocabulary import CONFIDENCES
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.types import CaseTerms, Confidence, Discounting
from mycelia.kernel.policy import Actor
from mycelia.people import api as people

DISCOUNTINGS = {
    Discounting.YEAR_END: _("At the end of each year, the start undiscounted"),
    Discounting.MID_MONTH: _("In the middle of each month, the start undiscounted"),
}


def _source(label: Any) -> forms.CharField:
    """Return the field that says who stands behind a term."""
    text = _("Who says so, and where. Without a source it is a placeholder, and the case cannot be presented.")
    return forms.CharField(label=label, max_length=300, required=False, help_text=text)


def _confidence(label: Any) -> forms.TypedChoiceField:
    """Return the field that says how sure they are."""
    choices = [("", _("Not stated")), *CONFIDENCES.items()]
    return forms.TypedChoiceField(label=label, choices=choices, coerce=Confidence, empty_value=None, required=False)


class CaseForm(ItemForm):
    """Name, scope, time and money of a case."""

    name = forms.CharField(label=_("Name"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "What is proposed and why, in two or three sentences. It opens every brief: once the case is presented, "
            "everybody whom it is about reads it, with any amount in it."
        ),
    )
    scope_unit: Any = forms.ModelChoiceField(
        label=_("Part of the organisation"), queryset=None, required=False, empty_label=_("The whole company")
    )
    owner = OwnerField(label=_("Owner"), required=False)
    start = DayField(label=_("Start"), help_text=_("First day of year 1; what is spent before counts at the start."))
    horizon_months = forms.IntegerField(
        label=_("Runs for, months"),
        min_value=1,
        max_value=LONGEST_MONTHS,
        initial=36,
        help_text=_("1 to 120; 36 are three years."),
    )
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        initial="EUR",
        validators=[RegexValidator(r"^[A-Za-z]{3}\Z", _("Enter a code of three letters, such as EUR."))],
        help_text=_("Code of three letters. All amounts of the case are in it."),
    )
    rate_per_year = PercentField(
        label=_("Discount rate, % a year"),
        min_value=0,
        max_value=100,
        initial=Decimal("0.10"),
        help_text=_("What the company's finance department uses."),
    )
    rate_source = _source(_("Source of the discount rate"))
    rate_confidence = _confidence(_("Confidence in the discount rate"))
    discounting = choice(DISCOUNTINGS, Discounting.YEAR_END, _("A flow counts as paid"))
    inflation_per_year = PercentField(
        label=_("Inflation, % a year"),
        min_value=-99,
        max_value=100,
        required=False,
        help_text=_("Raises every line that states no increase of its own, from the second year on."),
    )
    inflation_source = _source(_("Source of the inflation"))
    inflation_confidence = _confidence(_("Confidence in the inflation"))
    tax_rate = PercentField(
        label=_("Tax, %"),
        min_value=0,
        max_value=99,
        required=False,
        help_text=_("On the net flow of each month, losses credited. Empty leaves tax out."),
    )
    tax_source = _source(_("Source of the tax"))
    tax_confidence = _confidence(_("Confidence in the tax"))
    counts_learner_time = forms.BooleanField(
        label=_("Learner time is in the figures"),
        required=False,
        initial=True,
        help_text=_(
            "The hours that people spend learning, fully loaded, and the benefits that save such hours. The case shows "
            "both ways side by side."
        ),
    )
    is_short_programme = forms.BooleanField(
        label=_("Short programme"),
        required=False,
        help_text=_(
            "The programme ROI then counts twelve months of benefits, from the first of them on, against all costs."
        ),
    )
    is_synthetic = forms.BooleanField(
        label=_("The figures are synthetic"),
        required=False,
        help_text=_("For an example with invented figures: the page and the brief say so."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        paths = actor.unit_paths(*CreateCase.roles)
        unit: Any = Case._meta.get_field("scope_unit").related_model
        units = unit._default_manager.order_by("name")
        within = Q()
        for path in paths:
            within |= Q() if path is None else Q(path__startswith=path)
        self.choosing("scope_unit").queryset = units if None in paths else units.filter(within)
        self.choosing("scope_unit").required = None not in paths

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows of terms."""
        shown = {name: getattr(value, name) for name in cls.base_fields if name not in ("scope_unit", "owner")}
        owner = None if value.owner_id is None else people.person_by_id(value.owner_id)
        return {**shown, "scope_unit": value.scope_unit_id, "owner": owner.email if owner else ""}

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def value(self, key: str) -> CaseTerms:
        return self.terms()

    def terms(self) -> CaseTerms:
        """Return what was typed; the form is valid."""
        typed = {name: stated for name, stated in self.cleaned_data.items() if name in self.base_fields}
        owner, unit = typed.pop("owner"), typed.pop("scope_unit")
        typed["inflation_per_year"] = typed["inflation_per_year"] or Decimal(0)
        return CaseTerms(**typed, owner_id=owner.pk if owner else None, scope_unit_id=unit.pk if unit else None)

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        rate = ("rate_per_year", "rate_source", "rate_confidence")
        raised = ("inflation_per_year", "inflation_source", "inflation_confidence")
        taxed = ("tax_rate", "tax_source", "tax_confidence")
        return (
            FieldGroup(_("What it is about"), self.bound("name", "summary", "scope_unit", "owner"), name="about"),
            FieldGroup(_("How long"), self.bound("start", "horizon_months"), name="time"),
            FieldGroup(_("How it is computed"), self.bound("currency", "discounting"), name="money"),
            FieldGroup(_("What it assumes"), self.bound(*rate, *raised, *taxed), name="assumed"),
            FieldGroup("", self.bound("counts_learner_time", "is_short_programme", "is_synthetic"), name="counted"),
        )
