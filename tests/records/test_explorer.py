from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import parse_qsl
from uuid import uuid4

import pytest

from mycelia.kernel.policy import Role
from mycelia.records import api
from mycelia.records.calc.requests import parameters_of
from mycelia.records.forms.statements import RecordsFilterForm
from mycelia.records.types import AgentKey, StatementFilter
from mycelia.records.xapi.reading import reading
from tests.factories.access import make_holder
from tests.factories.people import make_person
from tests.factories.records import make_statement
from tests.xapi import Lrs

pytestmark = pytest.mark.django_db
URL = "/platform/records/"
HTMX = {"HX-Request": "true"}
AGENTS = [
    AgentKey("mbox", "mailto:ada@example.com"),
    AgentKey("mbox_sha1sum", "0" * 40),
    AgentKey("openid", "https://ada.example.com/"),
    AgentKey("account", "17", "https://people.example.com"),
]


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR)
    client.force_login(person)
    return person


def _shown(text):
    return re.findall(r'id="s-([0-9a-f-]{36})"', text)


def _request(text):
    line = unescape(text.split("GET /xapi/statements")[1].split("\n")[0])
    return dict(parse_qsl(line.removeprefix("?")))


@pytest.mark.parametrize("agent", AGENTS)
def test_request_shown_is_read_as_the_same_filter(agent):
    wanted = StatementFilter(
        agent=agent,
        verb="http://example.com/verbs/ä b&c".replace(" ", "+"),
        activity="https://example.com/?a=1&b=%20#c",
        registration=uuid4(),
        related_agents=True,
        related_activities=True,
        since=datetime(2026, 1, 2, 3, 4, 5, 999999, UTC),
        until=datetime(2026, 2, 2, tzinfo=UTC),
        ascending=True,
        limit=7,
    )
    assert reading(parameters_of(wanted), "1.0.3").wanted == wanted
    assert reading(parameters_of(wanted), "2.0.0").wanted == wanted


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?agent=bob@example.com",
        "?verb=http://adlnet.gov/expapi/verbs/failed&limit=1",
        "?activity=https://example.com/courses/2&related_activities=on",
        "?activity=https://example.com/courses/2",
        "?ascending=on&limit=2",
        "?since=2020-01-01&until=2020-01-02",
        "?since=2020-01-01T10:00:00",
    ],
)
def test_request_shown_answers_with_the_same_statements(client, administrator, query):
    parent = {"contextActivities": {"parent": [{"id": "https://example.com/courses/2"}]}}
    api.store([make_statement(), make_statement(actor={"mbox": "mailto:bob@example.com"}, context=parent)])
    api.store([make_statement(verb={"id": "http://adlnet.gov/expapi/verbs/failed"}) for _ in range(2)])
    text = client.get(f"{URL}{query}").content.decode()
    answer = Lrs().send("GET", "statements", query=_request(text))
    assert answer.status_code == 200
    assert _shown(text) == [one["id"] for one in answer.json()["statements"]]


def test_request_shown_to_a_learner_names_their_account(client):
    ada = make_person("ada@example.com")
    client.force_login(ada)
    api.store([make_statement(actor=api.agent_for(ada.pk)), make_statement()])
    text = client.get(f"{URL}?agent=bob@example.com&related_agents=on").content.decode()
    assert len(_shown(text)) == 1
    asked = _request(text)
    assert api.account_of(ada.pk).value in asked["agent"]
    assert "related_agents" not in asked


def test_request_shown_cannot_break_out_of_the_page(client, administrator):
    text = client.get(f"{URL}?agent=</code><script>alert(1)</script>@x").content.decode()
    assert "<script>alert" not in text


@pytest.mark.parametrize("limit", ["0", "501", "-1", "many"])
def test_limit_out_of_range_is_said_and_does_not_narrow(client, administrator, limit):
    form = RecordsFilterForm({"limit": limit}, visible=api.VisibleStatements(sees_all=True))
    assert form.wanted.limit == 50
    assert "limit" in form.errors
    assert client.get(f"{URL}?limit={limit}").status_code == 200


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2026-01-31", datetime(2026, 1, 30, 23, 59, 59, 999999, UTC), datetime(2026, 1, 31, 23, 59, 59, 999999, UTC)),
        ("2026-01-31T09:30", datetime(2026, 1, 31, 9, 30, tzinfo=UTC), datetime(2026, 1, 31, 9, 30, tzinfo=UTC)),
        (
            "2026-01-31T09:30:00+02:00",
            datetime(2026, 1, 31, 7, 30, tzinfo=UTC),
            datetime(2026, 1, 31, 7, 30, tzinfo=UTC),
        ),
        ("", None, None),
    ],
)
def test_days_and_moments_bound_as_people_mean_them(text, since, until):
    wanted = RecordsFilterForm({"since": text, "until": text}, visible=api.VisibleStatements(sees_all=True)).wanted
    assert (wanted.since, wanted.until) == (since, until)


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "0001-01-01T00:00:00+23:59", "2026-01-01T25:00", "9" * 41])
def test_moment_that_is_none_is_said_next_to_its_field(client, administrator, text):
    form = RecordsFilterForm({"since": text}, visible=api.VisibleStatements(sees_all=True))
    assert form.wanted.since is None
    assert "since" in form.errors
    assert client.get(URL, {"since": text}).status_code == 200


def test_ascending_pages_lead_on_to_newer_ones(client, administrator):
    stored = [str(one) for one in api.store([make_statement() for _ in range(5)])]
    first = client.get(f"{URL}?ascending=on&limit=3").content.decode()
    onward = unescape(re.search(r'href="(\?[^"]*)" rel="next"', first)[1])
    second = client.get(f"{URL}{onward}").content.decode()
    assert _shown(first) + _shown(second) == stored
    assert "Newer" in first
    assert "Oldest" in second


def test_live_tail_answers_only_when_something_came(client, administrator):
    (first,) = api.store([make_statement()])
    text = client.get(f"{URL}?live=on").content.decode()
    poll = unescape(re.search(r'hx-get="(\?live[^"]*)"', text)[1])
    unchanged = client.get(f"{URL}{poll}", headers=HTMX)
    assert (unchanged.status_code, unchanged.content) == (204, b"")
    (second,) = api.store([make_statement()])
    changed = client.get(f"{URL}{poll}", headers=HTMX).content.decode()
    assert _shown(changed) == [str(second), str(first)]
    assert 'hx-swap-oob="true"' in changed
    assert unescape(re.search(r'hx-get="(\?live[^"]*)"', changed)[1]) != poll


def test_live_tail_without_htmx_is_the_whole_page(client, administrator):
    api.store([make_statement()])
    poll = unescape(re.search(r'hx-get="(\?live[^"]*)"', client.get(f"{URL}?live=on").content.decode())[1])
    assert "<html" in client.get(f"{URL}{poll}").content.decode()


def test_live_tail_shows_the_first_statement_of_an_empty_store(client, administrator):
    text = client.get(f"{URL}?live=on").content.decode()
    poll = unescape(re.search(r'hx-get="(\?live[^"]*)"', text)[1])
    api.store([make_statement()])
    assert len(_shown(client.get(f"{URL}{poll}", headers=HTMX).content.decode())) == 1


@pytest.mark.parametrize("query", ["", "?live=on&ascending=on", "?live=on&after=2020-01-01T00:00:00%2B00:00~1"])
def test_live_tail_is_off_unless_asked_for_and_never_where_the_newest_are_not_first(client, administrator, query):
    assert "every 5s" not in client.get(f"{URL}{query}").content.decode()


def test_live_tail_of_a_learner_brings_only_their_own(client):
    ada = make_person("ada@example.com")
    client.force_login(ada)
    (own,) = api.store([make_statement(actor=api.agent_for(ada.pk))])
    poll = unescape(re.search(r'hx-get="(\?live[^"]*)"', client.get(f"{URL}?live=on").content.decode())[1])
    api.store([make_statement()])
    assert client.get(f"{URL}{poll}", headers=HTMX).status_code == 204
    later = client.get(f"{URL}?live=on&seen={(datetime.now(UTC) - timedelta(days=1)).isoformat()}~1", headers=HTMX)
    assert _shown(later.content.decode()) == [str(own)]


def test_one_record_shows_the_request_that_reads_it(client, administrator):
    (one,) = api.store([make_statement()])
    text = client.get(f"{URL}{one}/").content.decode()
    assert _request(text) == {"statementId": str(one)}
    voiding = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    api.store([make_statement(verb=voiding, object={"objectType": "StatementRef", "id": str(one)})])
    asked = _request(client.get(f"{URL}{one}/").content.decode())
    assert asked == {"voidedStatementId": str(one)}
    assert Lrs().send("GET", "statements", query=asked).json()["id"] == str(one)
