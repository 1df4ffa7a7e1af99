"""A small company, and somebody who may import people into it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from mycelia.access.api import grant_role
from mycelia.kernel.policy import Actor, Role
from mycelia.people.models import OrganisationUnit, Person
from tests.factories.people import make_person, make_unit

SYSTEM = Actor.system("test")


@dataclass(frozen=True)
class Company:
    """Headquarters with sales and, below sales, the north; a boss, a manager and a report."""

    top: OrganisationUnit
    sales: OrganisationUnit
    north: OrganisationUnit
    boss: Person
    manager: Person
    report: Person


@pytest.fixture
def company(db: None) -> Company:
    top = make_unit("HQ", name="Headquarters")
    sales = make_unit("SALES", name="Sales", parent=top)
    north = make_unit("NORTH", name="Sales North", parent=sales)
    boss = make_person("boss@example.com", unit=top, employee_number="BOSS", given_name="Mara", family_name="Boss")
    manager = make_person("manager@example.com", unit=sales, manager=boss, employee_number="MID", family_name="Mid")
    report = make_person("report@example.com", unit=north, manager=manager, employee_number="REP", family_name="Rep")
    return Company(top, sales, north, boss, manager, report)


@pytest.fixture
def administrator(company: Company) -> Person:
    """Return a talent administrator of the whole company, not employed in it."""
    person = make_person("talent@example.com", employee_number="TALENT", given_name="Hanna", family_name="Reyes")
    grant_role(actor=SYSTEM, person_id=person.pk, role=Role.TALENT_ADMINISTRATOR)
    return person


@pytest.fixture
def talent(administrator: Person) -> Client:
    """Return the talent administrator's browser."""
    return signed_in(administrator)


def signed_in(person: Person) -> Client:
    """Return a browser in which the person is signed in."""
    client = Client(HTTP_HOST="localhost:8000")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
