"""A course as authors make it and curators approve it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, TitleFieldPanel
from wagtail.models import Page

from mycelia.content import addresses, previews
from mycelia.content.course_form import CourseForm
from mycelia.content.studio_permissions import CoursePermissionTester


class CoursePage(Page):
    """A course: one page, one revision history, one review for all of its lessons.

    States: draft (never live), in review, live, live with a newer draft, unpublished. A course that anybody has
    enrolled on is unpublished, never deleted. `key` names the course in records whatever its slug becomes.
    `search_text` is filled by the database from title, summary and objectives.
    """

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    summary = models.CharField(
        _("summary"), max_length=300, help_text=_("Two sentences: what it is about and why it is worth the time.")
    )
    objectives = models.TextField(
        _("objectives"), help_text=_("What people can do afterwards; one per line, each starting with a verb.")
    )
    image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover picture"),
        help_text=_("Decorative; the title is always shown as text."),
    )
    topics = ParentalManyToManyField("content.Topic", blank=True, verbose_name=_("topics"), related_name="courses")
    language = models.CharField(_("language"), max_length=20, default="en", choices=settings.LANGUAGES)
    duration_minutes = models.PositiveSmallIntegerField(
        _("duration in minutes"),
        default=15,
        validators=[MinValueValidator(1), MaxValueValidator(6000)],
        db_index=True,
    )
    accountable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="accountable_courses",
        verbose_name=_("owner"),
        help_text=_("Who answers for this course; questions from learners go here."),
    )
    review_date = models.DateField(
        _("review by"), null=True, blank=True, help_text=_("When somebody must check that it is still right.")
    )
    sources = models.TextField(
        _("sources"),
        blank=True,
        help_text=_("Where the content comes from; one per line. Write “own experience” if so."),
    )
    search_text = SearchVectorField(null=True, editable=False)

    content_panels = [
        TitleFieldPanel("title", placeholder=_("Course title"), help_text=_("As learners read it in the catalogue.")),
        FieldPanel("summary", widget=forms.Textarea({"rows": 2})),
        FieldPanel("objectives", widget=forms.Textarea({"rows": 4})),
        InlinePanel("lessons", label=_("Lesson"), heading=_("Lessons")),
        MultiFieldPanel(
            [
                FieldPanel("duration_minutes"),
                FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
                FieldPanel("language"),
                FieldPanel("image"),
            ],
            heading=_("In the catalogue"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("accountable"),
                FieldPanel("review_date"),
                FieldPanel("sources", widget=forms.Textarea({"rows": 3})),
            ],
            heading=_("Responsibility"),
        ),
    ]
    promote_panels = [FieldPanel("slug", help_text=_("The last part of the course's address."))]
    base_form_class = CourseForm
    parent_page_types = ["content.CatalogueRoot"]
    subpage_types: list[str] = []
    show_in_menus_default = False
    exclude_fields_in_copy = ["key", "search_text"]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        indexes = [GinIndex(fields=["search_text"], name="content_course_search")]

    @property
    def objective_list(self) -> tuple[str, ...]:
        """Return the objectives, one each."""
        return _lines(self.objectives)

    @property
    def source_list(self) -> tuple[str, ...]:
        """Return the sources, one each."""
        return _lines(self.sources)

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str]:
        """Return site, origin and path of the course's page in the catalogue."""
        return addresses.url_parts(self, addresses.course_path(self.slug))

    @transaction.atomic
    def publish(self, *args: Any, **options: Any) -> None:
        """Put a revision into the catalogue, its lessons and the telling of it together."""
        super().publish(*args, **options)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Return the pages of the draft that can be looked at."""
        return previews.preview_modes(self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Return one page of the draft as learners will see it."""
        return previews.serve(self, request, mode_name)

    def permissions_for_user(self, user: Any) -> CoursePermissionTester:
        """Return what this person may do with the course in the studio."""
        return CoursePermissionTester(user, self)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip(" \t-•") for line in text.splitlines() if line.strip(" \t-•"))
