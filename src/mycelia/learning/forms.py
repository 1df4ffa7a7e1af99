"""Filters of the catalogue."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mycelia.content import api as content
from mycelia.content.types import CatalogueOrder, CatalogueQuery

TIMES = [("", _("Any length")), ("10", _("Up to 10 minutes")), ("30", _("Up to 30 minutes")), ("60", _("Up to 1 hour"))]


class CatalogueForm(forms.Form):
    """What to look for; values that make no sense are ignored, for an address may be old or cut short."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200, widget=forms.TextInput({"type": "search"}))
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    time = forms.ChoiceField(label=_("Time"), required=False, choices=TIMES)
    sort = forms.ChoiceField(label=_("Sort by"), required=False)

    def __init__(self, asked: QueryDict) -> None:
        values = asked.copy()
        values["sort"] = asked.get("sort") or (CatalogueOrder.RELEVANCE if asked.get("q") else CatalogueOrder.NEWEST)
        super().__init__(values)
        topic, sort = self.fields["topic"], self.fields["sort"]
        if isinstance(topic, forms.ChoiceField) and isinstance(sort, forms.ChoiceField):
            topics = [(slug, f"{name} ({count})") for slug, name, count in content.topics_in_use()]
            topic.choices = [("", _("All topics")), *topics]
            sort.choices = [(order.value, order.label) for order in CatalogueOrder]

    def query(self) -> CatalogueQuery:
        """Return what is asked for; the best match comes first when there are words to match."""
        self.is_valid()
        values = getattr(self, "cleaned_data", {})
        text = values.get("q", "")
        order = values.get("sort") or (CatalogueOrder.RELEVANCE if text else CatalogueOrder.NEWEST)
        minutes = values.get("time")
        return CatalogueQuery(
            text=text,
            topic=values.get("topic", ""),
            minutes=int(minutes) if minutes else None,
            order=CatalogueOrder(order),
        )
