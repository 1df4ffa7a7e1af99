"""Packages and attempts for tests."""

from __future__ import annotations

from typing import IO
from uuid import UUID, uuid4

from mycelia.delivery.api import install_package, start_or_resume_attempt
from mycelia.delivery.models import Attempt, Package
from mycelia.kernel.policy import Actor, Role, RoleGrant
from mycelia.people.models import Person
from tests.factories.packages import Blueprint, build_zip
from tests.factories.people import make_person


def author() -> Actor:
    """Return somebody who may install packages."""
    return Actor.system("tests")


def learner_actor(person: Person) -> Actor:
    """Return a person as the actor the access app would make of them."""
    return Actor(person.pk, f"person {person.pk}", (RoleGrant(Role.LEARNER),))


def make_package(blueprint: Blueprint | None = None, *, file: IO[bytes] | None = None) -> Package:
    """Install a package, from a blueprint or a file."""
    return install_package(author(), file or build_zip(blueprint), "package.zip")


def make_attempt(
    package: Package | None = None,
    *,
    learner: Person | None = None,
    activity_iri: str = "https://example.com/activities/lesson",
    course_registration: UUID | None = None,
) -> Attempt:
    """Start an attempt at a package."""
    return start_or_resume_attempt(
        learner_actor(learner or make_person()),
        package=package or make_package(),
        activity_iri=activity_iri,
        activity_name="A lesson",
        course_registration=course_registration or uuid4(),
    )
