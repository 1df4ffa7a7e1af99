"""The terms of a case, as typed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.fields import DayField, FieldGroup, GroupedForm, OwnerField
from mycelia.business_case.models import Case
from mycelia.business_case.models.case import HORIZONS, MONTHS_PER_YEAR
from mycelia.business_case.pages import formats
from mycelia.business_case.permissions import CreateCase
from mycelia.business_case.types import CaseTerms
from mycelia.kernel.policy import Actor

PERCENT = Decimal(100)


class CaseForm(GroupedForm):
    """Name, scope, time and money of a case."""

    name = forms.CharField(label=_("Name"), max_length=200)
    summary = forms.CharField(
        label=_("Summary"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What is proposed and why, in two or three sentences. It opens the brief."),
    )
    scope_unit: Any = forms.ModelChoiceField(
        label=_("Part of the organisation"), queryset=None, required=False, empty_label=_("The whole company")
    )
    owner = OwnerField(label=_("Owner"), required=False)
    start = DayField(label=_("Start"), help_text=_("First day of year 1; what is spent before counts at the start."))
    years = forms.TypedChoiceField(label=_("Runs for"), coerce=int, initial=3)
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        initial="EUR",
        validators=[RegexValidator(r"^[A-Za-z]{3}\Z", _("Enter a code of three letters, such as EUR."))],
        help_text=_("Code of three letters. All amounts of the case are in it."),
    )
    rate_percent = forms.DecimalField(
        label=_("Discount rate, % a year"),
        min_value=0,
        max_value=100,
        max_digits=5,
        decimal_places=2,
        initial=Decimal(10),
        help_text=_("What the company's finance department uses. Year ends are discounted; the start is not."),
    )
    is_short_programme = forms.BooleanField(
        label=_("Short programme"),
        required=False,
        help_text=_("The programme ROI then counts the benefits of the first year only, against all costs."),
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
        self.choosing("years").choices = [(months // MONTHS_PER_YEAR, formats.years(months)) for months in HORIZONS]

    @classmethod
    def initial_of(cls, case: Case) -> dict[str, Any]:
        """Return what the form shows for an existing case."""
        return {
            "name": case.name,
            "summary": case.summary,
            "scope_unit": case.scope_unit_id,
            "owner": case.owner.email if case.owner else "",
            "start": case.start,
            "years": case.horizon_months // MONTHS_PER_YEAR,
            "currency": case.currency,
            "rate_percent": (case.rate_per_year * PERCENT).normalize().quantize(Decimal("0.01")),
            "is_short_programme": case.is_short_programme,
            "is_synthetic": case.is_synthetic,
        }

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def terms(self) -> CaseTerms:
        """Return what was typed; the form is valid."""
        typed = self.cleaned_data
        return CaseTerms(
            name=typed["name"],
            currency=typed["currency"],
            start=typed["start"],
            summary=typed["summary"],
            horizon_months=typed["years"] * MONTHS_PER_YEAR,
            rate_per_year=typed["rate_percent"] / PERCENT,
            is_short_programme=typed["is_short_programme"],
            is_synthetic=typed["is_synthetic"],
            owner_id=typed["owner"].pk if typed["owner"] else None,
            scope_unit_id=typed["scope_unit"].pk if typed["scope_unit"] else None,
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        return (
            FieldGroup(_("What it is about"), (self["name"], self["summary"], self["scope_unit"], self["owner"])),
            FieldGroup(_("How it is computed"), (self["start"], self["years"], self["currency"], self["rate_percent"])),
            FieldGroup("", (self["is_short_programme"], self["is_synthetic"])),
        )
