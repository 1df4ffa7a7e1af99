"""Statements are sent on at least once, in order, whatever the other store does."""

from __future__ import annotations

import time
from base64 import b64decode
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from threading import Event
from uuid import uuid4

import pytest
from django.db import connection, transaction

from mycelia.audit.models import AuditEntry
from mycelia.kernel import clock
from mycelia.kernel.tasks import run_pending
from mycelia.records import api
from mycelia.records.actions import exchange, forwarding, noting, storing
from mycelia.records.actions.erasure import Named
from mycelia.records.actions.rewinding import go_back
from mycelia.records.errors import StatementNotNext
from mycelia.records.models import DeadLetter, DeliveryCount, Destination
from mycelia.records.queries import forwarding as forwarding_queries
from mycelia.records.queries import selection
from mycelia.records.queries.consistency import LATE_MILLISECONDS
from mycelia.records.tasks import forward_soon
from mycelia.records.types import BROKEN_AFTER, AgentKey, Cursor
from tests.factories.people import make_person
from tests.factories.records import make_statement
from tests.factories.stores import SYSTEM, make_dead_letter, make_destination, other_store

pytestmark = pytest.mark.django_db
in_threads = pytest.mark.django_db(transaction=True)
LATE = (LATE_MILLISECONDS + 50) / 1000
VOIDED = "http://adlnet.gov/expapi/verbs/voided"


@pytest.fixture
def store():
    with other_store() as store:
        yield store


def stored(*changes, **options):
    """Store statements a moment ago, so that they are settled, and return their identifiers."""
    with clock.frozen(clock.now() - timedelta(seconds=LATE)):
        return [str(one) for one in api.store([make_statement(**change) for change in changes], **options)]


def run(number, seconds=60):
    return api.run_forwarding(number, seconds=seconds)


def again(number):
    """Run although it was to wait."""
    Destination.objects.filter(pk=number).update(next_attempt_at=None)
    return run(number)


def row(number):
    return Destination.objects.get(pk=number)


def letters(number):
    return {str(one.statement_id): one for one in DeadLetter.objects.filter(destination=number)}


def voiding(statement_id):
    return {
        "verb": {"id": VOIDED, "display": {"en": "voided"}},
        "object": {"objectType": "StatementRef", "id": statement_id},
    }


def test_statements_arrive_once_and_in_order_with_voided_and_voiding_ones(store):
    ids = stored(*({} for _ in range(250)))
    ids += stored(voiding(ids[3]))
    number = make_destination(store.url)
    report = run(number)
    assert (report.delivered, report.refused, report.failure) == (251, 0, "")
    assert store.order == ids
    assert store.posts == 3
    assert run(number).delivered == 0
    assert store.posts == 3
    found = row(number)
    assert (found.delivered, found.consecutive_failures, found.last_error) == (251, 0, "")
    assert found.last_success_at is not None
    assert DeliveryCount.objects.get().delivered == 251


def test_requests_carry_version_and_credential_and_nothing_else(store):
    stored({})
    run(make_destination(store.url, version="2.0.0"))
    (_method, path, headers, _length) = store.requests[0]
    assert path == "/lrs/statements"
    assert headers["X-Experience-API-Version"] == "2.0.0"
    assert b64decode(headers["Authorization"].removeprefix("Basic ")) == b"mycelia:s3cret-word"
    assert headers["Content-Type"] == "application/json"
    assert "Cookie" not in headers


@in_threads
def test_statement_of_a_write_under_way_is_not_passed_over(store):
    known = str(api.store([make_statement()])[0])
    time.sleep(LATE)
    number = make_destination(store.url)
    begun, go_on = Event(), Event()

    def slowly():
        try:
            with transaction.atomic():
                (one,) = api.store([make_statement()])
                begun.set()
                go_on.wait(30)
            return str(one)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slowly)
        assert begun.wait(30)
        later = str(api.store([make_statement()])[0])
        time.sleep(LATE)
        assert run(number).delivered == 1
        go_on.set()
        earlier = slow.result(30)
    time.sleep(LATE)
    assert run(number).delivered == 2
    assert store.order == [known, earlier, later]


@in_threads
def test_everything_written_while_it_is_sent_arrives(store):
    number, done = make_destination(store.url), Event()

    def write():
        try:
            return [str(one) for _ in range(15) for one in api.store([make_statement() for _ in range(7)])]
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(write) for _ in range(3)]
        while not done.is_set():
            if all(writer.done() for writer in writers):
                time.sleep(LATE)
                done.set()
            assert run(number).failure == ""
        sent = [one for writer in writers for one in writer.result()]
    assert sorted(store.order) == sorted(sent)


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (500, "500 (it broke)"),
        (502, "502"),
        (404, "nothing at this address"),
        ((302, {"Location": "http://elsewhere.example/"}), "redirections are not followed"),
        ("drop", "broke before there was a whole answer"),
        ("garbage", "broke before there was a whole answer"),
        ("deaf", "broke before there was a whole answer"),
        ("portal", "no record store"),
        ("flood", "no record store"),
        ("silence", "no whole answer within"),
        ("drip", "no whole answer within"),
    ],
)
def test_store_that_fails_is_tried_again_and_nothing_is_lost(store, monkeypatch, way, words):
    monkeypatch.setattr(exchange, "ANSWER_SECONDS", 1.0)
    ids = stored({}, {})
    number = make_destination(store.url)
    store.plan = [way]
    report = run(number)
    assert words in report.failure
    found = row(number)
    assert found.next_attempt_at > clock.now()
    assert (found.last_error, found.consecutive_failures, found.pause_reason) == (report.failure, 1, "")
    assert not letters(number)
    before = store.posts
    assert run(number).delivered == 0
    assert store.posts == before
    assert again(number).delivered == 2
    assert sorted(store.statements) == sorted(ids)
    assert row(number).consecutive_failures == 0


def test_store_that_is_not_there_is_named_so():
    stored({})
    with other_store() as store:
        gone = store.url
    number = make_destination(gone)
    assert "No connection could be made" in run(number).failure
    assert row(number).failures == 1


def test_failures_in_a_row_wait_ever_longer(store):
    stored({})
    number = make_destination(store.url)
    store.plan = [503] * 4
    waits = []
    for _ in range(4):
        again(number)
        waits.append((row(number).next_attempt_at - clock.now()).total_seconds())
    assert waits[0] <= 15
    assert 55 <= waits[3] <= 120


@pytest.mark.parametrize("status", [429, 503])
def test_store_that_asks_for_a_pause_gets_it(store, status):
    stored({})
    number = make_destination(store.url)
    store.plan = [(status, {"Retry_After": "600"})]
    run(number)
    wait = row(number).next_attempt_at - clock.now()
    assert timedelta(seconds=590) < wait <= timedelta(seconds=600)


def test_statement_refused_alone_becomes_a_dead_letter_and_the_others_arrive(store):
    ids = stored(*({} for _ in range(40)))
    store.refuses = {ids[7], ids[31]}
    number = make_destination(store.url)
    report = run(number)
    assert (report.delivered, report.refused) == (38, 2)
    assert store.order == [one for one in ids if one not in store.refuses]
    found = letters(number)
    assert set(found) == store.refuses
    assert (found[ids[7]].status, found[ids[7]].attempts) == (400, 1)
    assert "not to my taste" in found[ids[7]].reason
    assert row(number).refused == 2
    assert run(number) == api.run_forwarding(number)


def test_statement_that_is_there_in_another_form_counts_as_delivered(store):
    ids = stored({}, {}, {})
    store.statements[ids[1]] = {"id": ids[1], "actor": "somebody"}
    number = make_destination(store.url)
    assert run(number).delivered == 3
    assert not letters(number)
    assert store.statements[ids[1]]["actor"] == "somebody"


def test_body_too_large_for_a_store_is_halved(store):
    ids = stored(*({} for _ in range(20)))
    store.largest_body = 2500
    number = make_destination(store.url)
    assert run(number).delivered == 20
    assert store.order == ids


def test_statement_over_which_a_store_keeps_breaking_is_set_aside_once_a_later_one_is_taken(store):
    ids = stored({}, {}, {})
    store.breaks_over = {ids[1]}
    number = make_destination(store.url)
    for _ in range(BROKEN_AFTER):
        again(number)
    assert not letters(number)
    assert (again(number).delivered, set(letters(number))) == (2, {ids[1]})
    assert letters(number)[ids[1]].status == 500


@pytest.mark.parametrize(("guilty", "total"), [(6, 8), (6, 150), (120, 122)])
def test_many_statements_in_a_row_over_which_a_store_breaks_do_not_block(store, guilty, total):
    ids = stored(*({} for _ in range(total)))
    store.breaks_over = set(ids[:guilty])
    number = make_destination(store.url)
    Destination.objects.filter(pk=number).update(consecutive_failures=BROKEN_AFTER)
    again(number)
    assert letters(number)
    Destination.objects.filter(pk=number, consecutive_failures__gt=0).update(consecutive_failures=BROKEN_AFTER)
    again(number)
    assert set(letters(number)) == store.breaks_over
    assert sorted(store.order) == sorted(ids[guilty:])


def test_store_that_breaks_over_everything_is_asked_a_few_times_and_says_so(store):
    ids = stored(*({} for _ in range(150)))
    store.breaks_over = set(ids)
    number = make_destination(store.url)
    Destination.objects.filter(pk=number).update(consecutive_failures=BROKEN_AFTER)
    assert "It took none of 10 statements" in again(number).failure
    assert store.posts < 20
    assert not letters(number)
    assert row(number).next_attempt_at > clock.now()


def test_statement_that_comes_next_is_set_aside_and_no_other(store):
    ids = stored({}, {}, {})
    number = make_destination(store.url)
    store.plan = [503]
    run(number)
    with pytest.raises(StatementNotNext):
        api.set_statement_aside(actor=SYSTEM, destination_id=number, statement_id=ids[1])
    assert not letters(number)
    api.set_statement_aside(
        actor=SYSTEM, destination_id=number, statement_id=api.next_statement(row(number)).statement_id
    )
    assert (letters(number)[ids[0]].status, row(number).next_attempt_at) == (None, None)
    assert run(number).delivered == 2
    assert store.order == ids[1:]
    entry = AuditEntry.objects.get(action="records.destination.set_aside")
    assert entry.details["statement_id"] == ids[0]


def test_store_that_is_broken_altogether_costs_no_statement(store):
    ids = stored({}, {}, {})
    number = make_destination(store.url)
    store.breaks_over = set(ids)
    for _ in range(BROKEN_AFTER + 2):
        again(number)
    assert not letters(number)
    store.breaks_over = set()
    assert again(number).delivered == 3


@pytest.mark.parametrize("status", [401, 403])
def test_store_that_refuses_the_credential_pauses_it(store, status):
    stored({})
    number = make_destination(store.url)
    store.plan = [status]
    run(number)
    assert row(number).pause_reason == "credential_refused"
    assert not letters(number)
    assert run(number).delivered == 0
    api.resume_destination(actor=SYSTEM, destination_id=number)
    assert run(number).delivered == 1


def test_store_that_refuses_everything_pauses_it_before_all_are_dead_letters(store, monkeypatch):
    monkeypatch.setattr(forwarding, "BATCH", 10)
    monkeypatch.setattr(noting, "MOST_REFUSED_IN_A_ROW", 10)
    ids = stored(*({} for _ in range(14)))
    store.refuses = set(ids)
    number = make_destination(store.url)
    run(number)
    assert row(number).pause_reason == "everything_refused"
    assert len(letters(number)) == 10
    store.refuses = set()
    api.resume_destination(actor=SYSTEM, destination_id=number)
    api.replay_dead_letters(actor=SYSTEM, destination_id=number)
    assert run(number).delivered == 14
    assert not letters(number)
    assert sorted(store.statements) == sorted(ids)


def test_dead_letter_replayed_is_delivered_or_stays(store):
    (bad, _good) = stored({}, {})
    store.refuses = {bad}
    number = make_destination(store.url)
    run(number)
    for _ in range(2):
        api.replay_dead_letter(actor=SYSTEM, destination_id=number, statement_id=bad)
        run(number)
    assert (letters(number)[bad].attempts, letters(number)[bad].is_replaying) == (3, False)
    store.refuses = set()
    run(number)
    assert bad in letters(number)
    api.replay_dead_letter(actor=SYSTEM, destination_id=number, statement_id=bad)
    assert run(number).delivered == 1
    assert not letters(number)
    assert bad in store.statements


@pytest.mark.parametrize("way", [500, "silence"])
def test_dead_letter_that_cannot_be_sent_again_holds_up_nothing(store, monkeypatch, way):
    monkeypatch.setattr(exchange, "ANSWER_SECONDS", 0.5)
    (bad,) = stored({})
    number = make_destination(store.url)
    store.refuses = {bad}
    run(number)
    api.replay_dead_letters(actor=SYSTEM, destination_id=number)
    api.store([make_statement()])
    time.sleep(LATE)
    store.plan = [way]
    run(number)
    assert (row(number).delivered, row(number).consecutive_failures) == (1, 0)
    assert (letters(number)[bad].is_replaying, letters(number)[bad].attempts) == (False, 2)


def test_dead_letter_over_which_a_store_breaks_again_stays_and_the_others_go_on(store):
    ids = stored(*({} for _ in range(4)))
    number = make_destination(store.url)
    store.refuses = set(ids[:2])
    run(number)
    store.refuses, store.breaks_over = set(), {ids[0]}
    api.replay_dead_letters(actor=SYSTEM, destination_id=number)
    report = run(number)
    assert (report.delivered, report.refused, report.failure) == (1, 1, "")
    found = letters(number)
    assert set(found) == {ids[0]}
    assert (found[ids[0]].is_replaying, found[ids[0]].status, found[ids[0]].attempts) == (False, 500, 2)
    assert "500" in found[ids[0]].reason
    assert row(number).next_attempt_at is None


@pytest.mark.parametrize("status", [400, 500])
def test_fifty_dead_letters_refused_again_stop_nothing(store, status):
    count = noting.MOST_REFUSED_IN_A_ROW
    ids = stored(*({} for _ in range(count + 1)))
    number = make_destination(store.url)
    store.refuses = set(ids[:count])
    run(number)
    if status == 500:
        store.refuses, store.breaks_over = set(), store.refuses
    api.replay_dead_letters(actor=SYSTEM, destination_id=number)
    assert run(number, seconds=60).refused == count
    found = row(number)
    assert (found.pause_reason, found.refused_in_a_row, found.consecutive_failures) == ("", 0, 0)
    assert {(one.is_replaying, one.attempts) for one in letters(number).values()} == {(False, 2)}
    api.store([make_statement()])
    time.sleep(LATE)
    assert run(number).delivered == 1


def test_run_ends_in_time_and_queues_the_rest(store, monkeypatch):
    monkeypatch.setattr(forwarding, "RUN_SECONDS", 0.0)
    ids = stored(*({} for _ in range(250)))
    number = make_destination(store.url)
    forward_soon(number)
    assert run_pending(limit=1) == 1
    assert store.order == ids[:100]
    assert run_pending() == 3
    assert store.order == ids


def test_run_ends_in_time_although_a_batch_is_refused_one_by_one(store):
    ids = stored(*({} for _ in range(40)))
    store.refuses = set(ids[1:])
    number = make_destination(store.url)
    report = run(number, seconds=0)
    assert report.is_more
    assert store.order == ids[:1]
    assert store.posts < 10
    while run(number, seconds=0).is_more:
        pass
    assert set(letters(number)) == store.refuses


def test_dead_letter_whose_statement_is_gone_says_so(store):
    number = make_destination(store.url)
    missing = uuid4()
    make_dead_letter(number, missing)
    api.replay_dead_letter(actor=SYSTEM, destination_id=number, statement_id=missing)
    run(number)
    assert letters(number)[str(missing)].reason == "The statement is no longer in the store."
    api.discard_dead_letter(actor=SYSTEM, destination_id=number, statement_id=missing)
    assert not letters(number)


def test_runner_stopped_before_it_could_note_sends_again_and_nothing_is_twice(store, monkeypatch):
    ids = stored(*({} for _ in range(150)))
    number = make_destination(store.url)

    def killed(*given):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(forwarding, "note", killed)
        with pytest.raises(SystemExit):
            run(number)
    assert len(store.order) == 100
    assert run(number).delivered == 150
    assert store.order == ids


def test_cursor_set_back_while_a_batch_is_sent_stays_back(store, monkeypatch):
    ids = stored(*({} for _ in range(3)))
    number = make_destination(store.url)
    first, real = api.any_statement(ids[0]).stored, forwarding.deliver

    def meanwhile(*given, **named):
        go_back(first)
        return real(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(forwarding, "deliver", meanwhile)
        run(number)
    assert row(number).cursor_stored is None
    assert run(number).delivered == 3
    go_back(first)
    assert run(number).delivered == 3
    assert store.order == ids


@in_threads
def test_second_runner_leaves_a_destination_alone_while_the_first_sends(store):
    stored({})
    number = make_destination(store.url)
    asked, go_on = Event(), Event()
    store.on_post = lambda ids: (asked.set(), go_on.wait(30))[0]

    def first():
        try:
            return run(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(first)
        assert asked.wait(30)
        assert run(number).is_busy
        go_on.set()
        assert running.result(30).delivered == 1
    assert store.posts == 1


@in_threads
def test_open_run_does_not_hold_up_readers_of_the_store(store):
    """A transaction held while another store is waited for would keep everything from settling."""
    stored({})
    number = make_destination(store.url)
    seen = []

    def look(ids):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND state LIKE 'idle in transaction%%'"
            )
            seen.append(cursor.fetchone()[0])
        connection.close()

    store.on_post = look
    run(number)
    assert seen == [0]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"verb": "http://adlnet.gov/expapi/verbs/failed"}, {1}),
        ({"activity": "https://example.com/courses/2"}, {2}),
        ({"activity": "https://example.com/courses/2", "related_activities": True}, {2, 3}),
        ({"agent": AgentKey("mbox", "mailto:bob@example.com")}, {4}),
        ({"agent": AgentKey("mbox", "mailto:bob@example.com"), "related_agents": True}, {4, 5}),
        ({"authority": AgentKey("mbox", "mailto:lms@example.com")}, {6}),
    ],
)
def test_only_what_the_filter_names_is_sent(store, wanted, expected):
    bob = {"objectType": "Agent", "mbox": "mailto:bob@example.com"}
    ids = stored(
        {},
        {"verb": {"id": "http://adlnet.gov/expapi/verbs/failed"}},
        {"object": {"id": "https://example.com/courses/2"}},
        {"context": {"contextActivities": {"parent": [{"id": "https://example.com/courses/2"}]}}},
        {"actor": bob},
        {"context": {"instructor": bob}},
    )
    lms = {"objectType": "Agent", "mbox": "mailto:lms@example.com"}
    ids += stored({}, authority=lms)
    number = make_destination(store.url, **wanted)
    run(number)
    assert {ids.index(one) for one in store.statements} == expected
    found = row(number)
    assert api.waiting(found).count == 0
    # What does not match is passed over, not looked through again.
    assert Cursor(found.cursor_stored, 0) > api.any_statement(ids[-1]).cursor


def test_only_what_was_stored_after_a_moment_is_sent(store):
    (first,) = stored({})
    ids = stored({})
    moment = api.any_statement(first).stored
    run(make_destination(store.url, since=moment))
    assert store.order == ids


def test_voiding_that_came_before_its_statement_goes_along_with_it(store):
    early, verb = str(uuid4()), "http://adlnet.gov/expapi/verbs/failed"
    number = make_destination(store.url, verb=verb)
    (void,) = stored(voiding(early))
    run(number)
    assert store.order == []
    api.store([make_statement(id=early, verb={"id": verb})])
    time.sleep(LATE)
    run(number)
    assert sorted(store.order) == sorted([early, void])


def test_what_refers_to_a_statement_of_a_source_goes_along_only_from_that_source_and_moment(store):
    early, verb = str(uuid4()), "http://adlnet.gov/expapi/verbs/failed"
    ours, theirs = ({"objectType": "Agent", "mbox": f"mailto:{name}@example.com"} for name in ("ours", "theirs"))
    stored(voiding(early), authority=ours)
    (moment,) = stored({}, authority=ours)
    wanted = {"verb": verb, "authority": AgentKey("mbox", "mailto:ours@example.com")}
    number = make_destination(store.url, since=api.any_statement(moment).stored, **wanted)
    stored({"object": {"objectType": "StatementRef", "id": early}}, authority=theirs)
    (mine,) = stored({"object": {"objectType": "StatementRef", "id": early}}, authority=ours)
    run(number)
    api.store([make_statement(id=early, verb={"id": verb})], authority=ours)
    time.sleep(LATE)
    run(number)
    assert sorted(store.order) == sorted([early, mine])


def test_all_that_referred_to_a_statement_before_it_came_goes_along_page_by_page(store, monkeypatch):
    monkeypatch.setattr(forwarding_queries, "MOST_READ", 3)
    early, verb = str(uuid4()), "http://adlnet.gov/expapi/verbs/failed"
    number = make_destination(store.url, verb=verb)
    ids = stored(*({"object": {"objectType": "StatementRef", "id": early}} for _ in range(7)))
    run(number)
    api.store([make_statement(id=early, verb={"id": verb})])
    time.sleep(LATE)
    store.plan = [None, None, 503]
    run(number)
    assert row(number).consecutive_failures == 1
    store.refuses = {ids[5]}
    again(number)
    assert sorted(store.order) == sorted([early, *ids[:5], ids[6]])
    assert set(letters(number)) == {ids[5]}


def test_earlier_statement_over_which_a_store_breaks_does_not_hold_up_what_it_refers_to(store):
    early, verb = str(uuid4()), "http://adlnet.gov/expapi/verbs/failed"
    number = make_destination(store.url, verb=verb)
    ids = stored(*({"object": {"objectType": "StatementRef", "id": early}} for _ in range(2)))
    run(number)
    api.store([make_statement(id=early, verb={"id": verb})])
    time.sleep(LATE)
    store.breaks_over = set(ids)
    run(number)
    assert not letters(number)
    Destination.objects.filter(pk=number).update(consecutive_failures=BROKEN_AFTER)
    assert again(number).failure == ""
    assert set(letters(number)) == set(ids)
    assert store.order == [early]


def test_large_statements_are_read_a_few_at_a_time(store, monkeypatch):
    monkeypatch.setattr(selection, "PAGE_BYTES", 3000)
    ids = stored(*({"result": {"response": "a" * 2000}} for _ in range(5)))
    number = make_destination(store.url)
    page, place = forwarding_queries.next_statements(row(number), 100)
    assert [str(one.statement_id) for one in page] == ids[:2]
    assert place == page[-1].cursor
    assert api.waiting(row(number)).count == 5
    assert run(number).delivered == 5
    assert store.order == ids


def test_attachments_go_along_and_those_elsewhere_by_their_address(store):
    content = b"certificate \r\n\x00\xff"
    here = sha256(content).hexdigest()
    common = {"usageType": "http://example.com/usage", "display": {"en": "Paper"}, "contentType": "text/plain"}
    statement = make_statement(
        id=str(uuid4()),
        attachments=[
            {**common, "length": len(content), "sha2": here},
            {**common, "length": 3, "sha2": "b" * 64, "fileUrl": "https://example.com/b.txt"},
        ],
    )
    with clock.frozen(clock.now() - timedelta(seconds=LATE)):
        vouching = api.platform_authority()
        storing.store_sent([statement], authority=vouching, version="1.0.3", attachments={here: content})
    ids = stored({})
    assert run(make_destination(store.url)).delivered == 2
    assert store.attachments == {here: content}
    assert store.order == [statement["id"], *ids]


def test_statement_of_2_0_does_not_say_so_to_a_store_of_1_0(store):
    (new,) = stored({"version": "2.0.0"}, version="2.0.0")
    (old,) = stored({"version": "1.0.0"})
    run(make_destination(store.url))
    assert "version" not in store.statements[new]
    assert store.statements[old]["version"] == "1.0.0"


def test_erased_people_are_sent_pseudonymised(store):
    person = make_person("gone@example.com", given_name="Gone", family_name="Person")
    (first,) = stored({"actor": {"objectType": "Agent", "name": "Gone Person", "mbox": "mailto:gone@example.com"}})
    number = make_destination(store.url, agent=AgentKey("mbox", "mailto:gone@example.com"))
    make_dead_letter(number, first, "mailto:gone@example.com is not known here")
    api.replay_dead_letters(actor=SYSTEM, destination_id=number)
    named = Named(person.pk, person.email, person.employee_number, "Gone Person")
    api.erase_person(actor=SYSTEM, person=named)
    assert letters(number)[first].reason == ""
    assert "gone@example.com" not in str(row(number).agent)
    assert run(number).delivered == 2
    sent = str(store.statements)
    assert "gone@example.com" not in sent
    assert "Gone" not in sent
    assert first in store.statements


def test_secret_is_sealed_and_lost_with_the_key_of_the_installation(store, settings):
    stored({})
    number = make_destination(store.url)
    assert b"s3cret-word" not in bytes(row(number).secret)
    settings.SECRET_KEY = "another one"
    assert "Enter it again" in run(number).failure
    assert row(number).pause_reason == "secret_lost"
    assert store.requests == []


def test_connection_kept_that_was_closed_meanwhile_is_made_anew(store):
    stored(*({} for _ in range(101)))
    number = make_destination(store.url)
    store.plan = [None, "deaf"]
    assert run(number).delivered == 101
    assert len(store.order) == 101
