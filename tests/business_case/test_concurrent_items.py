"""Two people on two connections: different items both stay, of the same item one is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from mycelia.business_case import api, models, types
from mycelia.business_case.errors import ItemMovedOn
from mycelia.business_case.types import CostCategory, ItemState
from mycelia.kernel.policy import Role
from tests.factories.business_case import SYSTEM, make_actor, make_case

pytestmark = pytest.mark.django_db(transaction=True)


def _change(barrier: Barrier, case: models.Case, actor: Any, seen: ItemState, source: str) -> str:
    try:
        barrier.wait()
        value = replace(seen.value, source=source)
        api.change_item(actor=actor, case=case, value=value, seen_revision=seen.revision)
        return "saved"
    except ItemMovedOn as refused:
        return f"refused: {refused.current.value.source} / {refused.stated.source}"
    finally:
        connection.close()


def _at_once(case: models.Case, first: ItemState, second: ItemState) -> list[str]:
    barrier, people = Barrier(2), [make_actor(Role.FINANCE_ANALYST) for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(_change, barrier, case, actor, seen, source)
            for actor, seen, source in zip(people, (first, second), ("Ada's", "Ben's"), strict=True)
        ]
        return [each.result() for each in done]


def _line(case: models.Case, name: str) -> ItemState:
    return api.add_item(actor=SYSTEM, case=case, value=types.CostLine("", CostCategory.LICENCES, name))


def test_edits_of_different_items_at_once_are_both_kept():
    case = make_case()
    assert _at_once(case, _line(case, "A"), _line(case, "B")) == ["saved", "saved"]
    assert [cost.source for cost in api.case_model(case).costs] == ["Ada's", "Ben's"]


def test_of_edits_of_one_item_at_once_one_is_refused_with_both_values():
    case = make_case()
    line = _line(case, "A")
    done = sorted(_at_once(case, line, line))
    kept = api.case_model(case).costs[0].source
    other = {"Ada's": "Ben's", "Ben's": "Ada's"}[kept]
    assert done == [f"refused: {kept} / {other}", "saved"]
