"""A comment on an item of a case."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 4000


class CommentForm(forms.Form):
    """What it is about, and what is said."""

    item = forms.ChoiceField(label=_("About"))
    text = forms.CharField(
        label=_("Comment"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("At most 4,000 characters. Everybody who reads the case sees it."),
    )

    def __init__(self, *args: Any, items: list[tuple[str, str]], **options: Any) -> None:
        """Offer the items of the case: key and name of each."""
        super().__init__(*args, **options)
        field: Any = self.fields["item"]
        field.choices = items
