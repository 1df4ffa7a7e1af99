"""The comments page: who reads a case asks and answers beside its numbers."""

from __future__ import annotations

import pytest
from django.test import Client

from mycelia.business_case import api
from mycelia.business_case.models import Comment
from mycelia.kernel.policy import Role
from tests.factories.access import make_holder
from tests.factories.business_case import SYSTEM, make_complete_case

pytestmark = pytest.mark.django_db


def client_of(role: Role) -> Client:
    client = Client()
    client.force_login(make_holder(role))
    return client


def test_comment_is_written_resolved_and_opened_again() -> None:
    case = make_complete_case()
    line = case.cost_lines.get()
    address = f"/case/{case.slug}/comments/"
    executive, analyst = client_of(Role.EXECUTIVE), client_of(Role.FINANCE_ANALYST)
    assert "Nothing is said yet" in executive.get(address).content.decode()
    assert executive.post(address, {"item": line.key, "text": "Is <b>this</b> the new price?"}).status_code == 302
    text = analyst.get(f"{address}?item={line.key}").content.decode()
    assert "Is &lt;b&gt;this&lt;/b&gt; the new price?" in text
    assert "About “All of it”." in text
    comment = Comment.objects.get()
    assert analyst.post(f"{address}{comment.pk}/resolution/").status_code == 302
    assert "resolved by" in executive.get(address).content.decode()
    assert executive.post(f"{address}{comment.pk}/reopening/").status_code == 302
    assert Comment.objects.get().resolved_at is None


@pytest.mark.parametrize(
    "typed", [{"item": "terms", "text": " "}, {"item": "no-such", "text": "x"}, {"item": "terms", "text": "x" * 4001}]
)
def test_comment_that_says_nothing_or_is_about_nothing_is_sent_back(typed: dict[str, str]) -> None:
    case = make_complete_case()
    response = client_of(Role.EXECUTIVE).post(f"/case/{case.slug}/comments/", typed)
    assert response.status_code == 422
    assert not Comment.objects.exists()


def test_comments_of_another_case_are_not_reached_here() -> None:
    mine, other = make_complete_case(), make_complete_case()
    comment = api.add_comment(actor=SYSTEM, case=other, item="terms", text="Why?")
    client = client_of(Role.EXECUTIVE)
    assert client.post(f"/case/{mine.slug}/comments/{comment.pk}/resolution/").status_code == 404
    assert "Why?" not in client.get(f"/case/{mine.slug}/comments/?item=nothing").content.decode()


def test_many_comments_are_paged() -> None:
    case = make_complete_case()
    for number in range(27):
        api.add_comment(actor=SYSTEM, case=case, item="terms", text=f"Question {number:02}")
    client = client_of(Role.EXECUTIVE)
    assert "Question 00" not in client.get(f"/case/{case.slug}/comments/?item=terms").content.decode()
    assert "Question 00" in client.get(f"/case/{case.slug}/comments/?item=terms&page=2").content.decode()


def test_comments_on_a_line_stand_beside_its_form_and_lead_back_to_it() -> None:
    case = make_complete_case()
    line = case.cost_lines.get()
    form, comments = f"/case/{case.slug}/costs/{line.pk}/", f"/case/{case.slug}/comments/"
    analyst = client_of(Role.FINANCE_ANALYST)
    assert "Nothing is said yet" in analyst.get(form).content.decode()
    answer = analyst.post(comments, {"item": line.key, "text": "Which price is this?", "next": f"{form}#comments"})
    assert answer.url == f"{form}#comments"
    api.add_comment(actor=SYSTEM, case=case, item="terms", text="About all of it")
    page = analyst.get(form).content.decode()
    assert "Which price is this?" in page
    assert "About all of it" not in page
    resolution = f"{comments}{Comment.objects.get(item=line.key).pk}/resolution/"
    assert analyst.post(resolution, {"next": "//elsewhere.example/"}).url == comments
    for number in range(6):
        api.add_comment(actor=SYSTEM, case=case, item=line.key, text=f"Remark {number}")
    page = analyst.get(form).content.decode()
    assert "Show 2 more" in page
    assert "Which price is this?" not in page
