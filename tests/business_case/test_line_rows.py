"""Rows of the tables by year, which are drawn once for all who see the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from mycelia.access import api as access
from mycelia.business_case import api
from mycelia.business_case.pages.case import LineRow
from mycelia.business_case.templatetags.line_rows import line_row
from mycelia.business_case.types import Estimate, ItemKind
from mycelia.kernel.policy import Role
from tests.factories.business_case import SYSTEM, make_case
from tests.factories.business_case_models import a_cost
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
ROW = LineRow(7, "Seats", "Licences", "", "high", "success", ("1", "2"), "3", "/edit/", "/derivation/")


@pytest.fixture
def case():
    found = make_case(start=date(2026, 1, 1), horizon_months=36)
    api.add_item(actor=SYSTEM, case=found, value=a_cost(key="seats", description="Seats", price=Estimate.fixed(111)))
    return found


def _page(client, case, role=Role.FINANCE_ANALYST):
    person = make_person()
    access.grant_role(actor=SYSTEM, person_id=person.pk, role=role)
    client.force_login(person)
    return client.get(reverse("business_case:case", args=[case.slug])).content.decode()


def test_row_follows_every_edit(client, case):
    before = _page(client, case)
    dearer = replace(api.item_of(case, ItemKind.COST, "seats").value, price=Estimate.fixed(222), description="Chairs")
    api.change_item(actor=SYSTEM, case=case, value=dearer, seen_revision=1)
    after = _page(client, case)
    assert ("Seats" in before, "Seats" in after) == (True, False)
    assert ("Chairs" in before, "Chairs" in after) == (False, True)


def test_row_of_a_reader_offers_no_change_though_an_editor_saw_the_same(client, case):
    address = reverse("business_case:line", args=[case.slug, "cost", case.cost_lines.get().pk])
    assert f'href="{address}"' in _page(client, case)
    assert f'href="{address}"' not in _page(client, case, Role.EXECUTIVE)


def test_row_is_in_the_language_of_each_reader():
    with translation.override("en"):
        english = line_row(ROW, "cost", True)
    with translation.override("de"):
        assert line_row(ROW, "cost", True) is not english
    with translation.override("en"):
        assert line_row(ROW, "cost", True) is english


def test_row_shows_what_was_typed_as_text():
    drawn = line_row(replace(ROW, description="<b>Seats</b>", source="<script>"), "cost", True)
    assert "<b>" not in drawn
    assert "<script>" not in drawn
    assert "&lt;b&gt;Seats" in drawn
