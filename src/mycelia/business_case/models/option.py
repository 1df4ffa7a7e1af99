"""The ways to choose between."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.item import Item, item_constraints


class Option(Item):
    """One option of a case: exactly one is doing nothing, and at most one is preferred."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="options")
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("description"), blank=True, default="")
    is_baseline = models.BooleanField(_("doing nothing"), default=False)
    is_preferred = models.BooleanField(_("preferred"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *item_constraints("option"),
            models.CheckConstraint(condition=~Q(name=""), name="business_case_option_has_a_name"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(is_baseline=True), name="business_case_one_option_does_nothing"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(is_preferred=True), name="business_case_one_option_is_preferred"
            ),
        ]

    def __str__(self) -> str:
        return self.name
