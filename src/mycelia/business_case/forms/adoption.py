"""How the share of people who use something grows, as typed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.estimate import PERCENT, EstimateField
from mycelia.business_case.forms.item import ItemForm, PercentField, choice
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.vocabulary import ADOPTIONS
from mycelia.business_case.types import FULL_ADOPTION, ONE, Adoption, AdoptionKind, InputKind

MOST_STEPS = 60
RATE: dict[str, Any] = {"required": False, "min_value": 0, "max_value": 10000}
NUMBER: dict[str, Any] = {"required": False, "min_value": 0, "max_digits": 8, "decimal_places": 4}
PARAMETERS = ("innovation_per_year", "imitation_per_year", "midpoint_months", "steepness_per_month")


class AdoptionFields(ItemForm):
    """The fields of a curve, all with "adoption" before their name."""

    adoption_kind = choice(ADOPTIONS, AdoptionKind.FULL, _("Adoption"))
    adoption_ceiling = EstimateField(
        label=_("In the end"),
        kind=InputKind.SHARE,
        required=False,
        help_text=_("Share of people who will ever use it."),
    )
    adoption_tempo = EstimateField(
        label=_("Tempo"), unit=_("times"), required=False, help_text=_("1 is as planned, 0.8 slower, 1.2 quicker.")
    )
    adoption_innovation_per_year = PercentField(
        label=_("Start by themselves, % a year"), help_text=_("Bass curve: innovation, usually about 3 %."), **RATE
    )
    adoption_imitation_per_year = PercentField(
        label=_("Follow others, % a year"), help_text=_("Bass curve: imitation, usually about 38 %."), **RATE
    )
    adoption_midpoint_months = forms.DecimalField(
        label=_("Half of them after, months"), help_text=_("Logistic curve: its middle."), **NUMBER
    )
    adoption_steepness_per_month = forms.DecimalField(
        label=_("Steepness a month"), help_text=_("Logistic curve: 0.6 takes most of them within 8 months."), **NUMBER
    )
    adoption_steps = forms.CharField(
        label=_("Steps"),
        required=False,
        max_length=2000,
        help_text=_("Month and share in percent, with commas between the steps: 0: 20, 6: 60, 12: 100."),
    )

    @staticmethod
    def adoption_initial(adoption: Adoption) -> dict[str, Any]:
        """Return what the fields show of a curve."""
        shown = {name: getattr(adoption, name) for name in ("kind", "ceiling", "tempo", *PARAMETERS)}
        steps = ", ".join(f"{month}: {formats.plain_number(share * PERCENT)}" for month, share in adoption.steps)
        return {f"adoption_{name}": value for name, value in {**shown, "steps": steps}.items()}

    def clean_adoption_steps(self) -> tuple[tuple[int, Decimal], ...]:
        """Return the steps as pairs of month and share."""
        texts = [text for text in self.cleaned_data["adoption_steps"].split(",") if text.strip()]
        if len(texts) > MOST_STEPS:
            raise forms.ValidationError(_("Enter at most %(most)d steps.") % {"most": MOST_STEPS})
        return tuple(_step(text) for text in texts)

    def adoption(self) -> Adoption:
        """Return the curve that was typed; the form is valid. What is empty is as usual."""
        typed = self.cleaned_data
        stated = {name: typed[f"adoption_{name}"] for name in PARAMETERS}
        return Adoption(
            kind=typed["adoption_kind"],
            ceiling=typed["adoption_ceiling"] or ONE,
            tempo=typed["adoption_tempo"] or ONE,
            steps=typed["adoption_steps"],
            **{name: getattr(FULL_ADOPTION, name) if value is None else value for name, value in stated.items()},
        )

    def curve(self) -> tuple[forms.BoundField, ...]:
        """Return the fields in the order of the page."""
        names = ("kind", "ceiling", "tempo", *PARAMETERS, "steps")
        return self.bound(*(f"adoption_{name}" for name in names))


def _step(text: str) -> tuple[int, Decimal]:
    month, _colon, share = text.strip().rstrip("%").partition(":")
    try:
        pair = int(month), Decimal(share.strip()) / PERCENT
    except (ValueError, InvalidOperation):
        pair = -1, Decimal(0)
    if not (0 <= pair[0] <= 120 and pair[1].is_finite() and 0 <= pair[1] <= 1):
        raise forms.ValidationError(
            _("“%(step)s” is no step: write a month from 0 to 120, a colon and a share from 0 to 100, such as 6: 60.")
            % {"step": text.strip()[:40]}
        )
    return pair
