"""Many courses at once, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page

from mycelia.audit.api import record
from mycelia.content.actions.courses import topic
from mycelia.content.errors import InvalidCourse
from mycelia.content.models import CatalogueRoot, CoursePage, Lesson
from mycelia.content.permissions import PublishWithoutReview
from mycelia.content.texts import page_from_text
from mycelia.content.types import CourseText
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require


@transaction.atomic
def import_courses(*, actor: Actor, texts: Sequence[CourseText]) -> list[int]:
    """Put many courses into the catalogue by COPY, all or none; return their ids in order.

    They start without revisions: the first edit in the studio makes one. The studio's own search finds them after
    `mycelia update_index`; the catalogue finds them at once.

    Raises:
        PermissionDenied: The actor may not publish without review.
        InvalidCourse: Two courses share an address, one is taken, or a block is wrong.
    """
    require(actor, PublishWithoutReview())
    catalogue = CatalogueRoot.objects.select_for_update(of=("self",)).get()
    _refuse_taken([text.slug for text in texts])
    pages = [page_from_text(text) for text in texts]
    _number(pages)
    _place(pages, catalogue)
    _copy(Page, pages)
    _copy(CoursePage, pages)
    _copy(Lesson, _numbered_lessons(pages))
    _copy(CoursePage.topics.through, _topic_links(pages, texts))
    Page.objects.filter(pk=catalogue.pk).update(numchild=models.F("numchild") + len(pages))
    details = {"courses": len(pages)}
    record(actor=actor, action="content.courses_imported", object_type="course", object_id="*", details=details)
    return [page.pk for page in pages]


def _refuse_taken(slugs: Sequence[str]) -> None:
    taken = set(CoursePage.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    taken |= {slug for slug in slugs if slugs.count(slug) > 1} if len(set(slugs)) < len(slugs) else set()
    if taken:
        raise InvalidCourse(_("Taken addresses: %(slugs)s.") % {"slugs": ", ".join(sorted(taken)[:5])})


def _number(pages: Sequence[CoursePage]) -> None:
    for page, number in zip(pages, _next_numbers(Page, len(pages)), strict=True):
        page.pk = page.id = page.page_ptr_id = number


def _place(pages: Sequence[CoursePage], catalogue: CatalogueRoot) -> None:
    kind = ContentType.objects.get_for_model(CoursePage)
    locale = Locale.objects.get(pk=catalogue.locale_id)
    moment = clock.now()
    last = catalogue.get_last_child()
    step = CatalogueRoot._str2int(last.path[-CatalogueRoot.steplen :]) if last else 0
    for position, page in enumerate(pages, start=step + 1):
        page.path = CatalogueRoot._get_path(catalogue.path, catalogue.depth + 1, position)
        page.depth, page.numchild = catalogue.depth + 1, 0
        page.url_path = f"{catalogue.url_path}{page.slug}/"
        page.content_type, page.locale, page.translation_key = kind, locale, uuid4()
        page.live, page.first_published_at, page.last_published_at = True, moment, moment


def _numbered_lessons(pages: Sequence[CoursePage]) -> Iterator[Lesson]:
    lessons = [(page, lesson) for page in pages for lesson in page.lessons.get_object_list()]
    for (page, lesson), number in zip(lessons, _next_numbers(Lesson, len(lessons)), strict=True):
        lesson.pk, lesson.page_id = number, page.pk
        yield lesson


def _topic_links(pages: Sequence[CoursePage], texts: Sequence[CourseText]) -> Iterator[Any]:
    topics = {name: topic(name).pk for name in sorted({name for text in texts for name in text.topics})}
    through: Any = CoursePage.topics.through
    pairs = [(page.pk, topics[name]) for page, text in zip(pages, texts, strict=True) for name in text.topics]
    for (page_id, topic_id), number in zip(pairs, _next_numbers(through, len(pairs)), strict=True):
        yield through(pk=number, coursepage_id=page_id, topic_id=topic_id)


def _next_numbers(model: type[models.Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [number for (number,) in cursor.fetchall()]


def _copy(model: type[models.Model], rows: Iterable[Any]) -> None:
    fields = [field for field in model._meta.local_concrete_fields if field.attname != "search_text"]
    columns = ", ".join(connection.ops.quote_name(field.column or field.attname) for field in fields)
    # Computed before COPY begins: no query can run on the connection while it copies.
    lines = [[_value(field, row) for field in fields] for row in rows]
    with connection.cursor() as cursor, cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy:
        for line in lines:
            copy.write_row(line)


def _value(field: models.Field[Any, Any], row: Any) -> Any:
    return field.get_db_prep_save(getattr(row, field.attname), connection)
