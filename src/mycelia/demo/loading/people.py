"""The demo company's people, through the same import that a talent administrator uses."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password

from mycelia.access import api as access
from mycelia.demo.design import people_file
from mycelia.demo.design.accounts import GRANTED, PASSWORD
from mycelia.demo.design.company import YEAR_DAYS
from mycelia.demo.types import Company
from mycelia.kernel.policy import Actor, Role
from mycelia.people import api as people


def load_people(actor: Actor, company: Company) -> None:
    """Import the company as it stood a year ago, then as it stands today, and let the leavers go on their days."""
    year_ago = company.as_of - timedelta(days=YEAR_DAYS)
    people.import_people(actor, people_file(company, on=year_ago), file_name="people-last-year.csv", as_of=year_ago)
    people.import_people(actor, people_file(company, on=company.as_of), file_name="people.csv", as_of=company.as_of)
    for colleague in company.people:
        person = people.person_by_number(colleague.number) if colleague.left_on else None
        if person is not None and colleague.left_on is not None:
            people.leave(actor=actor, person=person, on=colleague.left_on)


def open_accounts(actor: Actor, *, since: date) -> None:
    """Give everybody the documented password, and the named accounts their roles."""
    get_user_model().objects.filter(is_active=True).update(password=make_password(PASSWORD))
    for account in GRANTED:
        person = people.person_by_email(account.email)
        if person is not None:
            access.grant_role(actor=actor, person_id=person.pk, role=Role(account.role), valid_from=since)
