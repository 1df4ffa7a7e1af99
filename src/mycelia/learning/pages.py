"""What the learner's pages show: one frozen context each."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page

from mycelia.content.types import CourseCard, CourseOutline, LessonBlock, LessonOutline
from mycelia.delivery.types import PartsLeft
from mycelia.learning.types import CourseStanding, LearnerOverview
from mycelia.ui.types import Breadcrumb


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """A course in the catalogue; `state` is "", "open" or "completed" for this reader."""

    card: CourseCard
    state: str = ""


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """The catalogue: `courses` is one page of lines, `form` the filters, `query` the filters as an address."""

    title: str
    lead: str
    form: Any
    courses: Page[CatalogueLine]
    query: str
    filtered: bool


@dataclass(frozen=True, slots=True)
class CoursePage:
    """One course in the catalogue, before or after enrolling."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    slug: str
    minutes: int
    language: str
    topics: tuple[Any, ...]
    objectives: tuple[str, ...]
    lessons: tuple[LessonOutline, ...]
    sources: tuple[str, ...]
    owner: str
    review_date: date | None
    published_at: datetime | None
    picture: Any
    standing: CourseStanding | None


@dataclass(frozen=True, slots=True)
class MyLearningPage:
    """What a learner has open and done."""

    title: str
    overview: LearnerOverview
    today: date


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """A lesson in the list of contents."""

    number: int
    lesson: LessonOutline
    url: str
    done: bool
    current: bool = False


@dataclass(frozen=True, slots=True)
class CompletedLesson:
    """A lesson as it counted for a completion."""

    title: str
    completed_at: datetime
    attempt_url: str | None
    score_percent: int | None


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """A learner's own course: what is left, or why it is completed."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    standing: CourseStanding
    contents: tuple[ContentsEntry, ...]
    completed_lessons: tuple[CompletedLesson, ...]
    score_percent: int | None
    revision: int | None
    in_catalogue: bool
    can_withdraw: bool
    records_url: str


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """What the learner chose, and nothing when they pressed the button without choosing."""

    block_id: str
    chosen: int | None
    missing: bool = False


@dataclass(frozen=True, slots=True)
class LessonPage:
    """One lesson as it is read.

    `parts_left` is known once the lesson's package was begun; `block` is set when htmx asks for one question alone.
    """

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    course: CourseOutline
    lesson: LessonOutline
    number: int
    blocks: tuple[LessonBlock, ...]
    contents: tuple[ContentsEntry, ...]
    standing: CourseStanding
    previous: ContentsEntry | None
    following: ContentsEntry | None
    answers_url: str
    done: bool
    parts_left: PartsLeft | None = None
    answer: AnswerShown | None = None
    block: LessonBlock | None = None
    preview: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class WithdrawalPage:
    """Asks before a course is given up."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    course: CourseOutline
    action: str
    cancel_url: str
    done: frozenset[UUID] = field(default_factory=frozenset)
