"""What can be entered about how long statements are kept."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.records.actions.retention import MOST_MONTHS


class RetentionForm(forms.Form):
    """How many whole months statements are kept after the one they were stored in; empty is for ever."""

    months = forms.IntegerField(
        label=_("Keep statements for this many months"),
        required=False,
        min_value=1,
        max_value=MOST_MONTHS,
    )
