"""The case itself: what it is about and on what terms it is computed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import CaseState, Confidence, Discounting

MONTHS_PER_YEAR = 12
LONGEST_MONTHS = 120
TERMS_WITH_SOURCE = ("rate", "inflation", "tax")


def _source() -> Any:
    return models.CharField(_("source"), max_length=300, blank=True, default="")


def _confidence() -> Any:
    return models.CharField(_("confidence"), max_length=8, blank=True, default="")


class Case(models.Model):
    """A business case.

    States: `draft` (open to change), `presented` (the latest `Presentation` equals it). Any change of a presented
    case makes it a draft again; what was presented stays in its snapshot.

    `horizon_months` counts after the initial column (year 0). Rates are fractions; those and the flags mean what
    they mean in `CaseModel`; sources and confidences of terms are empty where none is stated. `revision` counts the
    changes of these terms alone. `scope_unit` is the part of the organisation; null is the whole company.
    `owner_text` and `unit_text` are what an imported file called an owner or unit that does not exist here.
    `is_synthetic` marks invented figures and is shown wherever the case is.
    """

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    summary = models.TextField(_("summary"), blank=True, default="")
    currency = models.CharField(_("currency"), max_length=3)
    start = models.DateField(_("start"))
    horizon_months = models.PositiveSmallIntegerField(_("length in months"), default=36)
    rate_per_year = models.DecimalField(_("discount rate"), max_digits=6, decimal_places=4, default=Decimal("0.1000"))
    discounting = models.CharField(_("discounting"), max_length=16, default=Discounting.YEAR_END.value)
    inflation_per_year = models.DecimalField(_("inflation"), max_digits=6, decimal_places=4, default=Decimal(0))
    tax_rate = models.DecimalField(_("tax rate"), max_digits=6, decimal_places=4, null=True, blank=True)
    rate_source = _source()
    rate_confidence = _confidence()
    inflation_source = _source()
    inflation_confidence = _confidence()
    tax_source = _source()
    tax_confidence = _confidence()
    is_short_programme = models.BooleanField(_("short programme"), default=False)
    counts_learner_time = models.BooleanField(_("learner time counts"), default=True)
    is_synthetic = models.BooleanField(_("synthetic figures"), default=False)
    owner = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    owner_text = models.CharField(max_length=300, blank=True, default="")
    scope_unit = models.ForeignKey(
        "people.OrganisationUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    unit_text = models.CharField(max_length=300, blank=True, default="")
    state = models.CharField(max_length=16, default=CaseState.DRAFT.value)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="business_case_currency_is_iso"),
            models.CheckConstraint(
                condition=Q(horizon_months__gte=1, horizon_months__lte=LONGEST_MONTHS),
                name="business_case_horizon_in_reach",
            ),
            models.CheckConstraint(
                condition=Q(rate_per_year__gte=0, rate_per_year__lte=1), name="business_case_rate_is_a_fraction"
            ),
            models.CheckConstraint(
                condition=Q(inflation_per_year__gt=-1, inflation_per_year__lte=1),
                name="business_case_inflation_is_a_fraction",
            ),
            models.CheckConstraint(
                condition=Q(tax_rate__isnull=True) | Q(tax_rate__gte=0, tax_rate__lt=1),
                name="business_case_tax_is_a_fraction",
            ),
            models.CheckConstraint(
                condition=Q(discounting__in=[way.value for way in Discounting]), name="business_case_discounting"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CaseState]), name="business_case_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="business_case_has_a_name"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{term}_confidence__in": ["", *(word.value for word in Confidence)]}),
                    name=f"business_case_{term}_confidence",
                )
                for term in TERMS_WITH_SOURCE
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> int:
        """Return the number of yearly columns: the initial one and each year of the horizon, begun or whole."""
        return -(-self.horizon_months // MONTHS_PER_YEAR) + 1
