from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from mycelia.config.observability.measures import exposition
from mycelia.kernel import clock
from mycelia.records import api
from mycelia.records.models import DeadLetter, Destination
from tests.factories.records import make_statement
from tests.factories.stores import SYSTEM, make_dead_letter, make_destination, other_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def store():
    with other_store() as store:
        yield store


def stored(count):
    with clock.frozen(clock.now() - timedelta(seconds=2)):
        return [str(one) for one in api.store([make_statement() for _ in range(count)])]


def answer(*arguments):
    out = StringIO()
    call_command("records_forward", *(str(one) for one in arguments), stdout=out)
    return json.loads(out.getvalue())


def test_list_says_how_each_stands_without_secrets(store):
    stored(3)
    number = make_dead_letter(make_destination(store.url), uuid4())
    (found,) = answer("list")
    assert (found["destination_id"], found["waiting"], found["dead_letters"]) == (number, 3, 1)
    assert 1 < found["lag_seconds"] < 3600
    assert "s3cret-word" not in json.dumps(found)


def test_run_sends_what_waits_to_one_or_all(store):
    ids = stored(3)
    first, second = make_destination(store.url), make_destination(store.url, name="Second")
    assert [one["delivered"] for one in answer("run", first)] == [3]
    assert [(one["destination_id"], one["delivered"]) for one in answer("run")] == [(first, 0), (second, 3)]
    assert store.order == ids


def test_run_that_fails_prints_why_and_ends_with_1(store, capsys):
    stored(1)
    number = make_destination(store.url)
    store.plan = [500]
    with pytest.raises(SystemExit) as ended:
        call_command("records_forward", "run", str(number))
    assert ended.value.code == 1
    assert "500" in json.loads(capsys.readouterr().out)[0]["failure"]


def test_replay_pause_resume_and_rewind(store):
    (one, other) = stored(2)
    number = make_destination(store.url)
    store.refuses = {one, other}
    answer("run", number)
    assert DeadLetter.objects.count() == 2
    assert answer("replay", number, "--statement", one) == {"id": number, "replayed": 1}
    assert answer("replay", number) == {"id": number, "replayed": 2}
    store.refuses = set()
    answer("pause", number)
    assert answer("run", number)[0]["delivered"] == 0
    answer("resume", number)
    assert answer("run", number)[0]["delivered"] == 2
    answer("rewind", number)
    assert answer("run", number)[0]["delivered"] == 2
    assert store.order == [one, other]


def test_aside_makes_a_dead_letter_of_the_next_statement(store):
    (one, other) = stored(2)
    number = make_destination(store.url)
    with pytest.raises(CommandError, match="does not come next"):
        call_command("records_forward", "aside", str(number), "--statement", other)
    assert answer("aside", number) == {"id": number, "set_aside": one}
    assert answer("aside", number, "--statement", other) == {"id": number, "set_aside": other}
    with pytest.raises(CommandError, match="No statement waits"):
        call_command("records_forward", "aside", str(number))
    assert DeadLetter.objects.count() == 2


@pytest.mark.parametrize("verb", ["run", "aside", "replay", "pause", "resume", "rewind"])
def test_destination_that_does_not_exist_is_named(verb):
    with pytest.raises(CommandError, match="no such destination"):
        call_command("records_forward", verb, "2000000001")


@pytest.mark.django_db(transaction=True)
def test_measures_say_how_each_stands(store):
    stored(2)
    number = make_dead_letter(make_destination(store.url, name='A "quoted" name'), uuid4())
    measured = exposition().decode()
    label = '{destination="A \\"quoted\\" name"}'
    assert f"mycelia_forwarding_waiting{label} 2.0" in measured
    assert f"mycelia_forwarding_dead_letters{label} 1.0" in measured
    assert f"mycelia_forwarding_paused{label} 0.0" in measured
    api.run_forwarding(number)
    api.pause_destination(actor=SYSTEM, destination_id=number)
    measured = exposition().decode()
    assert f"mycelia_forwarding_delivered_total{label} 2.0" in measured
    assert f"mycelia_forwarding_lag_seconds{label} 0.0" in measured
    assert f"mycelia_forwarding_paused{label} 1.0" in measured


def test_statements_taken_in_from_a_file_with_an_old_place_are_sent_too(store):
    number = make_destination(store.url)
    ids = stored(2)
    answer("run", number)
    before = Destination.objects.get().rewinds
    old = {**make_statement(), "id": str(uuid4()), "stored": "2026-01-02T03:04:05Z"}
    line = json.dumps(old).encode()
    done = api.import_statements(actor=SYSTEM, lines=lambda: [line], name="old.ndjson", progress=lambda *_: None)
    assert done.new == 1
    assert Destination.objects.get().rewinds == before + 1
    answer("run", number)
    assert set(store.statements) == {old["id"], *ids}
