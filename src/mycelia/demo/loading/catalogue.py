"""A catalogue as large as a benchmark asks for: invented courses that borrow the texts of the twelve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils.text import slugify

from mycelia.demo.design.randomness import seeded
from mycelia.demo.loading.copying import copy_objects, reserve_keys
from mycelia.demo.loading.courses import SLUGS, lesson_key
from mycelia.kernel import clock

_SKILLS = (
    "Calibrating", "Installing", "Selling", "Explaining", "Repairing", "Testing", "Documenting", "Ordering",
    "Comparing", "Choosing", "Cleaning", "Packing", "Adjusting", "Quoting", "Training others on", "Troubleshooting",
)  # fmt: skip
_SUBJECTS = (
    "pressure transmitters", "level sensors", "flow meters", "balances", "temperature probes", "valve positioners",
    "data loggers", "gas analysers", "torque sensors", "humidity sensors", "load cells", "signal converters",
    "calibration benches", "field displays", "sample coolers", "mounting kits", "cable glands", "wireless gateways",
    "service contracts", "spare parts", "certificates", "test reports",
)  # fmt: skip
_EDITIONS = ("the basics", "common mistakes", "hard cases", "for new colleagues")


@transaction.atomic
def fill_catalogue(count: int, *, accountable_id: int) -> int:
    """Add invented courses until the catalogue has `count`; return how many were added."""
    page_model: Any = apps.get_model("content", "CoursePage")
    originals = list(page_model.objects.filter(slug__in=SLUGS).order_by("slug").prefetch_related("lessons"))
    titles = list(_titles())[: max(0, count - page_model.objects.count())]
    root = apps.get_model("content", "CatalogueRoot").objects.get()
    keys = reserve_keys("wagtailcore.Page", len(titles))
    sources = [originals[number % len(originals)] for number in range(len(titles))]
    pages = [_page(*one, accountable_id) for one in zip(sources, titles, keys, strict=True)]
    _place(root, pages)
    copy_objects("wagtailcore.Page", pages)
    copy_objects("content.CoursePage", pages)
    copy_objects("content.Lesson", _lessons(zip(sources, pages, strict=True)))
    through = page_model._meta.get_field("topics").remote_field.through
    copy_objects(through._meta.label, _topics(through, zip(sources, pages, strict=True)))
    return len(pages)


def _titles() -> Iterator[str]:
    for edition in _EDITIONS:
        for skill in _SKILLS:
            for subject in _SUBJECTS:
                yield f"{skill} {subject}: {edition}"


def _page(original: Any, title: str, key: int, accountable_id: int) -> Any:
    published = clock.now() - timedelta(days=seeded(title).randint(20, 700))
    page = type(original)(
        id=key,
        page_ptr_id=key,
        title=title,
        draft_title=title,
        slug=slugify(title),
        summary=f"{original.summary[:200]} (Invented for measurements.)",
        objectives=original.objectives,
        sources=original.sources,
        duration_minutes=original.duration_minutes,
        accountable_id=accountable_id,
        live=True,
        first_published_at=published,
        last_published_at=published,
        locale_id=original.locale_id,
        content_type_id=original.content_type_id,
    )
    page.pk = key
    return page


def _place(root: Any, pages: list[Any]) -> None:
    first = root.numchild + 1
    for number, page in enumerate(pages):
        page.depth = root.depth + 1
        page.path = type(root)._get_path(root.path, page.depth, first + number)
        page.url_path = f"{root.url_path}{page.slug}/"
    type(root).objects.filter(pk=root.pk).update(numchild=root.numchild + len(pages))


def _lessons(courses: Iterable[tuple[Any, Any]]) -> Iterator[Any]:
    for original, page in courses:
        for number, lesson in enumerate(original.lessons.all()):
            yield type(lesson)(
                page_id=page.pk,
                key=lesson_key(page.slug, number),
                sort_order=number,
                title=lesson.title,
                minutes=lesson.minutes,
                required=lesson.required,
                body=lesson.body,
            )


def _topics(through: Any, courses: Iterable[tuple[Any, Any]]) -> Iterator[Any]:
    for original, page in courses:
        for topic in original.topics.all():
            yield through(coursepage_id=page.pk, topic_id=topic.pk)
