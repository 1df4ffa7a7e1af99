"""A benefit, as typed: the inputs that its category asks for, and how far the claim is trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc import BUILDERS
from mycelia.business_case.forms.adoption import AdoptionFields
from mycelia.business_case.forms.estimate import EstimateField, offer_inputs
from mycelia.business_case.forms.fields import FieldGroup
from mycelia.business_case.forms.item import choice, reference
from mycelia.business_case.forms.line import MONTH, LineForm
from mycelia.business_case.pages.vocabulary import GRADES, INPUTS, ISOLATIONS
from mycelia.business_case.types import (
    ONE,
    Basis,
    BenefitCategory,
    BenefitLine,
    BuilderInput,
    CaseModel,
    EvidenceGrade,
    InputKind,
    IsolationMethod,
)


class CurveFrom(StrEnum):
    """Whose adoption a benefit follows."""

    NONE = "none"
    CASE = "case"
    OWN = "own"


CURVES = {
    CurveFrom.NONE: _("Complete from the start"),
    CurveFrom.CASE: _("As the case's people take it up"),
    CurveFrom.OWN: _("A curve of its own"),
}


class BenefitForm(AdoptionFields, LineForm):
    """The inputs of a builder, or amounts by year; evidence, isolation, adoption."""

    fields_of_problems = {**LineForm.fields_of_problems, "follows_case_adoption": "curve_from"}
    is_intangible = forms.BooleanField(
        label=_("Intangible: told, never counted"),
        required=False,
        help_text=_("For what cannot honestly be turned into money."),
    )
    saves_learner_time = forms.BooleanField(
        label=_("Saves time of learners"),
        required=False,
        help_text=_("Such as hours no longer spent in a classroom. Left out of the figures where learner time is."),
    )
    evidence_grade = choice(GRADES, EvidenceGrade.NONE, _("Evidence"))
    kpi = reference(_("KPI whose movement it claims"))
    claimed_movement = forms.DecimalField(
        label=_("Claimed movement"),
        min_value=0,
        max_digits=18,
        decimal_places=4,
        required=False,
        help_text=_("How much of it, in the unit of the KPI."),
    )
    isolation = EstimateField(
        label=_("Share due to this"),
        kind=InputKind.SHARE,
        required=False,
        help_text=_("Of the effect; the rest would have happened anyway."),
    )
    isolation_method = forms.TypedChoiceField(
        label=_("How that is told"),
        choices=[("", _("Not told yet")), *ISOLATIONS.items()],
        coerce=IsolationMethod,
        empty_value=None,
        required=False,
    )
    confidence_factor = EstimateField(
        label=_("Share trusted"),
        kind=InputKind.SHARE,
        required=False,
        help_text=_("How far those who estimated it trust their estimate."),
    )
    curve_from = choice(CURVES, CurveFrom.NONE, _("Adoption"), widget=forms.RadioSelect)
    ramp_months = forms.IntegerField(
        label=_("Months to full effect"), initial=0, help_text=_("Grows evenly until then."), **MONTH
    )

    def __init__(
        self, *args: Any, model: CaseModel, kpis: Sequence[tuple[str, str]], category: BenefitCategory, **options: Any
    ) -> None:
        super().__init__(*args, model=model, categories=BenefitCategory, **options)
        self.builder = BUILDERS[category]
        self.choosing("category").initial = category
        self.choosing("kpi").choices = [("", _("None")), *kpis]
        for each in self.builder.inputs:
            self.fields[f"inputs_{each.name}"] = _input_field(each, model.currency)
        self.fields["risk_adjustment"].help_text = _("Taken from the benefit.")
        offer_inputs(self, model)

    @classmethod
    def initial_of(cls, value: Any) -> dict[str, Any]:
        names = ("is_intangible", "saves_learner_time", "evidence_grade", "kpi", "claimed_movement", "isolation")
        more = ("isolation_method", "confidence_factor", "ramp_months")
        own = {name: getattr(value, name) for name in (*names, *more)}
        source = CurveFrom.CASE if value.follows_case_adoption else CurveFrom.OWN if value.adoption else CurveFrom.NONE
        curve = cls.adoption_initial(value.adoption) if value.adoption else {}
        inputs = {f"inputs_{name}": estimate for name, estimate in value.inputs.items()}
        return {**super().initial_of(value), **own, **curve, **inputs, "curve_from": source}

    def clean(self) -> dict[str, Any] | None:
        typed = self.cleaned_data
        if typed.get("basis") is Basis.COMPUTED and not self._is_only_told():
            for name in (f"inputs_{each.name}" for each in self.builder.inputs):
                if name in typed and typed[name] is None:
                    self.add_error(name, forms.ValidationError(_("Enter a number."), code="likely"))
        return super().clean()

    def value(self, key: str) -> BenefitLine:
        typed = self.cleaned_data
        names = ("is_intangible", "saves_learner_time", "evidence_grade", "kpi", "claimed_movement", "isolation_method")
        shared = self.shared() | ({"basis": Basis.AMOUNTS} if self._is_only_told() else {})
        return BenefitLine(
            key=key,
            inputs=self._inputs(),
            adoption=self.adoption() if typed["curve_from"] is CurveFrom.OWN else None,
            follows_case_adoption=typed["curve_from"] is CurveFrom.CASE,
            isolation=typed["isolation"] or ONE,
            confidence_factor=typed["confidence_factor"] or ONE,
            ramp_months=typed["ramp_months"] or 0,
            **{name: typed[name] for name in names},
            **shared,
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        inputs = self.bound(*(f"inputs_{each.name}" for each in self.builder.inputs))
        proof = ("source", "confidence", "evidence_grade", "is_placeholder")
        share = ("isolation", "isolation_method", "confidence_factor", "kpi", "claimed_movement")
        counted = ("saves_learner_time", "is_intangible")
        adoption = (*self.bound("curve_from", "ramp_months"), *self.curve())
        return (
            FieldGroup("", self.bound("description", "category", "option", "basis"), name="what"),
            FieldGroup(_("What it is computed from"), inputs, self._formula(), "computed"),
            self.amount_group(),
            FieldGroup(_("Who says so"), self.bound(*proof), name="evidence"),
            FieldGroup(_("What of it is due to this"), self.bound(*share), name="isolation", is_folded=True),
            FieldGroup(_("Adoption"), adoption, name="adoption", is_folded=True),
            self.timing_group(),
            self.risk_group(),
            FieldGroup(_("Is it counted?"), self.bound(*counted), name="intangible", is_folded=True),
        )

    def _inputs(self) -> Mapping[str, Any]:
        typed = {each.name: self.cleaned_data[f"inputs_{each.name}"] for each in self.builder.inputs}
        return {name: estimate for name, estimate in typed.items() if estimate is not None}

    def _is_only_told(self) -> bool:
        named = (f"inputs_{each.name}" for each in self.builder.inputs)
        return bool(self.cleaned_data.get("is_intangible")) and all(self.cleaned_data.get(n) is None for n in named)

    def _formula(self) -> str:
        product = " × ".join(str(INPUTS[each.name]) for each in self.builder.inputs)
        times = "" if self.builder.months == 1 else f" × {self.builder.months}"
        return _("%(product)s, a year at full effect.") % {"product": f"{product}{times}"}


def _input_field(each: BuilderInput, currency: str) -> EstimateField:
    unit = currency if each.kind is InputKind.MONEY else _(each.unit) if each.unit else ""
    return EstimateField(label=INPUTS[each.name], kind=each.kind, unit=unit, required=False)
