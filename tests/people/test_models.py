"""What the database refuses, by the name of the constraint."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from mycelia.people.models import Employment, ImportRun, OrganisationUnit, Person
from tests.factories.people import make_employment, make_person, make_unit
from tests.people.conftest import Company

pytestmark = pytest.mark.django_db


def _refused_by(constraint: str, act: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        act()


def test_person_with_an_email_differing_only_in_case_is_refused() -> None:
    make_person("ada@example.com")
    _refused_by("people_person_email_unique", lambda: make_person("ADA@Example.com"))


def test_person_without_email_or_number_is_refused() -> None:
    person = make_person()
    rows = Person.objects.filter(pk=person.pk)
    _refused_by("people_person_email_set", lambda: rows.update(email=""))
    _refused_by("people_person_number_set", lambda: rows.update(employee_number=""))


def test_person_is_found_by_email_whatever_its_case() -> None:
    person = make_person("ada@example.com")
    assert Person.objects.get_by_natural_key("ADA@EXAMPLE.COM") == person


def test_person_without_password_cannot_sign_in_by_one() -> None:
    assert not make_person().has_usable_password()


def test_employments_that_overlap_are_refused(company: Company) -> None:
    _refused_by(
        "people_employment_no_overlap",
        lambda: make_employment(company.boss, unit=company.top, valid_from=date(2026, 1, 1)),
    )


def test_employments_that_touch_are_allowed_and_other_people_do_not_matter(company: Company) -> None:
    Employment.objects.filter(person=company.boss).update(valid_to=date(2026, 1, 1))
    make_employment(company.boss, unit=company.sales, valid_from=date(2026, 1, 1))
    assert Employment.objects.filter(person=company.boss).count() == 2


def test_employment_that_ends_before_it_begins_is_refused(company: Company) -> None:
    person = make_person()
    _refused_by(
        "people_employment_period",
        lambda: make_employment(person, unit=company.top, valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 2)),
    )


def test_employment_under_oneself_is_refused(company: Company) -> None:
    _refused_by(
        "people_employment_not_own_manager",
        lambda: Employment.objects.filter(person=company.boss).update(manager=company.boss),
    )


def test_unit_with_a_path_that_does_not_end_in_itself_is_refused(company: Company) -> None:
    rows = OrganisationUnit.objects.filter(pk=company.north.pk)
    _refused_by("people_unit_path_ends_in_itself", lambda: rows.update(path="/"))
    _refused_by("people_unit_path_ends_in_itself", lambda: rows.update(path=company.sales.path))


def test_unit_below_itself_is_refused() -> None:
    unit = make_unit()
    _refused_by("people_unit_not_own_parent", lambda: OrganisationUnit.objects.filter(pk=unit.pk).update(parent=unit))


def test_import_keeps_its_content_exactly_while_it_is_open(company: Company, administrator: Person) -> None:
    moment = administrator.created_at
    fields = {
        "file_digest": "",
        "file_bytes": 1,
        "as_of": date(2026, 1, 1),
        "uploaded_at": moment,
        "state_since": moment,
    }
    run = ImportRun.objects.create(content=b"x", **fields)
    rows = ImportRun.objects.filter(pk=run.pk)
    _refused_by("people_import_content_while_open", lambda: rows.update(state="applied"))
    _refused_by("people_import_content_while_open", lambda: rows.update(content=None))
    _refused_by("people_import_state", lambda: rows.update(state="lost"))
