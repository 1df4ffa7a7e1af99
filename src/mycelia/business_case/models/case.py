"""The case itself: what it is about and on what terms it is computed."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.types import CaseState

MONTHS_PER_YEAR = 12
LONGEST_YEARS = 10
HORIZONS = tuple(range(MONTHS_PER_YEAR, LONGEST_YEARS * MONTHS_PER_YEAR + 1, MONTHS_PER_YEAR))


class Case(models.Model):
    """A business case.

    States: `draft` (open to change), `presented` (the latest `Presentation` equals it). Any change of a presented
    case makes it a draft again; what was presented stays in its snapshot.

    `horizon_months` counts after the initial column (year 0) and is a whole number of years, because amounts are
    yearly. `rate_per_year` is a fraction. `scope_unit` is the part of the organisation; null is the whole company.
    `is_synthetic` marks invented figures and is shown wherever the case is.
    """

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    summary = models.TextField(_("summary"), blank=True, default="")
    currency = models.CharField(_("currency"), max_length=3)
    start = models.DateField(_("start"))
    horizon_months = models.PositiveSmallIntegerField(_("length in months"), default=36)
    rate_per_year = models.DecimalField(_("discount rate"), max_digits=6, decimal_places=4, default=Decimal("0.1000"))
    is_short_programme = models.BooleanField(_("short programme"), default=False)
    is_synthetic = models.BooleanField(_("synthetic figures"), default=False)
    owner = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    scope_unit = models.ForeignKey(
        "people.OrganisationUnit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    state = models.CharField(max_length=16, default=CaseState.DRAFT.value)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="business_case_currency_is_iso"),
            models.CheckConstraint(condition=Q(horizon_months__in=HORIZONS), name="business_case_horizon_whole_years"),
            models.CheckConstraint(
                condition=Q(rate_per_year__gte=0, rate_per_year__lte=1), name="business_case_rate_is_a_fraction"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in CaseState]), name="business_case_state_is_known"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="business_case_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> int:
        """Return the number of columns: the initial one and each year of the horizon."""
        return self.horizon_months // MONTHS_PER_YEAR + 1
