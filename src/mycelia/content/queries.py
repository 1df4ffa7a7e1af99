"""Every read of content."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from statistics import median
from typing import Any
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import SearchRank
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from wagtail.images import get_image_model
from wagtail.models import Revision, TaskState

from mycelia.content.errors import CourseNotFound
from mycelia.content.models import CoursePage, Lesson, Topic
from mycelia.content.search import search_query
from mycelia.content.types import (
    CatalogueOrder,
    CatalogueQuery,
    CourseCard,
    CourseOutline,
    CourseStock,
    LessonBlock,
    LessonOutline,
    ReviewPace,
)
from mycelia.kernel.prepared import PreparedQuery

_PAGE_FIELDS = ("pk", "key", "slug", "title", "duration_minutes", "live_revision_id")
_LESSON_FIELDS = (
    "lessons__key",
    "lessons__title",
    "lessons__minutes",
    "lessons__required",
    "lessons__package_id",
)
COVER = "fill-640x360|format-webp"
ORDERINGS = {
    CatalogueOrder.NEWEST: ("-first_published_at", "-pk"),
    CatalogueOrder.SHORTEST: ("duration_minutes", "title", "pk"),
    CatalogueOrder.TITLE: ("title", "pk"),
}


def published_courses() -> QuerySet[CoursePage]:
    """Return the courses learners may see."""
    return CoursePage.objects.live()


def course_by_slug(slug: str) -> CoursePage:
    """Return the live course of this address, with owner, cover and topics.

    Raises:
        CourseNotFound: There is none, or it is not in the catalogue now.
    """
    found = _with_details(published_courses()).filter(slug=slug).first()
    if found is None:
        raise CourseNotFound(slug=slug)
    return found


def _with_details(courses: QuerySet[CoursePage]) -> QuerySet[CoursePage]:
    return courses.select_related("accountable", "image").prefetch_related("topics")


def outline(course: CoursePage) -> CourseOutline:
    """Return a course as it is live, without texts."""
    return outlines([course.pk])[course.pk]


def outlines(course_ids: Iterable[int]) -> dict[int, CourseOutline]:
    """Return courses by id with their lessons in order, whether they are live or not; one query."""
    pages: dict[int, tuple[Any, ...]] = {}
    lessons: dict[int, list[LessonOutline]] = {}
    for row in _OUTLINES.rows(course_ids=list(course_ids)):
        page, lesson = row[: len(_PAGE_FIELDS)], row[len(_PAGE_FIELDS) :]
        pages[page[0]] = page
        known = lessons.setdefault(page[0], [])
        if lesson[0] is not None:
            known.append(LessonOutline(*lesson))
    return {
        pk: CourseOutline(pk, key, slug, title, minutes, revision_id, tuple(lessons[pk]))
        for pk, key, slug, title, minutes, revision_id in pages.values()
    }


def _outlines_query(course_ids: list[int]) -> QuerySet[Any, Any]:
    pages = CoursePage.objects.extra(where=["content_coursepage.page_ptr_id = ANY(%s)"], params=[course_ids])
    return pages.order_by("pk", "lessons__sort_order", "lessons__pk").values_list(*_PAGE_FIELDS, *_LESSON_FIELDS)


_OUTLINES = PreparedQuery(_outlines_query, course_ids=[-1])


def outline_by_slug(slug: str) -> CourseOutline:
    """Return the course of this address, live or not: whoever is enrolled may still look at what they did.

    Raises:
        CourseNotFound: There was never such a course.
    """
    pk = CoursePage.objects.filter(slug=slug, first_published_at__isnull=False).values_list("pk", flat=True).first()
    if pk is None:
        raise CourseNotFound(slug=slug)
    return outlines([pk])[pk]


def lesson_blocks(course_id: int, key: UUID) -> tuple[LessonBlock, ...]:
    """Return the text of a live lesson.

    Raises:
        CourseNotFound: The course has no such lesson.
    """
    lesson = Lesson.objects.filter(page_id=course_id, key=key).first()
    if lesson is None:
        raise CourseNotFound(lesson=str(key))
    return blocks_of(lesson)


def blocks_of(lesson: Lesson) -> tuple[LessonBlock, ...]:
    """Return the blocks of a lesson, saved or not."""
    return tuple(
        LessonBlock(str(block.id or number), block.block_type, block.value, number)
        for number, block in enumerate(lesson.body, start=1)
    )


def find_courses(wanted: CatalogueQuery) -> QuerySet[CoursePage]:
    """Return the live courses that match, in order, ready for `cards`."""
    found = published_courses()
    if wanted.topic:
        found = found.filter(pk__in=_with_topic(wanted.topic))
    if wanted.minutes is not None:
        found = found.filter(duration_minutes__lte=wanted.minutes)
    ordering = ORDERINGS.get(wanted.order, ORDERINGS[CatalogueOrder.NEWEST])
    query = search_query(wanted.text)
    if query is None:
        return found.order_by(*ordering)
    found = found.filter(search_text=query)
    if wanted.order is CatalogueOrder.RELEVANCE:
        return found.annotate(rank=SearchRank(F("search_text"), query)).order_by("-rank", "title", "pk")
    return found.order_by(*ordering)


def cards(courses: QuerySet[CoursePage]) -> list[CourseCard]:
    """Return one page of courses as lines of the catalogue; constant in the number of courses."""
    lesson_count = (
        Lesson.objects.filter(page=OuterRef("pk")).order_by().values("page").annotate(n=Count("pk")).values("n")
    )
    rows = list(
        courses.annotate(lesson_count=Coalesce(Subquery(lesson_count), 0)).values_list(
            "pk", "slug", "title", "summary", "duration_minutes", "lesson_count", "first_published_at", "image_id"
        )
    )
    topics = _topics([row[0] for row in rows])
    pictures = _pictures({row[7] for row in rows if row[7]})
    return [
        CourseCard(pk, slug, title, summary, minutes, count, topics.get(pk, ()), published, pictures.get(image))
        for pk, slug, title, summary, minutes, count, published, image in rows
    ]


def topics_in_use() -> list[tuple[str, str, int]]:
    """Return address, name and number of live courses of every topic that has one."""
    counted = Topic.objects.annotate(course_count=Count("courses", filter=Q(courses__live=True)))
    return list(counted.filter(course_count__gt=0).order_by("name").values_list("slug", "name", "course_count"))


def _with_topic(slug: str) -> QuerySet[Any]:
    through = CoursePage.topics.through.objects
    return through.filter(topic__slug=slug).values("coursepage_id")


def _topics(course_ids: list[int]) -> dict[int, tuple[str, ...]]:
    through = CoursePage.topics.through.objects.filter(coursepage_id__in=course_ids)
    rows = through.values("coursepage_id").annotate(names=ArrayAgg("topic__name", order_by="topic__name"))
    return {row["coursepage_id"]: tuple(row["names"]) for row in rows}


def _pictures(image_ids: set[int]) -> dict[int, Any]:
    if not image_ids:
        return {}
    images = get_image_model().objects.filter(pk__in=image_ids).prefetch_renditions(COVER)
    return {image.pk: image.get_rendition(COVER) for image in images}


def slug_of_course(key: UUID) -> str:
    """Return the address of the live course with this key.

    Raises:
        CourseNotFound: There is none.
    """
    return _slug(published_courses().filter(key=key))


def slug_of_lesson(key: UUID) -> str:
    """Return the address of a live course that has the lesson.

    Raises:
        CourseNotFound: There is none.
    """
    return _slug(published_courses().filter(lessons__key=key))


def cover_of(course: CoursePage) -> Any:
    """Return the rendition of a course's picture, None where there is none."""
    return course.image.get_rendition(COVER) if course.image else None


def _slug(courses: QuerySet[CoursePage]) -> str:
    slug = courses.order_by("pk").values_list("slug", flat=True).first()
    if slug is None:
        raise CourseNotFound
    return slug


def course_stock(today: date) -> CourseStock:
    """Return what there is of courses, counted in two queries."""
    live, active = Q(live=True), Q(accountable__is_active=True)
    counted = CoursePage.objects.aggregate(
        published=Count("pk", filter=live),
        drafts=Count("pk", filter=Q(live=False, first_published_at__isnull=True)),
        withdrawn=Count("pk", filter=Q(live=False, first_published_at__isnull=False)),
        unowned=Count("pk", filter=live & (Q(accountable__isnull=True) | Q(accountable__is_active=False))),
        unsourced=Count("pk", filter=live & Q(sources="")),
        undated=Count("pk", filter=live & Q(review_date__isnull=True)),
        overdue=Count("pk", filter=live & Q(review_date__lt=today)),
        next_review=Min("review_date", filter=live & Q(review_date__gte=today)),
        owners=Count("accountable", distinct=True, filter=live & active),
    )
    owned = published_courses().filter(active).order_by().values("accountable").annotate(courses=Count("pk"))
    busiest = owned.order_by("-courses").values_list("courses", flat=True).first()
    return CourseStock(live=counted.pop("published"), **counted, most_of_one=busiest or 0)


def course_editors(since: datetime) -> int:
    """Return how many people saved a version of any course since then."""
    saved = Revision.objects.filter(
        content_type__app_label="content", content_type__model="coursepage", created_at__gte=since
    )
    return int(saved.aggregate(people=Count("user", distinct=True))["people"])


def review_pace(since: datetime) -> ReviewPace:
    """Return what waits for review, and how quick the reviews were that ended since then."""
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    decided = TaskState.objects.filter(
        status__in=(TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED), finished_at__gte=since
    )
    hours = [(end - begin).total_seconds() / 3600 for begin, end in decided.values_list("started_at", "finished_at")]
    told = waiting.aggregate(count=Count("pk"), since=Min("started_at"))
    return ReviewPace(told["count"], told["since"], len(hours), median(hours) if hours else None)
