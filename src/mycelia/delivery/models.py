"""Tables of delivery: packages, attempts and the journal."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mycelia.delivery.types import EntryKind, PackageKind
from mycelia.kernel.identifiers import uuid7


class Package(models.Model):
    """An unpacked course package.

    States: ready (files under `MYCELIA_HOME/packages/<digest>/`). Files never change: another zip is another package.
    `digest` is the SHA-256 of the zip, so the same zip is the same package. `items` is its table of contents.
    """

    class Kind(models.TextChoices):
        """What can be played."""

        SCORM_12 = PackageKind.SCORM_12.value, "SCORM 1.2"

    class State(models.TextChoices):
        """Whether the package may be used in lessons."""

        READY = "ready", _("Ready")

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=300)
    file_name = models.CharField(_("file name"), max_length=255, blank=True, default="")
    digest = models.CharField(_("SHA-256"), max_length=64, unique=True)
    entry_path = models.CharField(_("entry page"), max_length=2000)
    items: Any = models.JSONField(_("table of contents"))
    size_bytes = models.BigIntegerField(_("size in bytes"))
    file_count = models.PositiveIntegerField(_("number of files"))
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.READY)
    uploaded_by = models.ForeignKey(
        "people.Person", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("course package")
        verbose_name_plural = _("course packages")

    def __str__(self) -> str:
        return self.title


class Attempt(models.Model):
    """One learner's way through one activity, from first launch to the end.

    States: open (`completed_at` is empty), completed (never open again). `state` is the fold of the journal and can be
    recomputed from it at any time; the columns beside it repeat what is filtered and shown. It is JSON kept as text,
    because packages put characters into their suspend data that `jsonb` cannot hold. `registration` names the attempt
    in xAPI statements, `course_registration` the enrolment it belongs to.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    learner = models.ForeignKey("people.Person", models.PROTECT, related_name="attempts")
    package = models.ForeignKey("delivery.Package", models.PROTECT, related_name="attempts")
    registration = models.UUIDField(default=uuid4, unique=True, editable=False)
    course_registration = models.UUIDField(null=True, blank=True)
    activity_iri = models.CharField(max_length=500)
    activity_name = models.CharField(max_length=300)
    return_path = models.CharField(max_length=500, default="/learn/")
    started_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    passed = models.BooleanField(null=True, blank=True)
    score_scaled = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    total_seconds = models.PositiveIntegerField(default=0)
    state = models.TextField(default="{}")
    journal_bytes = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["learner", "activity_iri", "-started_at"], name="delivery_attempt_resume"),
            models.Index(fields=["course_registration"], name="delivery_attempt_course"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(score_scaled__isnull=True) | Q(score_scaled__gte=0, score_scaled__lte=1),
                name="delivery_attempt_score_is_a_fraction",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(completed_at__gte=F("started_at")),
                name="delivery_attempt_completed_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_name} ({self.started_at:%Y-%m-%d})"

    @property
    def is_completed(self) -> bool:
        """Return whether the attempt has reached its end."""
        return self.completed_at is not None


class TrackingEntry(models.Model):
    """One message from the player, kept word for word.

    Rows are only ever added. `message` is the JSON text as it came, so that a replay reads exactly what was sent;
    (attempt, session, sequence) makes a repeated delivery recognisable.
    """

    attempt = models.ForeignKey("delivery.Attempt", models.PROTECT, related_name="entries")
    session = models.UUIDField()
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in EntryKind])
    item = models.CharField(max_length=255)
    message = models.TextField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["session", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "session", "sequence"], name="delivery_entry_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.session} #{self.sequence}"
