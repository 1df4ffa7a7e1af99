"""What happened: ledger files and their entries, readings of KPIs, closed months, and decisions at stage gates."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.restored import RestoredRecord
from mycelia.business_case.types import GateDecision, LineKind


class LedgerFile(RestoredRecord):
    """A file of bookings that was applied wholly; removing it removes its entries."""

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="ledger_files")
    name = models.CharField(_("file"), max_length=255)
    digest = models.CharField(max_length=64)
    imported_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    imported_by_name = models.CharField(max_length=200)
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class LedgerEntry(models.Model):
    """Money that was spent, or a benefit that was booked with its evidence; `reference` once in a case.

    `item_key` names a line of the case; empty when the entry is only of a category.
    """

    case = models.ForeignKey("business_case.Case", models.CASCADE, related_name="ledger_entries")
    file = models.ForeignKey("business_case.LedgerFile", models.CASCADE, related_name="entries")
    booked_on = models.DateField(_("booked on"))
    amount = models.DecimalField(_("amount"), max_digits=15, decimal_places=2)
    reference = models.CharField(_("reference"), max_length=300)
    kind = models.CharField(_("kind"), max_length=8)
    category = models.CharField(_("category"), max_length=40, blank=True, default="")
    item_key = models.CharField(max_length=64, blank=True, default="")
    description = models.CharField(_("description"), max_length=300, blank=True, default="")
    cost_centre = models.CharField(_("cost centre"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ["booked_on", "pk"]
        indexes = [models.Index(fields=["case", "-booked_on", "-id"], name="business_case_entry_latest")]
        constraints = [
            models.UniqueConstraint(fields=["case", "reference"], name="business_case_entry_reference_once"),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in LineKind]), name="business_case_entry_kind"
            ),
            models.CheckConstraint(condition=~Q(reference=""), name="business_case_entry_has_a_reference"),
            models.CheckConstraint(
                condition=Q(kind=LineKind.COST.value, category__gt="")
                | (Q(kind=LineKind.BENEFIT.value, category="", item_key__gt="")),
                name="business_case_entry_is_placed",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class KpiReading(models.Model):
    """One value of a KPI whose actual series is uploaded, with where it is written."""

    kpi = models.ForeignKey("business_case.Kpi", models.CASCADE, related_name="readings")
    read_on = models.DateField(_("read on"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    evidence = models.CharField(_("evidence"), max_length=300)

    class Meta:
        ordering = ["read_on"]
        constraints = [
            models.UniqueConstraint(fields=["kpi", "read_on"], name="business_case_reading_once_a_day"),
            models.CheckConstraint(condition=~Q(evidence=""), name="business_case_reading_has_evidence"),
        ]

    def __str__(self) -> str:
        return f"{self.read_on}: {self.value}"


class MonthClose(RestoredRecord):
    """A month whose actuals were declared complete; `picture` is plan, actual and forecast as they stood then.

    Columns close in order and stay closed (the database refuses a change). An entry that comes later for a closed
    month counts, and the difference to `picture` is shown.
    """

    case = models.ForeignKey("business_case.Case", models.PROTECT, related_name="closes")
    column = models.PositiveSmallIntegerField(_("month"))
    closed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    closed_by_name = models.CharField(max_length=200)
    closed_at = models.DateTimeField()
    picture = models.JSONField()

    class Meta:
        ordering = ["-column"]
        constraints = [
            models.UniqueConstraint(fields=["case", "column"], name="business_case_month_closed_once"),
            models.CheckConstraint(condition=Q(column__lte=120), name="business_case_month_in_reach"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.column}"


class StageGate(RestoredRecord):
    """A decision to continue, change or stop: who, when, why, and on which snapshot. It stays as it was made."""

    case = models.ForeignKey("business_case.Case", models.PROTECT, related_name="gates")
    number = models.PositiveIntegerField()
    decision = models.CharField(_("decision"), max_length=8)
    rationale = models.TextField(_("why"))
    presentation = models.ForeignKey("business_case.Presentation", models.PROTECT, related_name="gates")
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="business_case_gate_number_once"),
            models.CheckConstraint(
                condition=Q(decision__in=[decision.value for decision in GateDecision]),
                name="business_case_gate_decision",
            ),
            models.CheckConstraint(condition=~Q(rationale=""), name="business_case_gate_has_a_rationale"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.number}: {self.decision}"
