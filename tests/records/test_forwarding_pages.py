from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.policy import Role
from mycelia.kernel.tasks import run_pending
from mycelia.records import api
from mycelia.records.models import DeadLetter, DeliveryCount, Destination
from mycelia.records.tasks import forward_due
from mycelia.records.types import BROKEN_AFTER, AgentKey, Scope, Terms
from tests.factories.access import make_holder
from tests.factories.people import make_person
from tests.factories.records import make_statement
from tests.factories.stores import SYSTEM, make_dead_letter, make_destination, other_store

pytestmark = pytest.mark.django_db
URL = "/platform/records/forwarding/"
GOOD = {
    "name": "Group LRS",
    "endpoint": "https://LRS.example.com/xapi",
    "version": "1.0.3",
    "key": "mycelia",
    "secret": "s3cret-word",
}
PAGES = [
    "",
    "new/",
    "{}/",
    "{}/settings/",
    "{}/removal/",
    "{}/beginning/",
    "{}/refused/{}/",
    "{}/refused/{}/discard/",
    "{}/aside/{}/",
]
POSTS = ["{}/trial/", "{}/pause/", "{}/resumption/", "{}/replay/", "{}/refused/{}/replay/"]


@pytest.fixture
def administrator(client):
    person = make_holder(Role.IT_ADMINISTRATOR)
    client.force_login(person)
    return person


@pytest.fixture
def store():
    with other_store() as store:
        yield store


def stored(*changes):
    with clock.frozen(clock.now() - timedelta(seconds=1)):
        return api.store([make_statement(**change) for change in changes])


def text_of(answer):
    return answer.content.decode()


def test_destination_set_up_on_the_page_gets_what_is_stored(client, administrator, store):
    (one,) = stored({})
    answer = client.post(f"{URL}new/", {**GOOD, "endpoint": store.url})
    made = Destination.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}{made.pk}/")
    run_pending()
    assert store.order == [str(one)]
    text = text_of(client.get(f"{URL}{made.pk}/"))
    assert "Up to date" in text
    assert "Every statement" in text
    entry = AuditEntry.objects.get(action="records.destination.create")
    assert entry.actor_id == administrator.pk
    assert "s3cret-word" not in str(entry.details)


def test_secret_stands_on_no_page_and_in_no_log(client, administrator, store, caplog, capfd):
    stored({})
    number = make_destination(store.url)
    store.plan = [(500, {})]
    run_pending()
    api.run_forwarding(number)
    for path in PAGES[:6]:
        assert "s3cret-word" not in text_of(client.get(URL + path.format(number)))
    for change in ({"name": ""}, {"trial": "1"}):
        answer = client.post(f"{URL}new/", {**GOOD, "endpoint": store.url, **change})
        assert "s3cret-word" not in text_of(answer)
        assert "no-store" in answer["Cache-Control"]
    assert "s3cret-word" not in caplog.text + "".join(capfd.readouterr())


def test_filter_entered_is_kept_and_shown(client, administrator):
    person = make_person("ada@example.com", given_name="Ada", family_name="Byte")
    account = api.agent_for(person.pk)["account"]
    made = api.create_credential(actor=SYSTEM, name="Course player", terms=Terms(frozenset({Scope.ALL})))
    entered = {
        "agent": "ada@example.com",
        "related_agents": "on",
        "verb": "http://adlnet.gov/expapi/verbs/passed",
        "activity": "https://example.com/courses/1",
        "source": made.key,
        "since": "2026-01-31T09:30",
    }
    client.post(f"{URL}new/", {**GOOD, **entered})
    found = Destination.objects.get()
    assert found.agent == ["account", account["name"], account["homePage"]]
    assert found.authority[:2] == ["account", made.key]
    assert f"{found.since:%Y-%m-%dT%H:%M %Z}" == "2026-01-31T09:30 UTC"
    text = text_of(client.get(f"{URL}{found.pk}/"))
    for words in ("Ada Byte, also where only related", "Course player", entered["verb"], "2026-01-31 09:30:00"):
        assert words in text
    shown = text_of(client.get(f"{URL}{found.pk}/settings/"))
    assert account["name"] in shown
    again = {**GOOD, **entered, "agent": account["name"], "secret": "", "endpoint": found.endpoint}
    assert client.post(f"{URL}{found.pk}/settings/", again).status_code == 302
    changed = Destination.objects.get()
    assert (changed.agent, changed.authority, changed.since) == (found.agent, found.authority, found.since)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "required"),
        ({"name": "a\x07b"}, "printable"),
        ({"endpoint": "lrs"}, "https://lrs.example.com"),
        ({"endpoint": "ftp://lrs.example.com/"}, "must begin with"),
        ({"endpoint": "http://169.254.169.254/latest/"}, "link-local"),
        ({"version": "0.9"}, "not one of the available choices"),
        ({"key": "a:b"}, "colon"),
        ({"secret": ""}, "required"),
        ({"secret": "a\x07b"}, "The secret is 1 to"),
        ({"secret": "x" * 1001}, "at most 1000"),
        ({"verb": "passed"}, "begins with a scheme"),
        ({"activity": "course"}, "begins with a scheme"),
        ({"source": "nobody"}, "not one of the available choices"),
        ({"since": "yesterday"}, "Enter a day"),
    ],
)
def test_form_with_a_mistake_says_it_and_sets_nothing_up(client, administrator, change, words):
    answer = client.post(f"{URL}new/", {**GOOD, **change})
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Destination.objects.exists()


def test_name_that_is_taken_is_refused(client, administrator):
    make_destination("https://lrs.example.com/")
    answer = client.post(f"{URL}new/", GOOD)
    assert answer.status_code == 422
    assert "Another destination has that name" in text_of(answer)


def test_connection_is_tried_from_the_form_and_what_was_entered_stays(client, administrator, store):
    answer = client.post(f"{URL}new/", {**GOOD, "endpoint": store.url, "trial": "1"})
    text = text_of(answer)
    assert answer.status_code == 200
    assert "speaks 1.0.3, 2.0.0" in text
    assert "knows the credential" in text
    assert not Destination.objects.exists()
    assert [(method, path) for method, path, *_ in store.requests] == [
        ("GET", "/lrs/about"),
        ("GET", "/lrs/statements?limit=1"),
    ]
    sealed = re.search(r'name="sealed" value="([^"]+)"', text)[1]
    client.post(f"{URL}new/", {**GOOD, "endpoint": store.url, "secret": "", "sealed": sealed})
    assert api.target_of(Destination.objects.get()).secret == "s3cret-word"


@pytest.mark.parametrize(
    ("about", "reading", "words"),
    [
        ((200, {"version": ["0.95"]}), 200, "but not 1.0.3"),
        ((200, {"hello": 1}), 200, "no record store"),
        ((404, {}), 200, "nothing at this address"),
        ((200, {"version": ["1.0.3"]}), 401, "does not know the credential"),
        ((200, {"version": ["1.0.3"]}), 403, "may not read there"),
    ],
)
def test_connection_tried_says_what_is_wrong(client, administrator, store, about, reading, words):
    store.about, store.reading = about, reading
    number = make_destination(store.url)
    assert words in text_of(client.post(f"{URL}{number}/trial/"))
    assert Destination.objects.get().failures == 0


def test_connection_to_nothing_says_so(client, administrator):
    number = make_destination("http://127.0.0.1:9/xapi/")
    assert "No connection could be made" in text_of(client.post(f"{URL}{number}/trial/"))


def test_secret_kept_goes_to_no_other_address(client, administrator, store):
    number = make_destination("https://lrs.example.com/")
    for change in ({}, {"trial": "1"}):
        answer = client.post(f"{URL}{number}/settings/", {**GOOD, "endpoint": store.url, "secret": "", **change})
        assert answer.status_code == 422
        assert "Enter the secret again" in text_of(answer)
    assert store.requests == []
    assert Destination.objects.get().endpoint == "https://lrs.example.com/"


def test_pause_holds_it_and_resumption_sends_at_once(client, administrator, store):
    stored({})
    number = make_destination(store.url)
    client.post(f"{URL}{number}/pause/")
    forward_due(0)
    run_pending()
    assert store.posts == 0
    assert "Paused" in text_of(client.get(URL))
    client.post(f"{URL}{number}/resumption/")
    run_pending()
    assert store.posts == 1
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    ours = [one for one in actions if one.startswith("records.destination")]
    assert ours == [f"records.destination.{verb}" for verb in ("create", "pause", "resume")]


def test_jobs_of_a_minute_send_to_every_destination_that_is_due(client, administrator, store):
    stored({})
    for name in ("A", "B"):
        make_destination(store.url, name=name)
    late = make_destination(store.url, name="C")
    Destination.objects.filter(pk=late).update(next_attempt_at=clock.now() + timedelta(hours=1))
    forward_due(0)
    forward_due(0)
    assert run_pending() == 2
    assert store.posts == 2


def test_dead_letters_are_shown_replayed_and_given_up(client, administrator, store):
    ids = [str(one) for one in stored({}, {}, {"result": {"response": "<script>alert(1)</script>"}})]
    store.refuses = set(ids[1:])
    number = make_destination(store.url)
    api.run_forwarding(number)
    text = text_of(client.get(f"{URL}{number}/"))
    assert "Your &lt;statement&gt; is not to my taste" in text
    letter = f"{URL}{number}/refused/{ids[2]}/"
    shown = text_of(client.get(letter))
    assert "<script>alert" not in shown
    assert "&lt;script&gt;alert" in shown
    client.post(f"{letter}replay/")
    assert "To be sent again" in text_of(client.get(letter))
    run_pending()
    assert DeadLetter.objects.get(statement_id=ids[2]).attempts == 2
    store.refuses = {ids[2]}
    client.post(f"{URL}{number}/replay/")
    run_pending()
    assert [str(one.statement_id) for one in DeadLetter.objects.all()] == [ids[2]]
    assert client.get(f"{letter}discard/").status_code == 200
    assert client.post(f"{letter}discard/").status_code == 302
    assert not DeadLetter.objects.exists()
    assert client.get(letter).status_code == 404
    entries = AuditEntry.objects.filter(action__startswith="records.dead_letter").order_by("pk")
    actions = entries.values_list("action", flat=True)
    assert list(actions) == [f"records.dead_letter.{verb}" for verb in ("replay", "replay_all", "discard")]
    assert api.any_statement(ids[2])


def test_statement_that_holds_up_the_others_is_set_aside_from_the_page(client, administrator, store):
    ids = [str(one) for one in stored({}, {})]
    number = make_destination(store.url)
    store.breaks_over = {ids[0]}
    assert "/aside/" not in text_of(client.get(f"{URL}{number}/"))
    api.run_forwarding(number)
    Destination.objects.update(consecutive_failures=BROKEN_AFTER)
    text = text_of(client.get(f"{URL}{number}/"))
    assert "Keeps failing" in text
    assert f"{URL}{number}/aside/{ids[0]}/" in text
    assert "becomes a dead letter of Group LRS" in text_of(client.get(f"{URL}{number}/aside/{ids[0]}/"))
    answer = client.post(f"{URL}{number}/aside/{ids[1]}/", follow=True)
    assert "does not come next any more" in text_of(answer)
    assert not DeadLetter.objects.exists()
    client.post(f"{URL}{number}/aside/{ids[0]}/")
    run_pending()
    assert store.order == [ids[1]]
    assert [str(one.statement_id) for one in DeadLetter.objects.all()] == [ids[0]]
    assert AuditEntry.objects.filter(action="records.destination.set_aside").count() == 1


def test_beginning_anew_asks_first_and_doubles_nothing(client, administrator, store):
    (one,) = stored({})
    number = make_destination(store.url)
    api.run_forwarding(number)
    store.statements.clear()
    assert client.get(f"{URL}{number}/beginning/").status_code == 200
    assert Destination.objects.get().cursor_stored is not None
    client.post(f"{URL}{number}/beginning/")
    run_pending()
    run_pending()
    assert list(store.statements) == [str(one)]
    assert AuditEntry.objects.filter(action="records.destination.rewind").exists()


def test_removal_asks_first_and_takes_everything_along(client, administrator):
    number = make_dead_letter(make_destination("https://lrs.example.com/"), uuid4())
    assert "dead letters (1) go" in text_of(client.get(f"{URL}{number}/removal/"))
    assert Destination.objects.exists()
    assert client.post(f"{URL}{number}/removal/")["Location"] == URL
    assert not Destination.objects.exists()
    assert not DeadLetter.objects.exists()


def test_list_says_what_waits_and_since_when(client, administrator):
    assert "Nothing is forwarded" in text_of(client.get(URL))
    stored({}, {}, {})
    make_destination("https://lrs.example.com/")
    text = text_of(client.get(URL))
    assert re.search(r'data-label="Waiting"[^>]*>3<', text)
    assert "Sending" in text


def test_list_needs_as_many_queries_for_many_as_for_one(client, administrator, django_assert_max_num_queries):
    stored({}, {})
    for number in range(50):
        make_destination("https://lrs.example.com/", name=f"Store {number}")
    client.get(URL)
    with django_assert_max_num_queries(12):
        text = text_of(client.get(URL))
    assert len(re.findall(r'data-label="Waiting"[^>]*>2<', text)) == 50
    answer = client.post(f"{URL}new/", GOOD)
    assert answer.status_code == 422
    assert "There are 50 destinations" in text_of(answer)


def test_detail_charts_what_was_delivered_by_hour(client, administrator):
    number = make_destination("https://lrs.example.com/")
    assert 'id="delivery"' not in text_of(client.get(f"{URL}{number}/"))
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    for back, delivered in ((0, 1200), (23, 30), (24, 7000)):
        DeliveryCount.objects.create(
            destination_id=number, since=hour - timedelta(hours=back), delivered=delivered, refused=2, failures=1
        )
    text = text_of(client.get(f"{URL}{number}/"))
    assert "1,230 statements delivered in 24 hours, 4 refused, 2 attempts failed" in text
    assert f"{hour:%Y-%m-%d %H:%M}" in text
    assert "7,000" not in text


def test_detail_with_many_dead_letters_is_paged(client, administrator, django_assert_max_num_queries):
    number = make_destination("https://lrs.example.com/", agent=AgentKey("mbox", "mailto:nobody@example.com"))
    for _ in range(60):
        make_dead_letter(number, uuid4())
    client.get(f"{URL}{number}/")
    with django_assert_max_num_queries(20):
        text = text_of(client.get(f"{URL}{number}/"))
    assert text.count("Not to my taste") == 50
    assert text_of(client.get(f"{URL}{number}/?page=2")).count("Not to my taste") == 10


@pytest.mark.parametrize("path", PAGES[2:] + POSTS)
def test_what_does_not_exist_is_not_found(client, administrator, path):
    method = client.post if path in POSTS else client.get
    assert method(URL + path.format(2000000001, uuid4())).status_code == 404


@pytest.mark.parametrize("path", PAGES + POSTS)
def test_forwarding_is_closed_to_everybody_else(client, path):
    (one,) = stored({})
    number = make_dead_letter(make_destination("https://lrs.example.com/"), one)
    others = [role for role in Role if role not in {Role.IT_ADMINISTRATOR, Role.LEARNER, Role.MANAGER}]
    client.force_login(make_holder(*others))
    before = list(Destination.objects.values()), list(DeadLetter.objects.values())
    for method in (client.get, client.post):
        assert method(URL + path.format(number, one), GOOD).status_code in {403, 405}
    assert (list(Destination.objects.values()), list(DeadLetter.objects.values())) == before


def test_pages_ask_for_the_token_of_the_form(administrator):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    assert strict.post(f"{URL}new/", GOOD).status_code == 403
    assert not Destination.objects.exists()
