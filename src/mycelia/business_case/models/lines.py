"""Cost and benefit lines, and their amount of each year in its own row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.case import LONGEST_YEARS
from mycelia.business_case.types import BenefitCategory, Confidence, CostCategory

COST_CATEGORIES = [category.value for category in CostCategory]
BENEFIT_CATEGORIES = [category.value for category in BenefitCategory]
CONFIDENCES = [confidence.value for confidence in Confidence]


class _Line(models.Model):
    """What both sides share: what it is, who says so, and how sure they are."""

    category = models.CharField(_("category"), max_length=40)
    description = models.CharField(_("description"), max_length=200)
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    confidence = models.CharField(_("confidence"), max_length=8, default=Confidence.MEDIUM.value)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.description


class _Amount(models.Model):
    """An amount in the case's currency; year 0 is the initial column. A missing row is an amount of 0."""

    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("amount"), max_digits=15, decimal_places=2)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.year}: {self.amount}"


class CostLine(_Line):
    """One cost of the case."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="cost_lines")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(category__in=COST_CATEGORIES), name="business_case_cost_category"),
            models.CheckConstraint(condition=Q(confidence__in=CONFIDENCES), name="business_case_cost_confidence"),
            models.CheckConstraint(condition=~Q(description=""), name="business_case_cost_is_described"),
        ]


class BenefitLine(_Line):
    """One benefit of the case."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="benefit_lines")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(category__in=BENEFIT_CATEGORIES), name="business_case_benefit_category"),
            models.CheckConstraint(condition=Q(confidence__in=CONFIDENCES), name="business_case_benefit_confidence"),
            models.CheckConstraint(condition=~Q(description=""), name="business_case_benefit_is_described"),
        ]


class CostAmount(_Amount):
    """What a cost line costs in one year."""

    line = models.ForeignKey(CostLine, models.CASCADE, related_name="amounts")

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="business_case_cost_amount_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="business_case_cost_amount_not_negative"),
            models.CheckConstraint(condition=Q(year__lte=LONGEST_YEARS), name="business_case_cost_year_in_reach"),
        ]


class BenefitAmount(_Amount):
    """What a benefit line brings in one year."""

    line = models.ForeignKey(BenefitLine, models.CASCADE, related_name="amounts")

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["line", "year"], name="business_case_benefit_amount_once_a_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="business_case_benefit_amount_not_negative"),
            models.CheckConstraint(condition=Q(year__lte=LONGEST_YEARS), name="business_case_benefit_year_in_reach"),
        ]
