"""The page of what is needed, from real sessions."""

from decimal import Decimal

import pytest

from mycelia.business_case import api
from mycelia.business_case.api import Lifecycle
from mycelia.business_case.pages.blueprint_frame import address
from mycelia.business_case.types import Estimate, Resource, WorkItem
from mycelia.kernel.policy import Role
from tests.business_case.test_pages import sign_in
from tests.factories.blueprint import SYSTEM, make_system
from tests.factories.business_case import make_case
from tests.factories.people import make_unit

pytestmark = pytest.mark.django_db


def staffed_case(**terms):
    case = make_case(**terms)
    work = WorkItem("", "Build it", Estimate.fixed(10), resources=(Resource("Engineer", Decimal(2)),))
    api.add_item(actor=SYSTEM, case=case, value=work)
    api.add_item(actor=SYSTEM, case=case, value=WorkItem("", "Tell them", Estimate.fixed(3)))
    return case


def test_page_adds_up_person_days_and_names_what_nobody_does(client):
    case = staffed_case(name="One place")
    make_system(name="Atlas", lifecycle=Lifecycle.PLANNED, users_active=None)
    make_system(name="Idle", users_active=0)
    sign_in(client, Role.EXECUTIVE)
    page = client.get(address("needs"), {"case": case.slug}).content.decode()
    for text in ("Engineer", "20.0", "Build it", "The sum is too low", "Tell them", "Atlas", "Nobody uses Idle"):
        assert text in page


def test_latest_case_is_shown_where_none_is_named(client):
    staffed_case(name="One place")
    sign_in(client, Role.FINANCE_ANALYST)
    assert "Build it" in client.get(address("needs")).content.decode()


def test_case_of_another_unit_is_neither_named_nor_shown(client):
    case = staffed_case(name="Secret plan", scope_unit_id=make_unit("south").pk)
    sign_in(client, Role.FINANCE_ANALYST, unit=make_unit("north"))
    page = client.get(address("needs")).content.decode()
    assert "Secret plan" not in page
    assert "Build it" not in page
    assert client.get(address("needs"), {"case": case.slug}).status_code == 404


def test_it_administrator_sees_what_the_blueprint_needs_and_no_case(client):
    case = staffed_case(name="Secret plan")
    make_system(name="Idle", users_active=0)
    sign_in(client, Role.IT_ADMINISTRATOR)
    page = client.get(address("needs")).content.decode()
    assert "Nobody uses Idle" in page
    assert "Secret plan" not in page
    assert "Build it" not in page
    assert client.get(address("needs"), {"case": case.slug}).status_code == 403


def test_empty_roadmap_and_register_say_what_to_do(client):
    make_case()
    sign_in(client, Role.FINANCE_ANALYST)
    page = client.get(address("needs")).content.decode()
    for text in ("No role is named yet", "No content model changes its master", "needs no system"):
        assert text in page
