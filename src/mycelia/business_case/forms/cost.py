"""A cost, as typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.estimate import EstimateField, offer_inputs
from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.forms.item import choice
from mycelia.business_case.forms.line import LineForm
from mycelia.business_case.pages.vocabulary import DRIVERS, RECURRENCES
from mycelia.business_case.types import (
    NONE,
    ONE,
    Basis,
    CaseModel,
    CostCategory,
    CostLine,
    Driver,
    InputKind,
    Recurrence,
)


class CostForm(LineForm):
    """Quantity times driver times price, or amounts by year."""

    quantity = EstimateField(label=_("Quantity"), required=False, help_text=_("Empty is 1."))
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False, help_text=_("Licence, day, server …"))
    driver = choice(DRIVERS, Driver.NONE, _("Times"))
    price = EstimateField(label=_("Price of one"), kind=InputKind.MONEY, required=False)
    recurrence = choice(RECURRENCES, Recurrence.ONE_OFF, _("Due"))
    cost_centre = forms.CharField(label=_("Cost centre"), max_length=80, required=False)

    def __init__(self, *args: Any, model: CaseModel, **options: Any) -> None:
        super().__init__(*args, model=model, categories=CostCategory, **options)
        self.choosing("price").unit = model.currency
        self.fields["risk_adjustment"].help_text = _("Added to the cost.")
        offer_inputs(self, model)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        names = ("quantity", "unit", "driver", "price", "recurrence", "cost_centre")
        return {**super().initial_of(value), **{name: getattr(value, name) for name in names}}

    def clean(self) -> dict[str, Any] | None:
        typed = self.cleaned_data
        if typed.get("basis") is Basis.COMPUTED and "price" in typed and typed["price"] is None:
            self.add_error("price", forms.ValidationError(_("Enter a price."), code="likely"))
        return super().clean()

    def value(self, key: str) -> CostLine:
        typed = self.cleaned_data
        names = ("unit", "driver", "recurrence", "cost_centre")
        own = {name: typed[name] for name in names}
        return CostLine(
            key=key, quantity=typed["quantity"] or ONE, price=typed["price"] or NONE, **own, **self.shared()
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        computed = self.bound("quantity", "price", "unit", "driver", "recurrence")
        return (
            FieldGroup("", self.bound("description", "category", "option", "basis"), name="what"),
            FieldGroup(_("Quantity × price"), computed, name="computed"),
            self.amount_group(),
            FieldGroup(_("Who says so"), self.bound("source", "confidence", "is_placeholder"), name="evidence"),
            self.timing_group(),
            self.risk_group(),
            FieldGroup(_("Who pays"), self.bound("cost_centre"), name="payer", is_folded=True),
        )
