"""Phases, work items, and what those depend on and need; meanings as in `types.roadmap`."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.item import Item, item_constraints
from mycelia.business_case.models.stated import EstimateField, holds, none
from mycelia.business_case.types import CalendarKind


class Phase(Item):
    """A named stretch of the roadmap."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="phases")
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *item_constraints("phase"),
            models.CheckConstraint(condition=~Q(title=""), name="business_case_phase_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class WorkItem(Item):
    """Something to be done; a milestone takes no time."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="work_items")
    title = models.CharField(_("title"), max_length=200)
    duration_days = EstimateField(_("days"), default=none)
    phase = models.ForeignKey("business_case.Phase", models.RESTRICT, null=True, blank=True, related_name="items")
    calendar = models.CharField(_("counted in"), max_length=16, default=CalendarKind.WORKING.value)
    earliest_start = models.DateField(_("not before"), null=True, blank=True)
    is_milestone = models.BooleanField(_("milestone"), default=False)
    option = models.ForeignKey("business_case.Option", models.RESTRICT, null=True, blank=True, related_name="+")
    owner = models.CharField(_("owner"), max_length=200, blank=True, default="")
    finished_on = models.DateField(_("finished on"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    is_placeholder = models.BooleanField(_("placeholder"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *item_constraints("work_item"),
            models.CheckConstraint(condition=~Q(title=""), name="business_case_work_item_has_a_title"),
            models.CheckConstraint(
                condition=Q(calendar__in=[kind.value for kind in CalendarKind]), name="business_case_work_item_calendar"
            ),
            holds("duration_days", "estimate_holds", "work_item_duration"),
        ]

    def __str__(self) -> str:
        return self.title


class ItemDependency(models.Model):
    """`item` starts when `depends_on` has finished and the lag has passed."""

    item = models.ForeignKey("business_case.WorkItem", models.CASCADE, related_name="dependencies")
    depends_on = models.ForeignKey("business_case.WorkItem", models.RESTRICT, related_name="dependants")
    lag_days = models.SmallIntegerField(_("lag in days"), default=0)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "depends_on"], name="business_case_dependency_once"),
            models.CheckConstraint(condition=~Q(item=F("depends_on")), name="business_case_dependency_of_another_item"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} ← {self.depends_on_id}"


class ItemResource(models.Model):
    """Who or what an item needs while it runs, and how many of it."""

    item = models.ForeignKey("business_case.WorkItem", models.CASCADE, related_name="resources")
    role = models.CharField(_("role"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=10, decimal_places=2, default=Decimal(1))
    unit = models.CharField(_("unit"), max_length=40, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(role=""), name="business_case_resource_has_a_role"),
            models.CheckConstraint(condition=Q(quantity__gte=0), name="business_case_resource_not_negative"),
        ]

    def __str__(self) -> str:
        return self.role
