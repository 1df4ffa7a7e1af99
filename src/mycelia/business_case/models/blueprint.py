"""The register of systems and how they hang together; meanings as in `types.blueprint`."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.registered import Registered, one_of
from mycelia.business_case.types import Element, Lifecycle, LinkDepth, LinkDirection, Protocol, SystemPurpose


def _money(label: Any) -> Any:
    return models.DecimalField(label, max_digits=15, decimal_places=2, null=True, blank=True)


class System(Registered):
    """A system of the company, in use or planned.

    States (`lifecycle`): planned, pilot, active, sunset, retired; `calc.lifecycle` says what may follow what. Amounts
    are in `currency`; null is unknown. `is_platform` is Mycelia itself, of which there is at most one.
    """

    name = models.CharField(_("name"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=32)
    description = models.TextField(_("what it is used for"), blank=True, default="")
    vendor = models.CharField(_("vendor"), max_length=120, blank=True, default="")
    owner = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    lifecycle = models.CharField(_("state"), max_length=16, default=Lifecycle.ACTIVE.value)
    users_licensed = models.PositiveIntegerField(_("users licensed"), null=True, blank=True)
    users_active = models.PositiveIntegerField(_("users active"), null=True, blank=True)
    counted_on = models.DateField(_("counted on"), null=True, blank=True)
    yearly_cost = _money(_("cost a year"))
    exit_cost = _money(_("cost to leave"))
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    contract_end = models.DateField(_("contract ends"), null=True, blank=True)
    end_of_life = models.DateField(_("end of life"), null=True, blank=True)
    elements = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    is_platform = models.BooleanField(_("is this platform"), default=False)

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="business_case_system_name_once"),
            models.UniqueConstraint(
                fields=["is_platform"], condition=Q(is_platform=True), name="business_case_one_platform"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="business_case_system_has_a_name"),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"), name="business_case_system_currency_is_iso"
            ),
            models.CheckConstraint(
                condition=Q(yearly_cost__isnull=True) | Q(yearly_cost__gte=0), name="business_case_system_cost"
            ),
            models.CheckConstraint(
                condition=Q(exit_cost__isnull=True) | Q(exit_cost__gte=0), name="business_case_system_exit_cost"
            ),
            models.CheckConstraint(
                condition=Q(elements__contained_by=[element.value for element in Element]),
                name="business_case_system_elements",
            ),
            one_of("purpose", SystemPurpose, "system_purpose"),
            one_of("lifecycle", Lifecycle, "system_lifecycle"),
        ]

    def __str__(self) -> str:
        return self.name


class SystemLink(Registered):
    """A link from one system to another, by one protocol."""

    source = models.ForeignKey("business_case.System", models.CASCADE, related_name="links_out")
    target = models.ForeignKey("business_case.System", models.CASCADE, related_name="links_in")
    protocol = models.CharField(_("protocol"), max_length=8)
    direction = models.CharField(_("direction"), max_length=8, default=LinkDirection.FORWARD.value)
    depth = models.CharField(_("depth"), max_length=16, default=LinkDepth.SCHEDULED.value)
    note = models.CharField(_("what it carries"), max_length=200, blank=True, default="")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "protocol"], name="business_case_link_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="business_case_link_of_two"),
            one_of("protocol", Protocol, "link_protocol"),
            one_of("direction", LinkDirection, "link_direction"),
            one_of("depth", LinkDepth, "link_depth"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
