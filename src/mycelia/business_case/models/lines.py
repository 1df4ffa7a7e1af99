"""Cost and benefit lines; meanings of all columns as in `types.lines`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.item import Item, item_constraints
from mycelia.business_case.models.stated import (
    AdoptionField,
    EstimateField,
    EstimatesField,
    holds,
    none,
    one,
)
from mycelia.business_case.types import (
    Basis,
    BenefitCategory,
    Confidence,
    CostCategory,
    Driver,
    EvidenceGrade,
    IsolationMethod,
    Recurrence,
)


def _option() -> Any:
    return models.ForeignKey("business_case.Option", models.RESTRICT, null=True, blank=True, related_name="+")


def _milestone() -> Any:
    return models.ForeignKey("business_case.WorkItem", models.RESTRICT, null=True, blank=True, related_name="+")


class _Line(Item):
    """What both sides share: what it is, when it runs, who says so, and how sure they are.

    With `basis` "amounts" the amount of year k is `amounts[k]` (year 0 first; years beyond its end are 0).
    """

    category = models.CharField(_("category"), max_length=40)
    description = models.CharField(_("description"), max_length=200)
    option = _option()
    basis = models.CharField(_("basis"), max_length=16, default=Basis.AMOUNTS.value)
    amounts = ArrayField(models.DecimalField(max_digits=15, decimal_places=2), default=list, blank=True)
    start_month = models.PositiveSmallIntegerField(_("from month"), default=0)
    end_month = models.PositiveSmallIntegerField(_("to month"), null=True, blank=True)
    start_milestone = _milestone()
    end_milestone = _milestone()
    spread = EstimateField(_("uncertainty"), default=one)
    risk_adjustment = models.DecimalField(_("risk"), max_digits=7, decimal_places=4, default=Decimal(0))
    escalation_per_year = models.DecimalField(
        _("escalation a year"), max_digits=6, decimal_places=4, null=True, blank=True
    )
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    confidence = models.CharField(_("confidence"), max_length=8, default=Confidence.MEDIUM.value)
    is_placeholder = models.BooleanField(_("placeholder"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.description


def _known(field: str, words: Any, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__in": [word.value for word in words]}), name=f"business_case_{name}"
    )


def _line_constraints(side: str) -> list[models.BaseConstraint]:
    return [
        *item_constraints(side),
        _known("confidence", Confidence, f"{side}_confidence"),
        _known("basis", Basis, f"{side}_basis"),
        models.CheckConstraint(condition=~Q(description=""), name=f"business_case_{side}_is_described"),
        holds("amounts", "amounts_hold", f"{side}_amounts"),
        holds("spread", "estimate_holds", f"{side}_spread"),
        models.CheckConstraint(
            condition=Q(escalation_per_year__isnull=True) | Q(escalation_per_year__gt=-1),
            name=f"business_case_{side}_escalation",
        ),
    ]


class CostLine(_Line):
    """One cost of the case."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="cost_lines")
    quantity = EstimateField(_("quantity"), default=one)
    unit = models.CharField(_("unit"), max_length=40, blank=True, default="")
    driver = models.CharField(_("driver"), max_length=24, default=Driver.NONE.value)
    price = EstimateField(_("price"), default=none)
    recurrence = models.CharField(_("recurrence"), max_length=16, default=Recurrence.ONE_OFF.value)
    cost_centre = models.CharField(_("cost centre"), max_length=80, blank=True, default="")

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *_line_constraints("cost"),
            _known("category", CostCategory, "cost_category"),
            _known("driver", Driver, "cost_driver"),
            _known("recurrence", Recurrence, "cost_recurrence"),
            holds("quantity", "estimate_holds", "cost_quantity"),
            holds("price", "estimate_holds", "cost_price"),
            models.CheckConstraint(condition=Q(risk_adjustment__gte=0), name="business_case_cost_risk"),
        ]


class BenefitLine(_Line):
    """One benefit of the case."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="benefit_lines")
    inputs = EstimatesField(_("inputs"), default=dict, blank=True)
    adoption = AdoptionField(_("adoption"), null=True, blank=True)
    follows_case_adoption = models.BooleanField(_("follows the case's adoption"), default=False)
    ramp_months = models.PositiveSmallIntegerField(_("months to full effect"), default=0)
    isolation = EstimateField(_("share due to this"), default=one)
    isolation_method = models.CharField(_("isolation"), max_length=24, blank=True, default="")
    confidence_factor = EstimateField(_("share trusted"), default=one)
    kpi = models.ForeignKey("business_case.Kpi", models.RESTRICT, null=True, blank=True, related_name="+")
    claimed_movement = models.DecimalField(
        _("claimed movement"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    evidence_grade = models.CharField(_("evidence"), max_length=16, default=EvidenceGrade.NONE.value)
    is_intangible = models.BooleanField(_("intangible"), default=False)
    saves_learner_time = models.BooleanField(_("saves learner time"), default=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *_line_constraints("benefit"),
            _known("category", BenefitCategory, "benefit_category"),
            _known("evidence_grade", EvidenceGrade, "benefit_evidence"),
            models.CheckConstraint(
                condition=Q(isolation_method__in=["", *(way.value for way in IsolationMethod)]),
                name="business_case_benefit_isolation_method",
            ),
            holds("inputs", "estimates_hold", "benefit_inputs"),
            holds("isolation", "share_holds", "benefit_isolation"),
            holds("confidence_factor", "share_holds", "benefit_confidence_factor"),
            holds("adoption", "adoption_holds", "benefit_adoption"),
            models.CheckConstraint(
                condition=Q(risk_adjustment__gte=0, risk_adjustment__lte=1), name="business_case_benefit_risk"
            ),
        ]
