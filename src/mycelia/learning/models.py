"""Tables of learning: who takes what, how far they are, and what they have completed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mycelia.kernel import clock
from mycelia.kernel.identifiers import uuid7
from mycelia.learning.types import EnrolmentSource


class Enrolment(models.Model):
    """A learner's taking of a course.

    States: open (neither date set), withdrawn (`withdrawn_at`), completed (`completed_at`, with a `Completion`).
    Never both; the database refuses it. `registration` ties the records of one enrolment together; taking a course
    again makes a new one.
    """

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="enrolments")
    course = models.ForeignKey("content.CoursePage", models.PROTECT, related_name="enrolments")
    registration = models.UUIDField(default=uuid7, unique=True, editable=False)
    source = models.CharField(
        max_length=12, choices=[(s.value, s.label) for s in EnrolmentSource], default=EnrolmentSource.SELF
    )
    enrolled_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    last_activity_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("enrolment")
        constraints = [
            models.UniqueConstraint(
                fields=["learner", "course"],
                condition=Q(withdrawn_at__isnull=True, completed_at__isnull=True),
                name="learning_enrolment_one_open",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(completed_at__isnull=True),
                name="learning_enrolment_withdrawn_or_completed",
            ),
            models.CheckConstraint(
                condition=Q(completed_at__isnull=True) | Q(completed_at__gte=F("enrolled_at")),
                name="learning_enrolment_completed_after",
            ),
        ]
        indexes = [
            models.Index(fields=["learner", "-last_activity_at"], name="learning_enrolment_learner"),
            models.Index(fields=["course", "enrolled_at"], name="learning_enrolment_course"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} on {self.course_id}"

    @property
    def is_open(self) -> bool:
        """Return whether the learner is still at it."""
        return self.withdrawn_at is None and self.completed_at is None


class LessonProgress(models.Model):
    """How far a learner is in one lesson of an enrolment.

    States: started, done (`completed_at`). Done is never undone: a later attempt on a package changes neither the
    date nor the attempt that counted. `lesson_key` survives the lesson's removal from the course.
    """

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="progress")
    lesson_key = models.UUIDField()
    started_at = models.DateTimeField(default=clock.now)
    completed_at = models.DateTimeField(null=True, blank=True)
    attempt_id = models.UUIDField(null=True, blank=True)
    score_scaled = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)

    class Meta:
        verbose_name = _("progress in a lesson")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson_key"], name="learning_progress_unique"),
            models.CheckConstraint(
                condition=Q(score_scaled__isnull=True) | Q(score_scaled__gte=-1, score_scaled__lte=1),
                name="learning_progress_score_range",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.lesson_key}"


class Completion(models.Model):
    """The fact that a learner completed a course: written once, then the database refuses to change or delete it.

    `lessons` explains it: for each lesson that counted its key, title, moment and, where a package was played, the
    attempt. `course_revision` is the revision of the course that was live; None when it came in from elsewhere.
    """

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="completion")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="completions")
    course = models.ForeignKey("content.CoursePage", models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField()
    score_scaled = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    course_revision = models.BigIntegerField(null=True, blank=True)
    course_title = models.CharField(max_length=255)
    lessons = models.JSONField(default=list)

    class Meta:
        verbose_name = _("completion")
        indexes = [
            models.Index(fields=["course", "completed_at"], name="learning_completion_course"),
            models.Index(fields=["learner", "-completed_at"], name="learning_completion_learner"),
            models.Index(fields=["completed_at"], name="learning_completion_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id} completed {self.course_title}"
