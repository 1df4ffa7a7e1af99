"""Content models, which system masters which, and the six elements; meanings as in `types.blueprint`."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.registered import Registered, one_of
from mycelia.business_case.types import HIGHEST_MATURITY, LOWEST_MATURITY, Element, Moment, Part


class ContentModel(Registered):
    """A kind of thing that systems hold: learning content, knowledge, media, records, people."""

    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what belongs to it"), blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="business_case_content_model_name_once"),
            models.CheckConstraint(condition=~Q(name=""), name="business_case_content_model_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class ModelPlacement(models.Model):
    """One system's part in one content model, today or in the target state.

    Exactly one master per model and state is the aim, not a constraint: reality may have none or two, and the
    readiness check says so.
    """

    model = models.ForeignKey("business_case.ContentModel", models.CASCADE, related_name="placements")
    system = models.ForeignKey("business_case.System", models.CASCADE, related_name="placements")
    moment = models.CharField(max_length=8)
    part = models.CharField(max_length=8)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["model", "system", "moment"], name="business_case_placement_once"),
            one_of("moment", Moment, "placement_moment"),
            one_of("part", Part, "placement_part"),
        ]

    def __str__(self) -> str:
        return f"{self.model_id}/{self.system_id}"


class ElementState(Registered):
    """One of the six elements, as it is and as it is meant to be; maturity 1 to 5, null is not assessed."""

    element = models.CharField(max_length=16, unique=True)
    today = models.TextField(_("today"), blank=True, default="")
    target = models.TextField(_("target"), blank=True, default="")
    maturity_today = models.PositiveSmallIntegerField(_("maturity today"), null=True, blank=True)
    maturity_target = models.PositiveSmallIntegerField(_("maturity to be reached"), null=True, blank=True)
    owner = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    notes = models.TextField(_("notes"), blank=True, default="")
    evidence = models.TextField(_("evidence"), blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("element", Element, "element_is_known"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True})
                    | Q(**{f"{name}__gte": LOWEST_MATURITY, f"{name}__lte": HIGHEST_MATURITY}),
                    name=f"business_case_element_{name}",
                )
                for name in ("maturity_today", "maturity_target")
            ),
        ]

    def __str__(self) -> str:
        return self.element
