"""Employment over time."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _


class EmploymentQuerySet(models.QuerySet["Employment"]):
    """Employments, narrowed to a day."""

    def on(self, day: date) -> EmploymentQuerySet:
        """Return the employments in force on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


class Employment(models.Model):
    """Where a person stood in the organisation from `valid_from` up to, not including, `valid_to`.

    A person's employments never overlap; `valid_to` is None for the one that lasts. A change is a new row.
    """

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="employments")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    unit = models.ForeignKey("people.OrganisationUnit", models.PROTECT, related_name="employments")
    position = models.ForeignKey("people.Position", models.PROTECT, null=True, blank=True)
    location = models.ForeignKey("people.Location", models.PROTECT, null=True, blank=True)
    cost_centre = models.ForeignKey("people.CostCentre", models.PROTECT, null=True, blank=True)
    manager = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="report_employments"
    )

    objects: ClassVar[models.Manager[Employment]] = EmploymentQuerySet.as_manager()

    class Meta:
        ordering = ["person", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="people_employment_period"
            ),
            models.CheckConstraint(
                condition=Q(manager__isnull=True) | ~Q(manager=F("person")), name="people_employment_not_own_manager"
            ),
            # int8range(person, person, '[]') makes equality an overlap, so no btree_gist extension is needed.
            ExclusionConstraint(
                name="people_employment_no_overlap",
                expressions=[
                    (
                        Func(
                            "person_id",
                            "person_id",
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (
                        Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        indexes = [
            models.Index(fields=["manager", "valid_from"], name="people_employment_manager"),
            models.Index(fields=["person", "-valid_from"], name="people_employment_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.valid_from}"
