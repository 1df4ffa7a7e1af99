"""The versions page: freezing, comparing, sharing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from mycelia.business_case import api
from mycelia.business_case.models import Case, ShareLink
from mycelia.business_case.types import CostCategory, CostLine, Driver, Estimate, ItemKind, Timing
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_case, make_complete_case

pytestmark = pytest.mark.django_db


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(make_holder(role))
    return client


def frozen(case: Case, title: str = "First"):
    return api.freeze_case(actor=SYSTEM, case=case, title=title)


def test_versions_page_of_a_new_case_says_what_to_do() -> None:
    text = client_of(Role.FINANCE_ANALYST).get(f"/case/{make_case().slug}/versions/").content.decode()
    assert "No version yet" in text


def test_analyst_freezes_a_version_and_an_executive_only_reads() -> None:
    case = make_complete_case()
    address = f"/case/{case.slug}/versions/"
    analyst, executive = client_of(Role.FINANCE_ANALYST), client_of(Role.EXECUTIVE)
    assert executive.post(address, {"title": "Mine"}).status_code == 403
    assert analyst.post(address, {"title": ""}).status_code == 422
    assert analyst.post(address, {"title": "For the <b>committee</b>"}).status_code == 302
    text = executive.get(address).content.decode()
    assert "For the &lt;b&gt;committee" in text
    assert "Freeze a version" not in text


def test_comparison_names_what_changed_with_both_values_and_the_effect() -> None:
    case = make_complete_case(start=date(2026, 1, 1))
    frozen(case)
    option = case.options.get(is_preferred=True).key
    line = CostLine("new", CostCategory.SUPPORT, "Help desk", option=option, price=Estimate.fixed(1000))
    api.add_item(actor=SYSTEM, case=case, value=line)
    text = client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/versions/?before=1&after=0").content.decode()
    assert "The draft compared with Version 1" in text
    assert "Help desk" in text
    assert "-1,000" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_comparison_says_values_in_words_part_by_part() -> None:
    case = make_complete_case(start=date(2026, 1, 1))
    option = case.options.get(is_preferred=True).key
    price = Estimate.triangular(Decimal(8), Decimal(10), Decimal(15))
    line = CostLine("new", CostCategory.SUPPORT, "Help desk", option=option, price=Estimate.fixed(1000))
    api.add_item(actor=SYSTEM, case=case, value=line)
    frozen(case)
    line = replace(line, price=price, driver=Driver.HEADCOUNT, timing=Timing(2, 5))
    api.change_item(actor=SYSTEM, case=case, value=line, seen_revision=1)
    frozen(case, "Second")
    client = client_of(Role.EXECUTIVE)
    text = client.get(f"/case/{case.slug}/versions/?before=1&after=2").content.decode()
    compared = unescape(re.sub(r"<[^>]+>", "", text[text.index('id="comparison"') :]))
    for words in (
        "Price: 1,000 8 to 15, most likely 10 (triangular)",
        "Times: nothing else people in scope",
        "First month: 0 2",
        "Last month: – 5",
    ):
        assert words in compared
    assert "shape" not in compared
    assert '<option value="2" selected>2: Second</option>' in text


def test_version_can_be_read_as_it_was_frozen_by_readers_of_its_case_alone() -> None:
    case = make_complete_case(start=date(2026, 1, 1))
    frozen(case, "For the <b>committee</b>")
    api.change_item(
        actor=SYSTEM, case=case, value=replace(api.item_of(case, ItemKind.TERMS).value, name="Later"), seen_revision=1
    )
    address = f"/case/{case.slug}/versions/1/"
    text = client_of(Role.EXECUTIVE).get(address).content.decode()
    assert "For the &lt;b&gt;committee" in text
    assert "Later" not in text[text.index('id="years"') :]
    assert "Version 1 of Sales training" in text
    assert 'href=""' not in text
    assert client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/versions/2/").status_code == 404
    assert client_of(Role.AUTHOR).get(address).status_code == 403


@pytest.mark.parametrize("query", ["before=1&after=99", "before=77&after=1"])
def test_comparison_with_a_version_that_does_not_exist_is_not_there(query: str) -> None:
    case = make_complete_case()
    frozen(case)
    assert client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/versions/?{query}").status_code == 404


@pytest.mark.parametrize(
    "query", ["before=x&after=1", "before=1", "before=-1&after=1", "before=٣&after=1", "before=9999999999&after=1"]
)
def test_comparison_of_rubbish_is_left_out(query: str) -> None:
    case = make_complete_case()
    frozen(case)
    response = client_of(Role.EXECUTIVE).get(f"/case/{case.slug}/versions/?{query}")
    assert response.status_code == 200
    assert "compared with" not in response.content.decode()


def test_link_is_shown_once_opens_one_version_and_closes() -> None:
    case = make_complete_case()
    frozen(case)
    analyst = client_of(Role.FINANCE_ANALYST)
    answer = analyst.post(f"/case/{case.slug}/versions/shares/", {"version": "1", "days": "3"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    found = re.search(r"http://[^<\s]+/case/shared/([^<\s]+)/", answer.content.decode())
    assert found is not None
    path = f"/case/shared/{found.group(1)}/"
    shown = Client().get(path).content.decode()
    assert case.name in shown
    assert 'href=""' not in shown
    assert found.group(1) not in analyst.get(f"/case/{case.slug}/versions/").content.decode()
    link = ShareLink.objects.get()
    assert client_of(Role.EXECUTIVE).post(f"/case/{case.slug}/versions/shares/{link.pk}/revocation/").status_code == 403
    assert analyst.post(f"/case/{case.slug}/versions/shares/{link.pk}/revocation/").status_code == 302
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("days", ["0", "91", "x", ""])
def test_link_for_an_impossible_time_is_refused(days: str) -> None:
    case = make_complete_case()
    frozen(case)
    answer = client_of(Role.FINANCE_ANALYST).post(f"/case/{case.slug}/versions/shares/", {"version": "1", "days": days})
    assert answer.status_code == 422
    assert not ShareLink.objects.exists()


def test_link_of_another_case_cannot_be_closed_here() -> None:
    mine, other = make_complete_case(), make_complete_case()
    api.share_version(actor=SYSTEM, version=frozen(other), days=3)
    link = ShareLink.objects.get()
    address = f"/case/{mine.slug}/versions/shares/{link.pk}/revocation/"
    assert client_of(Role.FINANCE_ANALYST).post(address).status_code == 404
