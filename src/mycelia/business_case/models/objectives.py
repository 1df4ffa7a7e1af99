"""Strategic objectives and the KPIs that show whether they are met."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.item import Item, item_constraints
from mycelia.business_case.types import Direction, IsolationMethod, SourceKind


class Objective(Item):
    """What the company wants to reach, in the words of its strategy."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="objectives")
    title = models.CharField(_("objective"), max_length=200)
    description = models.TextField(_("why it matters"), blank=True, default="")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *item_constraints("objective"),
            models.CheckConstraint(condition=~Q(title=""), name="business_case_objective_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Kpi(Item):
    """One measure of an objective.

    Everything but the name and unit may be absent while the case is written; the case cannot be presented then.
    Unknown values are null. With `source_kind` "platform" the actual value is computed by the metric `metric_id`
    (narrowed to `metric_course` and to what happened since `metric_since`); with "manual" it is `manual_value`, as
    read on `manual_value_date`, and `manual_evidence` says where it is written; with "series" that says whose readings
    are uploaded. `owner_text` and `course_text` are what an imported file called an owner or course that does not
    exist here. `value_per_unit` is what one unit of movement is worth in the case's currency, where that is claimed.
    """

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="kpis")
    objective = models.ForeignKey("business_case.Objective", models.CASCADE, related_name="kpis")
    name = models.CharField(_("KPI"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40)
    direction = models.CharField(_("better when"), max_length=8, default=Direction.RISE.value)
    baseline_value = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_date = models.DateField(_("date of the baseline"), null=True, blank=True)
    baseline_evidence = models.CharField(_("evidence for the baseline"), max_length=300, blank=True, default="")
    target_value = models.DecimalField(_("target"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_date = models.DateField(_("date of the target"), null=True, blank=True)
    owner = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    owner_text = models.CharField(max_length=300, blank=True, default="")
    source_kind = models.CharField(_("source"), max_length=16, blank=True, default="")
    metric_id = models.CharField(_("metric"), max_length=80, blank=True, default="")
    metric_course = models.ForeignKey(
        "content.CoursePage", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    course_text = models.CharField(max_length=300, blank=True, default="")
    metric_since = models.DateField(_("counted from"), null=True, blank=True)
    manual_evidence = models.CharField(_("evidence"), max_length=300, blank=True, default="")
    manual_value = models.DecimalField(_("actual"), max_digits=18, decimal_places=4, null=True, blank=True)
    manual_value_date = models.DateField(_("date of the actual"), null=True, blank=True)
    value_per_unit = models.DecimalField(_("worth of one unit"), max_digits=18, decimal_places=4, null=True, blank=True)
    isolation_method = models.CharField(_("isolation"), max_length=24, blank=True, default="")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *item_constraints("kpi"),
            models.CheckConstraint(
                condition=Q(isolation_method__in=["", *(way.value for way in IsolationMethod)]),
                name="business_case_kpi_isolation_method",
            ),
            models.CheckConstraint(
                condition=Q(value_per_unit__isnull=True) | Q(value_per_unit__gte=0), name="business_case_kpi_worth"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="business_case_kpi_has_a_name"),
            models.CheckConstraint(
                condition=Q(direction__in=[way.value for way in Direction]), name="business_case_kpi_direction"
            ),
            models.CheckConstraint(
                condition=Q(source_kind__in=["", *(kind.value for kind in SourceKind)]),
                name="business_case_kpi_source_is_known",
            ),
            models.CheckConstraint(
                condition=Q(source_kind=SourceKind.PLATFORM.value) | Q(metric_id="", metric_course__isnull=True),
                name="business_case_kpi_metric_only_from_platform",
            ),
            models.CheckConstraint(
                condition=Q(target_date__isnull=True)
                | Q(baseline_date__isnull=True)
                | Q(target_date__gt=F("baseline_date")),
                name="business_case_kpi_target_after_baseline",
            ),
        ]

    def __str__(self) -> str:
        return self.name
