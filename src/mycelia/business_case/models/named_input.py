"""Numbers that a case states once, for whatever uses them; meanings as in `types.NamedInput`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.item import Item, item_constraints
from mycelia.business_case.models.stated import EstimateField, holds, none
from mycelia.business_case.types import Confidence, InputKind


class NamedInput(Item):
    """One named input of a case. What uses it holds its key and its numbers as they are."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="named_inputs")
    title = models.CharField(_("title"), max_length=200)
    estimate = EstimateField(_("number"), default=none)
    kind = models.CharField(_("kind"), max_length=8, default=InputKind.COUNT.value)
    unit = models.CharField(_("unit"), max_length=40, blank=True, default="")
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    confidence = models.CharField(_("confidence"), max_length=8, default=Confidence.MEDIUM.value)
    is_placeholder = models.BooleanField(_("placeholder"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *item_constraints("named_input"),
            models.CheckConstraint(condition=~Q(title=""), name="business_case_named_input_has_a_title"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in InputKind]), name="business_case_named_input_kind"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=[one.value for one in Confidence]),
                name="business_case_named_input_confidence",
            ),
            holds("estimate", "estimate_holds", "named_input_estimate"),
            models.CheckConstraint(
                condition=~Q(kind=InputKind.SHARE.value)
                | Q(Func(F("estimate"), function="business_case_share_holds", output_field=models.BooleanField())),
                name="business_case_named_input_share",
            ),
        ]

    def __str__(self) -> str:
        return self.title
