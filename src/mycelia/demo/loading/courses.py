"""The twelve courses of the demo company, and as many invented ones as a benchmark asks for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from mycelia.content import api as content
from mycelia.content.types import CourseText, LessonText
from mycelia.kernel.policy import Actor

FOLDER = Path(__file__).resolve().parents[1] / "courses"
DRAFT = "drafts/asking-better-questions"
# The most popular first; the year of learning is drawn in this order.
SLUGS = (
    "information-security-essentials",
    "feedback-people-can-use",
    "difficult-conversations",
    "practice-that-transfers",
    "coaching-on-the-job",
    "reading-data-without-fooling-yourself",
    "accessible-documents-and-courses",
    "data-protection-for-learning-teams",
    "facilitating-live-sessions",
    "testable-learning-objectives",
    "evaluating-learning",
    "a-good-first-ninety-days",
)


def load_courses(actor: Actor, *, accountable_id: int, today: date) -> None:
    """Publish the twelve courses."""
    for number, slug in enumerate(SLUGS):
        review_date = today + timedelta(days=90 + 25 * number)
        text = course_text(read_course(slug), accountable_id=accountable_id, review_date=review_date)
        content.create_course(actor=actor, text=text, publish=True)


def read_course(slug: str) -> dict[str, Any]:
    """Return a course text as it is written in its file; `slug` is the name of the file without its ending."""
    return tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))


def course_text(course: Mapping[str, Any], *, accountable_id: int | None, review_date: date | None) -> CourseText:
    """Return a course as content takes it; keys of lessons follow from slug and position."""
    return CourseText(
        slug=course["slug"],
        title=course["title"],
        summary=course["summary"],
        language=course["language"],
        duration_minutes=course["duration_minutes"],
        topics=tuple(course["topics"]),
        objectives=tuple(course["objectives"]),
        sources=tuple(course["sources"]),
        lessons=tuple(
            LessonText(
                title=lesson["title"],
                minutes=lesson["minutes"],
                blocks=tuple(lesson["block"]),
                key=lesson_key(course["slug"], number),
            )
            for number, lesson in enumerate(course["lesson"])
        ),
        review_date=review_date,
        accountable_id=accountable_id,
    )


def lesson_key(slug: str, number: int) -> UUID:
    """Return the key of a course's lesson, the same in every demo company."""
    return uuid5(NAMESPACE_URL, f"https://demo.example/courses/{slug}/{number}")


def load_draft(author: Actor, *, today: date) -> None:
    """Let the author send one more course to review, so that the curator has something to decide."""
    review_date = today + timedelta(days=365)
    text = course_text(read_course(DRAFT), accountable_id=author.person_id, review_date=review_date)
    page = content.create_course(actor=author, text=text)
    workflow = page.get_workflow()
    if workflow is not None:
        workflow.start(page, page.owner)
