from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest

from mycelia.kernel import clock
from mycelia.kernel.errors import MyceliaError, Unavailable
from mycelia.kernel.policy import Actor, Role
from mycelia.records import api, errors
from mycelia.records.forms.sources import WINDOWS
from mycelia.records.models import CredentialUse
from mycelia.records.pages.credentials import outcome_words
from mycelia.records.pages.source_charts import share, throughput_chart
from mycelia.records.pages.sources import _end_of_step
from mycelia.records.queries import traffic
from mycelia.records.types import Step
from mycelia.ui.api import chart_svg
from tests.factories.access import make_holder
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db
URL = "/platform/records/sources/"


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR)
    client.force_login(person)
    return person


def _use(lrs, outcome, requests, **ago):
    CredentialUse.objects.create(
        credential_id=None if lrs is None else lrs.credential.credential_id,
        since=(clock.now() - timedelta(**ago)).replace(second=0, microsecond=0),
        outcome=outcome,
        requests=requests,
    )


def _chart(text, name):
    script = re.search(rf'<script[^>]*id="{name}-spec"[^>]*>(.*?)</script>', text, re.DOTALL)[1]
    return json.loads(unescape(script))["spec"]["datasets"]["requests"]


def _cells(text, name):
    row = text.split(f">{name}</a></th>")[1].split("</tr>")[0]
    return [unescape(re.sub("<[^>]*>", "", cell)).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]


def test_sources_say_what_is_sent_and_what_is_refused_and_why(client, administrator):
    player, other = Lrs(name="Player"), Lrs(name="Other")
    assert player.post([a_statement(), a_statement()]).status_code == 200
    assert player.post({"not": "a statement"}).status_code == 400
    api.write_counts()
    _use(player, "scope_missing", 3, minutes=5)
    text = client.get(URL).content.decode()
    assert _cells(text, "Player") == ["1", "4", "80 %", "Refused: scope missing", "2"]
    assert _cells(text, "Other") == ["0", "0", "0 %", "", "0"]
    assert text.index(">Player<") < text.index(">Other</a>")
    assert sum(bar["requests"] for bar in _chart(text, "throughput")) == 5
    assert [(bar["reason"], bar["requests"]) for bar in _chart(text, "refusals")] == [
        ("Refused: scope missing", 3),
        ("Refused: invalid statement", 1),
    ]
    assert "5 requests in the last 24 hours, 80 % of them refused" in text
    assert other.credential.secret not in text


def test_every_reason_to_refuse_a_request_has_words():
    """A code is for programs; the charts of sources and credentials are for people."""
    of_pages = re.compile("records_|credential_(?:refused|not_found)")
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, MyceliaError)]
    codes = {one.code for one in classes if one.__module__ == errors.__name__} | {Unavailable.code}
    asked = {code for code in codes if of_pages.match(code) is None}
    assert len(asked) > 20
    assert [code for code in sorted(asked) if outcome_words(code) == code] == []


def test_link_of_a_source_lists_just_its_statements(client, administrator):
    player, other = Lrs(name="Player"), Lrs(name="Other")
    (sent,) = player.post(a_statement()).json()
    other.post(a_statement())
    text = client.get(URL).content.decode()
    link = unescape(re.search(rf'href="([^"]*agent={player.credential.key}[^"]*)"', text)[1])
    assert re.findall(r'id="s-([0-9a-f-]{36})"', client.get(link).content.decode()) == [sent]


def test_one_source_has_its_own_charts_and_verbs(client, administrator):
    player, other = Lrs(name="Player"), Lrs(name="Other")
    player.post([a_statement(), a_statement(verb={"id": "http://example.com/verbs/juggled"})])
    _use(player, "accepted", 10, hours=1)
    _use(other, "accepted", 500, hours=1)
    text = client.get(URL, {"source": player.credential.credential_id}).content.decode()
    assert sum(bar["requests"] for bar in _chart(text, "throughput")) == 10
    assert "juggled" in text
    silent = client.get(URL, {"source": other.credential.credential_id}).content.decode()
    assert "It has sent no statements yet." in silent


@pytest.mark.parametrize(
    ("window", "found", "bars"), [("day", 1, 24), ("week", 11, 28), ("month", 111, 30), ("x", 1, 24)]
)
def test_windows_hold_what_falls_into_them(client, administrator, window, found, bars):
    player = Lrs(name="Player")
    for requests, days in ((1, 0), (10, 5), (100, 20), (1000, 40)):
        _use(player, "accepted", requests, days=days)
    drawn = _chart(client.get(URL, {"window": window}).content.decode(), "throughput")
    assert sum(bar["requests"] for bar in drawn) == found
    assert len({bar["at"] for bar in drawn}) == bars


def test_requests_without_a_known_credential_are_a_source_of_their_own(client, administrator):
    _use(None, "unauthenticated", 9, minutes=3)
    text = client.get(URL).content.decode()
    assert "No known credential" in text
    assert "Refused: wrong secret, or over" in text


def test_sources_without_any_say_what_to_do(client, administrator):
    text = client.get(URL).content.decode()
    assert "No sources yet" in text
    assert "No requests in this time" in text


@pytest.mark.parametrize(
    "query", ["source=0", "source=nonsense", "source=99999999999999999999", "page=x", "window=%00"]
)
def test_choices_that_are_none_do_not_narrow(client, administrator, query):
    Lrs(name="Player")
    assert client.get(f"{URL}?{query}").status_code == 200


def test_revoked_source_stays_only_while_its_requests_count(client, administrator):
    gone, busy = Lrs(name="Gone"), Lrs(name="Busy till lately")
    _use(busy, "accepted", 1, minutes=1)
    for lrs in (gone, busy):
        api.revoke_credential(actor=Actor.system("tests"), credential_id=lrs.credential.credential_id)
    text = client.get(URL).content.decode()
    assert ">Busy till lately</a>" in text
    assert ">Gone</a>" not in text


def test_name_of_a_source_is_escaped_everywhere(client, administrator):
    lrs = Lrs(name="</script><script>alert(1)</script>")
    _use(lrs, "accepted", 1, minutes=1)
    _use(lrs, "</script><b>", 1, minutes=1)
    assert "<script>alert" not in client.get(URL, {"source": lrs.credential.credential_id}).content.decode()


def test_statements_of_a_source_are_counted_only_so_far(client, administrator, monkeypatch):
    monkeypatch.setattr(traffic, "COUNTED_TO", 2)
    monkeypatch.setattr("mycelia.records.pages.sources.COUNTED_TO", 2)
    lrs = Lrs(name="Player")
    lrs.post([a_statement() for _ in range(5)])
    assert _cells(client.get(URL).content.decode(), "Player")[-1] == "over 2"


def test_sources_need_as_many_queries_for_many_as_for_one(client, administrator, django_assert_max_num_queries):
    for number in range(60):
        _use(Lrs(name=f"System {number}"), "accepted", 1, minutes=1)
    client.get(URL)
    with django_assert_max_num_queries(14):
        text = client.get(URL).content.decode()
    assert text.count(">System ") == 50 + 60


def test_step_under_way_is_the_last_one():
    now = datetime(2026, 3, 4, 13, 20, tzinfo=UTC)
    assert _end_of_step(now, timedelta(hours=1)) == datetime(2026, 3, 4, 14, tzinfo=UTC)
    assert _end_of_step(now, timedelta(hours=6)) == datetime(2026, 3, 4, 18, tzinfo=UTC)
    assert _end_of_step(now, timedelta(days=1)) == datetime(2026, 3, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("part", "whole", "words"), [(0, 9, "0 %"), (1, 5000, "< 0.1 %"), (4999, 5000, "> 99.9 %"), (5, 5, "100 %")]
)
def test_share_never_reads_as_none_or_all_unless_it_is(part, whole, words):
    assert share(part, whole) == words


def test_throughput_is_drawn_as_bars_as_tall_as_what_they_stand_for():
    start = datetime(2026, 3, 4, tzinfo=UTC)
    steps = [Step(start + timedelta(hours=hour), 100 * hour, 0) for hour in range(24)]
    svg = chart_svg(throughput_chart(steps, WINDOWS["day"], start.date())).decode()
    heights = [float(tall) for tall in re.findall(r'aria-roledescription="bar" d="M[^"]*?v(-?[\d.]+)', svg)]
    assert len([tall for tall in heights if tall > 1]) == 23
    assert max(heights) > 100
