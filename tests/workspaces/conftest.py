"""A small company for the workspaces: one catalogue, one team, and somebody else's team."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from mycelia.content.api import create_course
from mycelia.content.types import CourseText, LessonText
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.learning import api as learning
from mycelia.learning.types import EnrolmentSource
from mycelia.people.models import Person
from tests.factories.people import make_person, make_unit

SYSTEM = Actor.system("test")
TEXT = {"type": "paragraph", "html": "<p>Something to read.</p>"}


@dataclass(frozen=True)
class Team:
    """A manager, two reports, and a stranger who reports to somebody else."""

    manager: Person
    anna: Person
    boris: Person
    other_manager: Person
    stranger: Person


def make_course(slug: str, lessons: int = 3) -> dict[int, UUID]:
    """Publish a course and return its lesson keys by position."""
    keys = {number: UUID(int=abs(hash((slug, number))) % 2**128) for number in range(lessons)}
    texts = tuple(LessonText(f"Part {n + 1}", minutes=4, blocks=(TEXT,), key=key) for n, key in keys.items())
    title = slug.replace("-", " ").capitalize()
    text = CourseText(slug=slug, title=title, summary="Worth it.", objectives=("Do it.",), lessons=texts)
    create_course(actor=SYSTEM, text=text, publish=True)
    return keys


def assign(person: Person, slug: str, *, due_in: int | None = None) -> Any:
    """Enrol somebody, due so many days from today."""
    due_on = None if due_in is None else clock.today() + timedelta(days=due_in)
    source = EnrolmentSource.ASSIGNED
    return learning.enrol(actor=SYSTEM, learner_id=person.pk, slug=slug, source=source, due_on=due_on)


def signed_in(person: Person) -> Client:
    """Return a client with this person's session."""
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def team(db: None) -> Team:
    """Two teams of a small unit."""
    unit = make_unit("SER", name="Service")
    long_ago = date(2024, 1, 1)

    def hire(name: str, manager: Person | None = None) -> Person:
        return make_person(
            f"{name}@example.com", unit=unit, manager=manager, valid_from=long_ago, given_name=name, family_name="Test"
        )

    manager, other = hire("Marek"), hire("Olga")
    return Team(manager, hire("Anna", manager), hire("Boris", manager), other, hire("Sven", other))
