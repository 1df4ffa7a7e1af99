"""The log and its head.

Rows are written by `actions` alone; triggers of migration 0002 complete them, chain them and refuse every change.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act, written once.

    States: recorded. There is no other: no update, no deletion.

    `actor_id` is the person's primary key, without a foreign key so that the entry outlives whatever happens to
    the person's row; `actor_label` names the system's own jobs and is empty for people, whose names are looked up
    when the log is read. `sequence`, `previous_hash` and `entry_hash` are set by the database.
    """

    sequence = models.BigAutoField(primary_key=True)
    recorded_at = models.DateTimeField(_("recorded"))
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_label = models.CharField(max_length=200, blank=True, default="")
    action = models.CharField(_("action"), max_length=120)
    object_type = models.CharField(max_length=120)
    object_id = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    previous_hash = models.BinaryField(default=b"")
    entry_hash = models.BinaryField(default=b"")

    class Meta:
        ordering = ["-sequence"]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        indexes = [
            models.Index(fields=["actor_id", "-sequence"], name="audit_entry_actor"),
            models.Index(fields=["action", "-sequence"], name="audit_entry_action"),
            models.Index(fields=["object_type", "object_id", "-sequence"], name="audit_entry_object"),
            BrinIndex(fields=["recorded_at"], name="audit_entry_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object_type} {self.object_id}"


class AuditHead(models.Model):
    """Where the log ends, so that the removal of its last entries shows. One row, written by the trigger."""

    singleton = models.BooleanField(primary_key=True, default=True)
    sequence = models.BigIntegerField()
    entry_hash = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(singleton=True), name="audit_head_single")]

    def __str__(self) -> str:
        return str(self.sequence)
