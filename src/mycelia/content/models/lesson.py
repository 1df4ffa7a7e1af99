"""One step of a course."""

from __future__ import annotations

from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable

from mycelia.content.blocks import LessonBody


class Lesson(Orderable):
    """Text to read, a package to play, or both.

    `key` identifies the lesson through every revision of its course, so that progress stays with it when it is
    renamed or moved. A lesson without `required` never stands between a learner and completion.
    """

    page = ParentalKey("content.CoursePage", on_delete=models.CASCADE, related_name="lessons")
    key = models.UUIDField(default=uuid4, editable=False)
    title = models.CharField(_("title"), max_length=160)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("How long it takes at a calm pace."),
    )
    required = models.BooleanField(
        _("needed for completion"),
        default=True,
        help_text=_("Untick for extras that learners may skip."),
    )
    package = models.ForeignKey(
        "delivery.Package",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("course package"),
        related_name="+",
        help_text=_("A SCORM 1.2 package, played within the lesson. Choose one or upload a zip file."),
    )
    body = StreamField(
        LessonBody(required=False), verbose_name=_("text"), blank=True, help_text=_("Add blocks one after the other.")
    )

    panels = [
        FieldPanel("title"),
        FieldPanel("body"),
        FieldPanel("package"),
        MultiFieldPanel([FieldPanel("minutes"), FieldPanel("required")], heading=_("Time and completion")),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        constraints = [models.UniqueConstraint(fields=["page", "key"], name="content_lesson_key_unique")]

    def __str__(self) -> str:
        return self.title
