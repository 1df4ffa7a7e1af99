"""A ledger file, a reading of a KPI, and a decision at a stage gate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.calc.ledger import MAXIMUM_BYTES, MAXIMUM_ROWS
from mycelia.business_case.forms.fields import DayField
from mycelia.business_case.pages.vocabulary import DECISIONS
from mycelia.business_case.types import GateDecision, Reading
from mycelia.kernel import clock

_LIMITS = {"mib": MAXIMUM_BYTES // 1024 // 1024, "rows": MAXIMUM_ROWS}


class LedgerForm(forms.Form):
    """A file of bookings; the button says whether it is only checked."""

    file = forms.FileField(
        label=_("Ledger file"), help_text=_("CSV in UTF-8, at most %(mib)d MiB and %(rows)d rows.") % _LIMITS
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MAXIMUM_BYTES:
            raise forms.ValidationError(_("The file is larger than %(mib)d MiB. Nothing was booked.") % _LIMITS)
        return file


class ReadingForm(forms.Form):
    """One value of a KPI, with where it is written."""

    read_on = DayField(label=_("Read on"))
    value = forms.DecimalField(label=_("Value"), max_digits=18, decimal_places=4)
    evidence = forms.CharField(label=_("Evidence"), max_length=300, help_text=_("Report, system or person."))

    def clean_read_on(self) -> Any:
        day = self.cleaned_data["read_on"]
        if day > clock.today():
            raise forms.ValidationError(_("A reading cannot lie in the future."))
        return day

    def reading(self) -> Reading:
        """Return what was typed; the form is valid."""
        return Reading(**self.cleaned_data)


class GateForm(forms.Form):
    """Continue, change or stop, and why."""

    decision = forms.TypedChoiceField(
        label=_("Decision"), coerce=GateDecision, choices=list(DECISIONS.items()), widget=forms.RadioSelect
    )
    rationale = forms.CharField(
        label=_("Why"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("At most 4,000 characters."),
    )
