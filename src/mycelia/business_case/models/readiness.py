"""What people decided about the findings of the readiness check."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.models.registered import one_of
from mycelia.business_case.models.restored import RestoredRecord
from mycelia.business_case.types import DecisionKind, ProposalKind


class FindingDecision(RestoredRecord):
    """The decision on one finding; there is one at a time.

    States (`kind`): accepted (it became `item_key`, of the kind `item_kind`, in `case`), dismissed (`reason`),
    deferred (until the day `until`). `finding` keeps the finding as it was when decided, in JSON.
    """

    finding_key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=16)
    finding = models.JSONField()
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="")
    until = models.DateField(_("until"), null=True, blank=True)
    case = models.ForeignKey("business_case.Case", models.PROTECT, null=True, related_name="accepted_findings")
    item_kind = models.CharField(max_length=16, blank=True, default="")
    item_key = models.CharField(max_length=64, blank=True, default="")
    decided_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    decided_by_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at", "pk"]
        constraints = [
            one_of("kind", DecisionKind, "decision_kind"),
            one_of("item_kind", ProposalKind, "decision_item_kind", or_empty=True),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.ACCEPTED, case__isnull=False) & ~Q(item_key="") & ~Q(item_kind="")
                | ~Q(kind=DecisionKind.ACCEPTED) & Q(case__isnull=True, item_key="", item_kind=""),
                name="business_case_decision_accepted_into_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(kind=DecisionKind.DISMISSED) | ~Q(reason=""), name="business_case_decision_dismissed_why"
            ),
            models.CheckConstraint(
                condition=Q(kind=DecisionKind.DEFERRED, until__isnull=False)
                | ~Q(kind=DecisionKind.DEFERRED) & Q(until__isnull=True),
                name="business_case_decision_deferred_until",
            ),
        ]
        indexes = [models.Index(fields=["case", "item_kind", "item_key"], name="business_case_decision_item")]

    def __str__(self) -> str:
        return f"{self.finding_key}: {self.kind}"
