"""What the platform records of itself is counted once, when a case is presented, and stays in its snapshot."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mycelia.access import api as access
from mycelia.business_case import api
from mycelia.business_case.queries.platform import platform_record
from mycelia.business_case.types import ReviewRecord
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_complete_case
from tests.factories.content import make_course
from tests.factories.people import make_person, make_unit

pytestmark = pytest.mark.django_db


def record_in(case):
    snapshot = api.sheet_from(api.latest_presentation(case).snapshot)
    assert snapshot.landscape is not None
    return snapshot.landscape.record


def test_presentation_keeps_roles_courses_and_people_as_they_were():
    unit = make_unit("SALES")
    case = make_complete_case("told", scope_unit_id=unit.pk)
    owner, gone = make_person(unit=unit), make_person(is_active=False)
    make_holder(Role.AUTHOR, Role.CURATOR)
    make_holder(Role.AUTHOR)
    today = clock.today()
    make_course(accountable_id=owner.pk, review_date=today - timedelta(days=1))
    make_course(accountable_id=owner.pk, review_date=today + timedelta(days=9))
    make_course(accountable_id=gone.pk, sources=())
    make_course(publish=False)
    api.present_case(actor=SYSTEM, case=case)
    make_course()
    make_holder(Role.AUTHOR)
    record = record_in(case)
    assert dict(record.roles) == {"author": 2, "curator": 1}
    assert (record.courses.live, record.courses.drafts, record.courses.withdrawn) == (3, 1, 0)
    assert (record.courses.unowned, record.courses.unsourced, record.courses.undated) == (1, 1, 1)
    assert (record.courses.overdue, record.courses.next_review) == (1, today + timedelta(days=9))
    assert (record.courses.owners, record.courses.most_of_one) == (1, 2)
    assert (record.people_in_scope, record.retention_months, record.as_of) == (1, None, today)
    assert record.reviews == ReviewRecord()
    assert record.audit_entries > 0


def test_record_costs_the_same_whatever_there_is(django_assert_max_num_queries):
    case = make_complete_case()
    for _number in range(4):
        make_course()
        make_holder(Role.AUTHOR)
    with django_assert_max_num_queries(12):
        platform_record(case)


def test_role_that_ended_is_not_counted():
    person = make_holder(Role.AUTHOR)
    assert access.role_counts() == {Role.AUTHOR: 1}
    access.revoke_role(actor=SYSTEM, assignment=access.assignments().get(person=person))
    assert access.role_counts() == {}


def test_what_moves_by_itself_makes_no_document_stale():
    case = make_complete_case()
    before = api.export_sources(case).standing.digest
    make_course()
    make_holder(Role.AUTHOR)
    assert api.export_sources(case).standing.digest == before


def test_table_that_is_made_while_its_reader_waits_counts_nothing_of_the_platform():
    make_complete_case("demo")
    client = Client()
    client.force_login(make_holder(Role.FINANCE_ANALYST))
    with CaptureQueriesContext(connection) as told:
        assert client.get("/case/demo/exports/costs.csv").status_code == 200
    assert not [query for query in told.captured_queries if "wagtailcore_revision" in query["sql"]]


def test_sources_lead_to_the_pages_that_their_reader_may_open_and_to_no_other():
    api.present_case(actor=SYSTEM, case=make_complete_case("told"))
    make_holder(Role.AUTHOR)
    pages = {}
    for role, reader in ((Role.IT_ADMINISTRATOR, "it"), (Role.EXECUTIVE, "it"), (Role.TALENT_ADMINISTRATOR, "hr")):
        client = Client()
        client.force_login(make_holder(role))
        text = client.get(f"/briefs/told/{reader}/").content.decode()
        pages[role] = text[text.index('id="answers"') :]
    assert 'href="/platform/audit/"' in pages[Role.IT_ADMINISTRATOR]
    assert 'href="/platform/records/retention/"' in pages[Role.IT_ADMINISTRATOR]
    assert "/platform/" not in pages[Role.EXECUTIVE]
    assert "/platform/" not in pages[Role.TALENT_ADMINISTRATOR]
    assert "holds" in pages[Role.EXECUTIVE]
