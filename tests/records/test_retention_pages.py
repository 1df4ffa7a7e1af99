"""Ruling over retention by page: what a rule would remove, the rule, removing at once, the log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, Role
from mycelia.kernel.tasks import run_pending
from mycelia.records import api
from mycelia.records.actions.attachments import keep_attachments
from mycelia.records.models import Attachment, Statement
from tests.factories.access import make_holder
from tests.factories.records import make_statement

pytestmark = pytest.mark.django_db
URL = "/platform/records/retention/"
SYSTEM = Actor.system("test")


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR, given_name="Ira", family_name="Tech")
    client.force_login(person)
    return person


def _stored(year, month, count=1):
    with clock.frozen(datetime(year, month, 1, tzinfo=UTC)):
        api.store([make_statement() for _ in range(count)])


def _text(client, **query):
    answer = client.get(URL, query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_page_without_a_rule_says_that_everything_is_kept(client, administrator):
    _stored(2020, 1)
    text = _text(client)
    assert "Everything is kept for ever." in text
    assert "January 2020" in text
    assert "Remove now" not in text
    assert "Nothing was ruled or removed yet." in text


def test_rule_that_is_tried_shows_what_would_go_and_changes_nothing(client, administrator):
    _stored(2020, 1, count=3)
    _stored(2020, 2)
    text = _text(client, months="12")
    assert "2 months with 4 statements go: what was stored from 2020-01-01 until before 2020-03-01 (UTC)." in text
    assert text.count(">Goes<") == 2
    assert "Make this the rule" in text
    assert api.retention_months() is None
    assert "1 month with 3 statements goes" in _text(client, months=str(_months_since(2020, 2)))


def _months_since(year, month):
    now = clock.now()
    return now.year * 12 + now.month - year * 12 - month


def test_rule_is_made_and_taken_back_and_both_are_logged(client, administrator):
    assert client.post(f"{URL}rule/", {"months": "24"}).status_code == 302
    assert api.retention_months() == 24
    text = _text(client)
    assert "Statements are kept for 24 months." in text
    assert "Ira Tech" in text
    client.post(f"{URL}rule/", {"months": ""})
    assert api.retention_months() is None
    actors = AuditEntry.objects.filter(action="records.retention.rule").values_list("actor_id", flat=True)
    assert list(actors) == [administrator.pk] * 2


@pytest.mark.parametrize("months", ["0", "-1", "1201", "many", "9" * 400])
def test_rule_that_is_none_is_refused_with_the_form(client, administrator, months):
    assert client.post(f"{URL}rule/", {"months": months}).status_code == 422
    assert client.get(URL, {"months": months}).status_code == 422
    assert api.retention_months() is None


def test_removal_asks_first_and_then_removes_and_says_so(client, administrator):
    _stored(2020, 1, count=2)
    keep_attachments({"0" * 64: b"nobody's"})
    api.set_retention(actor=SYSTEM, months=12)
    assert "Remove now" in _text(client)
    asked = client.get(f"{URL}removal/").content.decode()
    assert "January 2020" in asked
    assert Statement.objects.count() == 2
    answer = client.post(f"{URL}removal/", {"confirmed": "yes"}, follow=True)
    assert "1 month was removed, with 2 statements." in answer.content.decode()
    assert "2020-01 removed: 2 statements" in answer.content.decode()
    assert Statement.objects.count() == 0
    assert "Nothing to remove" in client.get(f"{URL}removal/").content.decode()


def test_attachments_go_after_a_removal_by_page(client, administrator):
    _stored(2020, 1)
    keep_attachments({"0" * 64: b"nobody's"})
    api.set_retention(actor=SYSTEM, months=12)
    client.post(f"{URL}removal/", {"confirmed": "yes"})
    run_pending()
    assert not Attachment.objects.exists()
    assert "Attachments removed that no statement refers to any more: 1" in _text(client)


def test_big_month_is_estimated_and_said_to_be(client, administrator, monkeypatch):
    monkeypatch.setattr("mycelia.records.queries.retention.COUNTED_TO", 2)
    _stored(2020, 1, count=4)
    assert "with about 3 statements" in _text(client, months="1")


@pytest.mark.parametrize("role", [Role.TALENT_ADMINISTRATOR, Role.EXECUTIVE])
def test_retention_pages_are_for_it_administrators(client, role):
    _stored(2020, 1)
    api.set_retention(actor=SYSTEM, months=12)
    client.force_login(make_holder(role))
    for send, path in ((client.get, ""), (client.post, "rule/"), (client.get, "removal/"), (client.post, "removal/")):
        assert send(f"{URL}{path}").status_code == 403
    assert (api.retention_months(), Statement.objects.count()) == (12, 1)
