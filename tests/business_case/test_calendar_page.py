"""The calendar of a roadmap: working days and holidays, and what they do to its dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from mycelia.business_case import api
from mycelia.business_case.types import Estimate, ItemKind, RoadmapCalendar, WorkItem
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _told_before_the_work() -> Iterator[None]:
    with clock.frozen(datetime(2026, 1, 1, 9, tzinfo=UTC)):
        yield


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(make_holder(role))
    return client


def test_holiday_moves_the_end_of_the_roadmap() -> None:
    case = make_case(start=date(2026, 1, 1))
    api.add_item(actor=SYSTEM, case=case, value=WorkItem("a", "Build", Estimate.fixed(5)))
    before = api.plan_schedule(api.case_model(case)).finish
    typed = {
        "start": "",
        "working_weekdays": ["0", "1", "2", "3", "4"],
        "holidays": "2026-01-06\n2026-01-02",
        "revision": "1",
    }
    assert client_of(Role.FINANCE_ANALYST).post(f"/case/{case.slug}/calendar/", typed).status_code == 302
    stored = api.item_of(case, ItemKind.CALENDAR).value
    assert stored == RoadmapCalendar(None, (0, 1, 2, 3, 4), (date(2026, 1, 2), date(2026, 1, 6)))
    # Five working days from Thursday 1 January: 1, 2, 5, 6, 7; without the 2nd and the 6th they are 1, 5, 7, 8, 9.
    assert (before, api.plan_schedule(api.case_model(case)).finish) == (date(2026, 1, 7), date(2026, 1, 9))


@pytest.mark.parametrize(
    "wrong",
    [
        {"holidays": "25.12.2026"},
        {"holidays": "2026-02-30"},
        {"holidays": "1066-10-14"},
        {"holidays": "2026-01-01 " * 401},
        {"working_weekdays": []},
        {"working_weekdays": ["7"]},
        {"start": "x"},
    ],
)
def test_impossible_calendar_is_sent_back_and_nothing_changes(wrong: dict[str, object]) -> None:
    case = make_case()
    typed = {"start": "", "working_weekdays": ["0"], "holidays": "", "revision": "1", **wrong}
    assert client_of(Role.FINANCE_ANALYST).post(f"/case/{case.slug}/calendar/", typed).status_code == 422
    assert api.item_of(case, ItemKind.CALENDAR).revision == 1
