"""What quantities depend on, the days a roadmap is counted in, and the inputs that move together: one case each."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.item import Item, item_constraints
from mycelia.business_case.models.stated import AdoptionField, EstimateField, full_adoption, holds, none


def working_week() -> list[int]:
    """Return Monday to Friday, for defaults."""
    return [0, 1, 2, 3, 4]


class CaseDrivers(Item):
    """The drivers of one case; meanings as in `types.Drivers`."""

    case = models.OneToOneField("business_case.Case", models.CASCADE, related_name="drivers")
    headcount = EstimateField(_("people"), default=none)
    headcount_growth_per_year = models.DecimalField(
        _("growth a year"), max_digits=6, decimal_places=4, default=Decimal(0)
    )
    content_hours = EstimateField(_("hours of content"), default=none)
    adoption = AdoptionField(_("adoption"), default=full_adoption)
    adoption_start = models.PositiveSmallIntegerField(_("adoption starts in month"), default=0)
    adoption_milestone = models.ForeignKey(
        "business_case.WorkItem", models.RESTRICT, null=True, blank=True, related_name="+"
    )
    size_source = models.CharField(_("source of people and hours"), max_length=300, blank=True, default="")
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    is_placeholder = models.BooleanField(_("placeholder"), default=False)

    class Meta:
        constraints = [
            *item_constraints("drivers"),
            holds("headcount", "estimate_holds", "drivers_headcount"),
            holds("content_hours", "estimate_holds", "drivers_content_hours"),
            holds("adoption", "adoption_holds", "drivers_adoption"),
            models.CheckConstraint(
                condition=Q(headcount_growth_per_year__gt=-1), name="business_case_drivers_growth_leaves_people"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Drivers"))


class CaseCalendar(Item):
    """The calendar of one case's roadmap; meanings as in `types.Roadmap`."""

    case = models.OneToOneField("business_case.Case", models.CASCADE, related_name="calendar")
    start = models.DateField(_("roadmap starts"), null=True, blank=True)
    working_weekdays = ArrayField(models.PositiveSmallIntegerField(), default=working_week)
    holidays = ArrayField(models.DateField(), default=list, blank=True)

    class Meta:
        constraints = [
            *item_constraints("calendar"),
            holds("working_weekdays", "weekdays_hold", "calendar_weekdays"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}"


class Correlation(Item):
    """Two inputs that move together; names as `CaseModel.inputs` gives them."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="correlations")
    first = models.CharField(_("first input"), max_length=200)
    second = models.CharField(_("second input"), max_length=200)
    rho = models.DecimalField(_("correlation"), max_digits=5, decimal_places=4)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *item_constraints("correlation"),
            models.CheckConstraint(condition=Q(rho__gt=-1, rho__lt=1), name="business_case_correlation_is_possible"),
            models.CheckConstraint(condition=~Q(first=F("second")), name="business_case_correlation_of_two_inputs"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ~ {self.second}"
