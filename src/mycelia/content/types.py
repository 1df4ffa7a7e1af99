"""Values of content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class CourseStock:
    """What there is of courses on one day; all but `drafts` and `withdrawn` counts published ones.

    Attributes:
        drafts, withdrawn: Never published, and published no longer.
        unowned: Nobody whose account works answers for them.
        overdue, next_review: Past their review date, and the first such date that lies ahead.
        owners, most_of_one: Active people who answer for any, and for how many the busiest of them does.
    """

    live: int
    drafts: int
    withdrawn: int
    unowned: int
    unsourced: int
    undated: int
    overdue: int
    next_review: date | None
    owners: int
    most_of_one: int


@dataclass(frozen=True, slots=True)
class ReviewPace:
    """How reviews went; `decided` ones were approved or sent back, and half of them took at most `median_hours`."""

    waiting: int
    waiting_since: datetime | None
    decided: int
    median_hours: float | None


@dataclass(frozen=True, slots=True)
class LessonText:
    """A lesson as text, ready to become part of a course.

    `blocks` are mappings with a `type` (a block name of `content.blocks.LessonBody`) and that block's fields.
    """

    title: str
    minutes: int = 5
    blocks: tuple[Mapping[str, Any], ...] = ()
    required: bool = True
    package_id: UUID | None = None
    key: UUID | None = None


@dataclass(frozen=True, slots=True)
class CourseText:
    """A course as text, ready to become a page."""

    slug: str
    title: str
    summary: str = ""
    language: str = "en"
    duration_minutes: int = 15
    topics: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    lessons: tuple[LessonText, ...] = ()
    review_date: date | None = None
    accountable_id: int | None = None


@dataclass(frozen=True, slots=True)
class LessonOutline:
    """A lesson without its text: what contents lists and completion need."""

    key: UUID
    title: str
    minutes: int
    required: bool
    package_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """A live course without its texts. `revision_id` is the live revision, None for imported courses."""

    id: int
    key: UUID
    slug: str
    title: str
    minutes: int
    revision_id: int | None
    lessons: tuple[LessonOutline, ...]

    def lesson(self, key: UUID) -> LessonOutline | None:
        """Return the lesson of this key, None when the course no longer has it."""
        return next((lesson for lesson in self.lessons if lesson.key == key), None)


@dataclass(frozen=True, slots=True)
class LessonBlock:
    """One block of a lesson as a template shows it; rich text is sanitised by the template's filter."""

    id: str
    kind: str
    value: Any
    number: int = 0

    @property
    def template(self) -> str:
        """Return the template that shows this kind of block."""
        return f"content/blocks/{self.kind}.html"


@dataclass(frozen=True, slots=True)
class CourseCard:
    """A course as a line of the catalogue."""

    id: int
    slug: str
    title: str
    summary: str
    minutes: int
    lesson_count: int
    topics: tuple[str, ...]
    published_at: datetime | None
    picture: Any = None


class CatalogueOrder(StrEnum):
    """How the catalogue can be sorted."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    SHORTEST = "shortest"
    TITLE = "title"

    @property
    def label(self) -> str:
        """Return the words shown to people."""
        return str(_ORDER_LABELS[self])


_ORDER_LABELS = {
    CatalogueOrder.RELEVANCE: _("Best match"),
    CatalogueOrder.NEWEST: _("Newest"),
    CatalogueOrder.SHORTEST: _("Shortest"),
    CatalogueOrder.TITLE: _("Title"),
}


@dataclass(frozen=True, slots=True)
class CatalogueQuery:
    """What somebody looks for in the catalogue; `minutes` is the longest they have time for."""

    text: str = ""
    topic: str = ""
    minutes: int | None = None
    order: CatalogueOrder = CatalogueOrder.NEWEST
    page: int = 1


@dataclass(frozen=True, slots=True)
class LessonFacts:
    """What the checks need to know of a lesson."""

    title: str
    required: bool
    block_count: int
    has_package: bool
    package_unusable: bool = False
    pictures_without_text: int = 0


@dataclass(frozen=True, slots=True)
class CourseFacts:
    """What the checks need to know of a course."""

    summary: str
    objectives: tuple[str, ...]
    accountable: bool
    review_date: bool
    sources: bool
    lessons: tuple[LessonFacts, ...] = field(default=())


class ProblemCode(StrEnum):
    """What can keep a course from its review."""

    SUMMARY_MISSING = "summary_missing"
    SUMMARY_SHORT = "summary_short"
    OBJECTIVES_MISSING = "objectives_missing"
    OWNER_MISSING = "owner_missing"
    REVIEW_DATE_MISSING = "review_date_missing"
    SOURCES_MISSING = "sources_missing"
    LESSONS_MISSING = "lessons_missing"
    NOTHING_REQUIRED = "nothing_required"
    LESSON_EMPTY = "lesson_empty"
    PICTURE_WITHOUT_TEXT = "picture_without_text"
    PACKAGE_UNUSABLE = "package_unusable"


_PROBLEM_TEXTS = {
    ProblemCode.SUMMARY_MISSING: _("Write a summary: it is what learners read first."),
    ProblemCode.SUMMARY_SHORT: _("Say a little more in the summary: what it is about and why it is worth the time."),
    ProblemCode.OBJECTIVES_MISSING: _("Name at least one thing people can do afterwards."),
    ProblemCode.OWNER_MISSING: _("Choose who answers for this course."),
    ProblemCode.REVIEW_DATE_MISSING: _("Choose the day by which somebody checks that it is still right."),
    ProblemCode.SOURCES_MISSING: _("Name where the content comes from."),
    ProblemCode.LESSONS_MISSING: _("Add at least one lesson."),
    ProblemCode.NOTHING_REQUIRED: _("At least one lesson must be needed for completion."),
    ProblemCode.LESSON_EMPTY: _("The lesson “%(lesson)s” is empty: add text, or choose a course package."),
    ProblemCode.PICTURE_WITHOUT_TEXT: _("A picture in “%(lesson)s” has no alternative text."),
    ProblemCode.PACKAGE_UNUSABLE: _("The package of “%(lesson)s” can no longer be played: choose another."),
}


@dataclass(frozen=True, slots=True)
class CourseProblem:
    """One thing to put right, at a field of the form or at a lesson."""

    code: ProblemCode
    field: str | None = None
    lesson: str = ""

    @property
    def message(self) -> str:
        """Return what to do, in the author's language."""
        return str(_PROBLEM_TEXTS[self.code]) % {"lesson": self.lesson}
