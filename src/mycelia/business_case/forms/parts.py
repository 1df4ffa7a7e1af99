"""The small items of a case, as typed: an option, a phase, two inputs that move together, an input with a name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.estimate import EstimateField
from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.forms.item import ItemForm, choice
from mycelia.business_case.forms.line import PLACEHOLDER
from mycelia.business_case.pages.input_labels import labelled_inputs
from mycelia.business_case.pages.vocabulary import CONFIDENCES, INPUT_KINDS
from mycelia.business_case.types import CaseModel, Confidence, Correlation, InputKind, NamedInput, Option, Phase


class OptionForm(ItemForm):
    """One of the ways to choose between."""

    name = forms.CharField(label=_("Name"), max_length=120)
    description = forms.CharField(
        label=_("What it means"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_preferred = forms.BooleanField(
        label=_("Preferred"),
        required=False,
        help_text=_("The headline figures of the case are about it; the one preferred until now no longer is."),
    )

    def __init__(self, *args: Any, is_baseline: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.is_baseline = is_baseline

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows of an option."""
        return {name: getattr(value, name) for name in cls.base_fields}

    def value(self, key: str) -> Option:
        return Option(key=key, is_baseline=self.is_baseline, **self.cleaned_data)

    def groups(self) -> tuple[FieldGroup, ...]:
        return (FieldGroup("", self.bound("name", "description", "is_preferred"), name="what"),)


class PhaseForm(ItemForm):
    """A named stretch of the roadmap."""

    title = forms.CharField(label=_("Title"), max_length=200)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows of a phase."""
        return {"title": value.title}

    def value(self, key: str) -> Phase:
        return Phase(key, self.cleaned_data["title"])

    def groups(self) -> tuple[FieldGroup, ...]:
        return (FieldGroup("", self.bound("title"), name="what"),)


class CorrelationForm(ItemForm):
    """Two inputs that move together, and how closely."""

    first = forms.ChoiceField(label=_("One input"))
    second = forms.ChoiceField(label=_("Another input"))
    rho = forms.DecimalField(
        label=_("Correlation"),
        min_value=Decimal("-0.99"),
        max_value=Decimal("0.99"),
        max_digits=5,
        decimal_places=4,
        help_text=_("From -0.99 to 0.99: above 0 both are high together, below 0 one is low where the other is high."),
    )

    def __init__(self, *args: Any, model: CaseModel, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("first", "second"):
            self.choosing(name).choices = [("", _("Choose an input")), *labelled_inputs(model)]

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows of a correlation."""
        return {name: getattr(value, name) for name in cls.base_fields}

    def clean(self) -> dict[str, Any] | None:
        typed = self.cleaned_data
        if typed.get("first") and typed.get("first") == typed.get("second"):
            self.add_error("second", _("Choose another input than the first."))
        return super().clean()

    def value(self, key: str) -> Correlation:
        return Correlation(key=key, **self.cleaned_data)

    def groups(self) -> tuple[FieldGroup, ...]:
        return (FieldGroup("", self.bound("first", "second", "rho"), name="what"),)


class NamedInputForm(ItemForm):
    """A number that the case states once, for every line that is computed with it."""

    title = forms.CharField(label=_("What it is"), max_length=200)
    kind = choice(INPUT_KINDS, InputKind.COUNT, _("Kind"), help_text=_("A share is typed in percent."))
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False, help_text=_("Of a number: people, hours …"))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Where the number comes from: a system, a contract, a study, an estimate by whom."),
    )
    confidence = choice(CONFIDENCES, Confidence.MEDIUM, _("Confidence"))
    is_placeholder = forms.BooleanField(
        label=_("Placeholder: nobody has confirmed this number yet"), required=False, help_text=PLACEHOLDER
    )

    def __init__(self, *args: Any, model: CaseModel, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["kind"].disabled = "kind" in self.initial
        kind = self._kind()
        unit = {InputKind.MONEY: model.currency, InputKind.COUNT: self.initial.get("unit", "")}.get(kind, "")
        self.fields["estimate"] = EstimateField(label=_("Number"), kind=kind, unit=unit)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        """Return what the form shows of a named input."""
        return {**{name: getattr(value, name) for name in cls.base_fields}, "estimate": value.estimate}

    def value(self, key: str) -> NamedInput:
        return NamedInput(key=key, **self.cleaned_data)

    def groups(self) -> tuple[FieldGroup, ...]:
        proof = self.bound("source", "confidence", "is_placeholder")
        return (
            FieldGroup("", self.bound("title", "kind", "estimate", "unit"), name="what"),
            FieldGroup(_("Who says so"), proof, name="evidence"),
        )

    def _kind(self) -> InputKind:
        stated = self.initial.get("kind") or self.data.get("kind")
        return InputKind(stated) if stated in list(InputKind) else InputKind.COUNT
