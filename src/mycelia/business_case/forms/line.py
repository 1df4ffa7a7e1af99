"""A cost or benefit line, as typed, with one amount a year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.forms.fields import FieldGroup, GroupedForm
from mycelia.business_case.models import BenefitLine, Case, CostLine
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.vocabulary import CATEGORIES, CONFIDENCES
from mycelia.business_case.types import BenefitCategory, Confidence, CostCategory, LineKind, LineTerms


class LineForm(GroupedForm):
    """Category, description, source, confidence, and the amounts of the case's years."""

    description = forms.CharField(label=_("Description"), max_length=200)
    category = forms.ChoiceField(label=_("Category"))
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        required=False,
        help_text=_("Where the amounts come from: an offer, a contract, a study, an estimate by whom."),
    )
    confidence = forms.TypedChoiceField(
        label=_("Confidence"), coerce=Confidence, choices=list(CONFIDENCES.items()), initial=Confidence.MEDIUM
    )

    def __init__(self, *args: Any, case: Case, kind: LineKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.categories = CostCategory if kind is LineKind.COST else BenefitCategory
        self.choosing("category").choices = [(category, CATEGORIES[category]) for category in self.categories]
        self.year_names = [f"year_{year}" for year in range(case.years)]
        for year, name in enumerate(self.year_names):
            self.fields[name] = _amount_field(year, case.currency)

    @classmethod
    def initial_of(cls, line: CostLine | BenefitLine) -> dict[str, Any]:
        """Return what the form shows for an existing line."""
        amounts = {f"year_{year}": amount for year, amount in enumerate(line.amounts) if amount}
        texts = {name: getattr(line, name) for name in ("description", "category", "source", "confidence")}
        return {**texts, **amounts}

    def terms(self) -> LineTerms:
        """Return what was typed; the form is valid. An empty amount is 0."""
        typed = self.cleaned_data
        return LineTerms(
            category=self.categories(typed["category"]),
            description=typed["description"],
            amounts=tuple(typed[name] or Decimal(0) for name in self.year_names),
            source=typed["source"],
            confidence=typed["confidence"],
        )

    def groups(self) -> tuple[FieldGroup, ...]:
        """Return the fields in the order of the page."""
        what = tuple(self[name] for name in ("description", "category", "source", "confidence"))
        return (
            FieldGroup(_("What it is"), what),
            FieldGroup(
                _("Amounts"),
                tuple(self[name] for name in self.year_names),
                _("The start is not discounted. An empty year counts as 0."),
                "years",
            ),
        )


def _amount_field(year: int, currency: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=_("%(year)s, %(currency)s") % {"year": formats.year_name(year), "currency": currency},
        min_value=0,
        max_digits=15,
        decimal_places=2,
        required=False,
        error_messages={"min_value": _("An amount is never negative: a saving is a benefit, not a negative cost.")},
    )
