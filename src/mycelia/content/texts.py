"""Turns course texts into the pages authors edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.utils.translation import gettext as _

from mycelia.content.blocks import LessonBody
from mycelia.content.calc.markup import sanitise
from mycelia.content.errors import InvalidCourse
from mycelia.content.models import CoursePage, Lesson
from mycelia.content.types import CourseText, LessonText


def page_from_text(text: CourseText) -> CoursePage:
    """Return an unsaved page with its lessons; topics are added by the caller, who knows the list.

    Raises:
        InvalidCourse: A block is of an unknown kind or lacks its fields.
    """
    page = CoursePage(
        title=text.title,
        draft_title=text.title,
        slug=text.slug,
        summary=text.summary,
        objectives="\n".join(text.objectives),
        sources="\n".join(text.sources),
        language=text.language,
        duration_minutes=text.duration_minutes,
        review_date=text.review_date,
        accountable_id=text.accountable_id,
        live=False,
    )
    page.lessons = [lesson_from_text(lesson, number) for number, lesson in enumerate(text.lessons)]
    return page


def lesson_from_text(text: LessonText, number: int = 0) -> Lesson:
    """Return an unsaved lesson.

    Raises:
        InvalidCourse: A block is of an unknown kind or lacks its fields.
    """
    key = text.key or uuid4()
    return Lesson(
        key=key,
        title=text.title,
        minutes=text.minutes,
        required=text.required,
        package_id=text.package_id,
        sort_order=number,
        body=[_raw_block(block, key, position) for position, block in enumerate(text.blocks)],
    )


def _raw_block(block: Mapping[str, Any], lesson_key: UUID, position: int) -> dict[str, Any]:
    kind = block.get("type", "")
    if kind not in LessonBody.base_blocks:
        raise InvalidCourse(_("“%(kind)s” is not a kind of lesson block.") % {"kind": kind})
    fields = LessonBody.base_blocks[kind].child_blocks
    missing = [name for name in fields if name not in block and fields[name].required]
    if missing:
        fact = {"kind": kind, "fields": ", ".join(missing)}
        raise InvalidCourse(_("A block “%(kind)s” lacks: %(fields)s.") % fact)
    identifier = uuid5(lesson_key, str(position))
    value = {name: _field(name, block[name], identifier) for name in fields if name in block}
    return {"type": kind, "value": value, "id": str(identifier)}


def _field(name: str, value: Any, parent: UUID) -> Any:
    if name in {"html", "transcript"}:
        return sanitise(str(value))
    if isinstance(value, list | tuple):
        return [
            {
                "type": "item",
                "value": dict(entry) if isinstance(entry, Mapping) else entry,
                "id": str(uuid5(parent, str(n))),
            }
            for n, entry in enumerate(value)
        ]
    return value
