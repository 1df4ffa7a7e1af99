"""How many draws a simulation has, and from which seed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc.simulation import LARGEST_SEED, LEAST_DRAWS, MOST_DRAWS


class SimulationForm(forms.Form):
    """More draws make the result surer; another seed shows how much of it is chance."""

    draws = forms.IntegerField(
        label=_("Draws"),
        min_value=LEAST_DRAWS,
        max_value=MOST_DRAWS,
        help_text=_("From 100 to 1,000,000. Ten times as many make the error about a third."),
    )
    seed = forms.IntegerField(
        label=_("Seed"), min_value=0, max_value=LARGEST_SEED, help_text=_("The same seed gives the same result.")
    )

    @classmethod
    def asked(cls, data: Any) -> dict[str, int] | SimulationForm:
        """Return what was asked for, nothing where nothing was, or the form that says what is wrong."""
        if "draws" not in data and "seed" not in data:
            return {}
        form = cls(data)
        return form.cleaned_data if form.is_valid() else form
