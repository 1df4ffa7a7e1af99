"""Two people who begin a case of the same name at once both get one."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from mycelia.business_case import api
from mycelia.business_case.actions import case as actions
from mycelia.business_case.errors import SlugTaken
from mycelia.business_case.models import Case
from tests.factories.business_case import SYSTEM, make_terms

pytestmark = pytest.mark.django_db(transaction=True)


def _begin(barrier: Barrier, slug: str) -> str:
    try:
        barrier.wait()
        return api.create_case(actor=SYSTEM, terms=make_terms(name="Same name"), slug=slug).slug
    except SlugTaken:
        return "taken"
    finally:
        connection.close()


@pytest.mark.parametrize(("slug", "second"), [("", "same-name-2"), ("same-name", "taken")])
def test_cases_begun_at_once_under_one_name_get_two_addresses_or_a_reason(slug: str, second: str) -> None:
    barrier = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        done = sorted(pool.map(lambda _: _begin(barrier, slug), range(2)))
    assert done == sorted(["same-name", second])


def test_case_whose_name_was_taken_after_the_look_gets_the_next_address() -> None:
    api.create_case(actor=SYSTEM, terms=make_terms(name="Same name"))
    late = Case(slug="same-name")
    late.created_at = late.changed_at = actions.clock.now()
    actions._apply(late, make_terms(name="Same name"))
    actions._insert(late, may_rename=True)
    assert late.slug == "same-name-2"
