"""Fills an empty installation with the demo company, wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.apps import apps
from django.db import transaction

from mycelia.access import api as access
from mycelia.content import api as content
from mycelia.demo.design import accounts, design_company
from mycelia.demo.design.company import YEAR_DAYS
from mycelia.demo.loading.blueprint import load_blueprint
from mycelia.demo.loading.case.cast import CaseCast
from mycelia.demo.loading.case.story import at
from mycelia.demo.loading.cases import case_start, load_cases
from mycelia.demo.loading.catalogue import fill_catalogue
from mycelia.demo.loading.copying import analyse
from mycelia.demo.loading.courses import SLUGS, load_courses, load_draft
from mycelia.demo.loading.history import load_history
from mycelia.demo.loading.people import load_people, open_accounts
from mycelia.demo.loading.systems import BlueprintCast
from mycelia.demo.types import Account, Company
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.people import api as people

Say = Callable[[str], None]
BLUEPRINT_BEFORE_CASE = timedelta(days=58)
ROLES_BEFORE_YEAR = timedelta(days=120)
"""So long before the year that the story tells: the case of that year was drawn up and presented before it."""


def is_seeded() -> bool:
    """Return whether the demo company is here already."""
    return people.person_by_email(accounts.LEARNER.email) is not None


def seed(*, people_count: int, course_count: int, say: Say) -> None:
    """Invent and store the demo company in one transaction; `say` is told of each step.

    Args:
        people_count: Everybody who worked here within the year.
        course_count: Courses of the catalogue; those beyond twelve borrow their texts.
        say: Takes a line for whoever waits.
    """
    company = design_company(people=people_count, as_of=clock.today())
    with transaction.atomic():
        _load(company, Actor.system("demo"), course_count, say)
    analyse()


def _load(company: Company, actor: Actor, course_count: int, say: Say) -> None:
    year_ago = company.as_of - timedelta(days=YEAR_DAYS)
    say(f"{company.name}: {len(company.people)} invented people ...")
    load_people(actor, company)
    open_accounts(actor, since=year_ago - ROLES_BEFORE_YEAR)
    author_id = person_id(accounts.AUTHOR)
    say(f"{course_count} courses ...")
    load_courses(actor, accountable_id=author_id, today=company.as_of)
    load_draft(access.actor_for(people.person_by_email(accounts.AUTHOR.email)), today=company.as_of)
    fill_catalogue(course_count, accountable_id=author_id)
    _backdate_courses()
    say("A year of learning ...")
    load_history(actor, company)
    say("The landscape of systems ...")
    finance = access.actor_for(people.person_by_email(accounts.FINANCE.email))
    with clock.frozen(at(case_start(company.as_of) - BLUEPRINT_BEFORE_CASE)):
        load_blueprint(finance, _blueprint_cast(company), today=company.as_of)
    say("Two business cases ...")
    load_cases(finance, _cast(company), today=company.as_of)


def _backdate_courses() -> None:
    moment = clock.now()
    pages = apps.get_model("content", "CoursePage").objects
    for number, slug in enumerate(reversed(SLUGS)):
        published = moment - timedelta(days=YEAR_DAYS + 5 - 9 * number)
        pages.filter(slug=slug).update(first_published_at=published, last_published_at=published)


def _cast(company: Company) -> CaseCast:
    return CaseCast(
        finance_id=person_id(accounts.FINANCE),
        talent_id=person_id(accounts.TALENT),
        service_id=person_id(accounts.MANAGER),
        course_ids=dict(content.published_courses().filter(slug__in=SLUGS).values_list("slug", "pk")),
        staff_count=len(company.staff),
        executive=access.actor_for(people.person_by_email(accounts.EXECUTIVE.email)),
    )


def _blueprint_cast(company: Company) -> BlueprintCast:
    return BlueprintCast(
        it_id=person_id(accounts.IT),
        talent_id=person_id(accounts.TALENT),
        finance_id=person_id(accounts.FINANCE),
        service_id=person_id(accounts.MANAGER),
        staff_count=len(company.staff),
    )


def person_id(account: Account) -> int:
    """Return the primary key of a named account's person.

    Raises:
        LookupError: The demo company has not been loaded.
    """
    person = people.person_by_email(account.email)
    if person is None:
        raise LookupError(account.email)
    return int(person.pk)
