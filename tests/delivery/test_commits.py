from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.test import Client

from mycelia.delivery.api import launch_item, player_url, record_commits, replay, retake_attempt, state_of
from mycelia.delivery.calc.messages import parse_messages
from mycelia.delivery.errors import UnknownSession
from mycelia.delivery.events import AttemptProgressed
from mycelia.delivery.models import Attempt, TrackingEntry
from mycelia.delivery.statements import milestone_name
from mycelia.delivery.types import LessonStatus
from mycelia.kernel import events
from mycelia.records.api import origin_of, statements_for_registration, store
from mycelia.records.types import Scope
from tests.factories.delivery import learner_actor, make_attempt, make_package
from tests.factories.packages import Blueprint, Part
from tests.factories.people import make_person
from tests.xapi import Lrs, a_statement

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt() -> Attempt:
    return make_attempt()


@pytest.fixture
def learner(client: Client, attempt: Attempt) -> Client:
    client.force_login(attempt.learner, backend="django.contrib.auth.backends.ModelBackend")
    return client


def launch(attempt: Attempt) -> UUID:
    return launch_item(learner_actor(attempt.learner), attempt_id=attempt.pk).session


def message(session: UUID, sequence: int, kind: str = "saved", **elements: str) -> dict[str, Any]:
    named = {name.replace("__", "."): value for name, value in elements.items()}
    return {"session": str(session), "sequence": sequence, "kind": kind, "elements": named, "elapsed": sequence}


def post(client: Client, attempt: Attempt, *entries: dict[str, Any]) -> Any:
    return client.post(f"{player_url(attempt.pk)}commits/", {"entries": entries}, content_type="application/json")


def send(attempt: Attempt, *entries: dict[str, Any]) -> None:
    commits = parse_messages(json.dumps({"entries": entries}).encode())
    record_commits(learner_actor(attempt.learner), attempt_id=attempt.pk, commits=commits)
    attempt.refresh_from_db()


def told(attempt: Attempt) -> list[str]:
    payloads = [json.loads(one.payload) for one in statements_for_registration(attempt.registration)]
    return [payload["verb"]["id"].rsplit("/", 1)[-1] for payload in payloads]


def test_message_is_in_the_journal_word_for_word_when_it_is_answered(learner: Client, attempt: Attempt) -> None:
    session = launch(attempt)
    sent = message(session, 1, "committed", cmi__suspend_data="漢\ud800\x00", cmi__unheard_of="x")
    response = post(learner, attempt, sent)
    assert response.status_code == 200
    assert response.json()["receipts"] == [{"session": str(session), "sequence": 1, "superseded": False}]
    assert json.loads(TrackingEntry.objects.get(session=session, sequence=1).message) == sent


def test_message_sent_twice_is_answered_alike_and_kept_once(learner: Client, attempt: Attempt) -> None:
    session = launch(attempt)
    first = post(learner, attempt, message(session, 1, cmi__core__lesson_location="a"))
    second = post(learner, attempt, message(session, 1, cmi__core__lesson_location="changed"))
    assert first.json()["receipts"] == second.json()["receipts"]
    assert TrackingEntry.objects.filter(session=session, sequence=1).count() == 1
    attempt.refresh_from_db()
    assert state_of(attempt).items["only"].location == "a"


def test_messages_out_of_order_give_the_state_of_the_right_order(attempt: Attempt) -> None:
    session = launch(attempt)
    send(attempt, message(session, 3, cmi__core__lesson_location="third"))
    send(attempt, message(session, 1, cmi__core__lesson_location="first"))
    send(attempt, message(session, 2, cmi__core__lesson_location="second"))
    assert state_of(attempt).items["only"].location == "third"


def test_attempt_of_another_learner_does_not_exist(client: Client, attempt: Attempt) -> None:
    client.force_login(make_person(), backend="django.contrib.auth.backends.ModelBackend")
    session = launch(attempt)
    assert client.get(player_url(attempt.pk)).status_code == 404
    assert client.post(f"{player_url(attempt.pk)}sessions/", {}, "application/json").status_code == 404
    assert post(client, attempt, message(session, 1)).status_code == 404
    assert not TrackingEntry.objects.filter(sequence=1).exists()


def test_learner_who_is_signed_out_is_sent_to_sign_in(client: Client, attempt: Attempt) -> None:
    response = post(client, attempt, message(launch(attempt), 1))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")
    assert not TrackingEntry.objects.filter(sequence=1).exists()


def test_commit_without_the_token_against_forgery_is_refused(attempt: Attempt) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(attempt.learner, backend="django.contrib.auth.backends.ModelBackend")
    assert post(strict, attempt, message(launch(attempt), 1)).status_code == 403


def test_session_of_another_attempt_is_refused(learner: Client, attempt: Attempt) -> None:
    other = make_attempt(learner=attempt.learner, activity_iri="https://example.com/other")
    assert post(learner, attempt, message(launch(other), 1)).status_code == 409
    with pytest.raises(UnknownSession):
        send(attempt, message(uuid4(), 1))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"[]", 422),
        (b'{"entries": []}', 422),
        (b'{"entries": [{"session": "x"}]}', 422),
        (b'{"entries": [NaN]}', 422),
        (b"[" * 100_000, 422),
        (b"\xff\xfe", 422),
        (b'{"entries": "' + b"x" * 1_100_000 + b'"}', 413),
    ],
)
def test_body_that_is_no_message_is_refused(learner: Client, attempt: Attempt, body: bytes, status: int) -> None:
    response = learner.post(f"{player_url(attempt.pk)}commits/", body, content_type="application/json")
    assert response.status_code == status


@pytest.mark.parametrize(
    "wrong",
    [
        {"sequence": 0},
        {"sequence": True},
        {"sequence": "1"},
        {"kind": "launched"},
        {"kind": "nonsense"},
        {"kind": []},
        {"elements": []},
        {"elements": {"a": 1}},
        {"elements": {"a": "x" * 300_000}},
        {"elapsed": -1},
        {"elapsed": "soon"},
        {"more": 1},
        {"session": None},
    ],
)
def test_message_with_a_wrong_field_is_refused(learner: Client, attempt: Attempt, wrong: dict[str, Any]) -> None:
    assert post(learner, attempt, {**message(launch(attempt), 1), **wrong}).status_code == 422


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "0e999999999", "9" * 5000])
def test_score_that_is_no_sane_number_is_kept_word_for_word_and_counts_nothing(
    learner: Client, attempt: Attempt, number: str
) -> None:
    session = launch(attempt)
    bounds = {"cmi__core__score__min": number, "cmi__core__score__max": number}
    sent = message(session, 1, "finished", cmi__core__score__raw=number, **bounds, cmi__core__session_time=number)
    assert post(learner, attempt, sent).status_code == 200
    assert json.loads(TrackingEntry.objects.get(session=session, sequence=1).message) == sent
    assert replay(attempt.pk).differences == ()


@pytest.mark.parametrize("body", [b"[" * 4096, b"[]", b'{"item": 1}', b"\xff"])
def test_launch_asked_for_in_nonsense_is_refused(learner: Client, attempt: Attempt, body: bytes) -> None:
    response = learner.post(f"{player_url(attempt.pk)}sessions/", body, content_type="application/json")
    assert response.status_code == 422
    assert response.json()["type"] == "urn:mycelia:problem:commit_malformed"


def test_sequence_beyond_the_limit_is_refused(learner: Client, attempt: Attempt) -> None:
    assert post(learner, attempt, message(launch(attempt), 20_001)).status_code == 413


def test_journal_over_its_size_takes_no_more(learner: Client, attempt: Attempt) -> None:
    session = launch(attempt)
    Attempt.objects.filter(pk=attempt.pk).update(journal_bytes=300 * 1024 * 1024)
    assert post(learner, attempt, message(session, 1)).status_code == 413


def test_older_window_is_told_that_a_newer_one_took_over(learner: Client, attempt: Attempt) -> None:
    older, newer = launch(attempt), launch(attempt)
    answers = post(learner, attempt, message(older, 1), message(newer, 1)).json()["receipts"]
    assert [one["superseded"] for one in answers] == [True, False]


def test_completion_is_told_once_with_its_score(attempt: Attempt, django_capture_on_commit_callbacks: Any) -> None:
    seen: list[AttemptProgressed] = []
    events.subscribe(AttemptProgressed)(seen.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            session = launch(attempt)
            done = {"cmi__core__lesson_status": "passed", "cmi__core__score__raw": "85"}
            send(attempt, message(session, 1, "initialized"), message(session, 2, "finished", **done))
            send(attempt, message(session, 3, "closed"), message(session, 20_000, "left"))
    finally:
        events._handlers[AttemptProgressed.name()].remove(seen.append)
    assert [(one.completed, one.passed) for one in seen] == [(False, None), (True, True)]
    assert str(seen[-1].score_scaled) == "0.8500"
    assert told(attempt) == ["initialized", "passed", "completed", "terminated"]


@pytest.mark.parametrize("registration", [False, True])
def test_learner_whose_statements_somebody_foresaw_goes_on_and_all_is_told(
    learner: Client, attempt: Attempt, registration: bool
) -> None:
    """Whoever sees the address of the player knows the attempt, and its statements the registration."""
    context = {"registration": str(attempt.registration)} if registration else {}

    def take(*keys: str) -> None:
        foreseen = [a_statement(id=str(milestone_name(attempt.pk, key)), context=context) for key in keys]
        assert Lrs(Scope.STATEMENTS_WRITE).post(foreseen).status_code == 200

    take("initialized", "passed", "completed")
    opened = learner.post(f"{player_url(attempt.pk)}sessions/", {}, content_type="application/json")
    assert opened.status_code == 201
    session = TrackingEntry.objects.latest("pk").session
    take(f"left:{session.hex}")
    done = message(session, 1, "finished", cmi__core__lesson_status="passed")
    assert post(learner, attempt, done, message(session, 20_000, "left")).status_code == 200
    attempt.refresh_from_db()
    assert (attempt.completed_at is not None, attempt.passed) == (True, True)
    own = [verb for verb in told(attempt) if verb != "attended"]
    assert own == ["initialized", "passed", "completed", "terminated"]


def test_what_was_told_is_not_told_again_when_the_journal_is_replayed(attempt: Attempt) -> None:
    """Told under the names alone, as it once was, or under identifiers with the secret."""
    name, context = milestone_name(attempt.pk, "initialized"), {"registration": str(attempt.registration)}
    store([a_statement(id=str(name), context=context)])
    send(attempt, message(launch(attempt), 1, "finished", cmi__core__lesson_status="passed"))
    verbs = told(attempt)
    assert verbs == ["attended", "passed", "completed"]
    Attempt.objects.filter(pk=attempt.pk).update(state="{}")
    assert replay(attempt.pk).repaired
    assert told(attempt) == verbs


def test_statements_carry_the_registration_and_lead_back_to_the_attempt(attempt: Attempt) -> None:
    launch(attempt)
    (statement,) = statements_for_registration(attempt.registration)
    payload = json.loads(statement.payload)
    assert payload["context"]["registration"] == str(attempt.registration)
    assert payload["object"]["id"] == attempt.activity_iri
    assert str(attempt.course_registration) in json.dumps(payload["context"]["extensions"])
    assert origin_of(attempt.registration) == f"/learn/attempts/{attempt.pk}/record/"


def test_leaving_and_coming_back_is_told_as_suspended_and_resumed(attempt: Attempt) -> None:
    send(attempt, message(launch(attempt), 20_000, "left"))
    launch(attempt)
    assert told(attempt) == ["initialized", "suspended", "resumed"]


def test_progress_of_several_parts_is_told_sparsely() -> None:
    files = {"a.html": "a", "b.html": "b"}
    parts = (Part("a", "a.html", scorm_type="asset"), Part("b", "b.html", scorm_type="asset"))
    attempt = make_attempt(make_package(Blueprint(parts=parts, files=files)))
    actor = learner_actor(attempt.learner)
    for name in ("a", "a", "b"):
        session = launch_item(actor, attempt_id=attempt.pk, item=name).session
        send(attempt, message(session, 1, "viewed"), message(session, 2, "closed"))
    assert told(attempt) == ["initialized", "progressed", "completed"]


def test_resume_opens_the_part_the_learner_was_in(attempt: Attempt) -> None:
    files = {"a.html": "a", "b.html": "b"}
    parts = (Part("a", "a.html", scorm_type="asset"), Part("b", "b.html", scorm_type="asset"))
    attempt = make_attempt(make_package(Blueprint(parts=parts, files=files)))
    actor = learner_actor(attempt.learner)
    assert launch_item(actor, attempt_id=attempt.pk).item == "a"
    assert launch_item(actor, attempt_id=attempt.pk, item="b").item == "b"
    assert launch_item(actor, attempt_id=attempt.pk).item == "b"
    assert launch_item(actor, attempt_id=attempt.pk, item="no such part").item == "b"


def test_starting_again_resumes_the_same_attempt_and_a_retake_is_another(attempt: Attempt) -> None:
    send(attempt, message(launch(attempt), 1, "finished"))
    again = make_attempt(attempt.package, learner=attempt.learner, course_registration=attempt.course_registration)
    assert again == attempt
    other = retake_attempt(learner_actor(attempt.learner), attempt_id=attempt.pk)
    send(other, message(launch(other), 1, "finished", cmi__core__lesson_status="failed"))
    attempt.refresh_from_db()
    assert (attempt.is_completed, other.is_completed) == (True, False)
    assert other.registration != attempt.registration


def test_replay_of_an_untouched_attempt_finds_nothing(attempt: Attempt) -> None:
    send(attempt, message(launch(attempt), 1, "finished", cmi__core__score__raw="70"))
    assert replay(attempt.pk).differences == ()


def test_replay_repairs_a_state_that_was_tampered_with(attempt: Attempt) -> None:
    send(attempt, message(launch(attempt), 1, "finished", cmi__core__score__raw="70"))
    told_before = told(attempt)
    Attempt.objects.filter(pk=attempt.pk).update(state="{}", completed_at=None, score_scaled=None)
    found = replay(attempt.pk, repair=False)
    assert "completed" in found.differences
    assert not found.repaired
    assert replay(attempt.pk).repaired
    attempt.refresh_from_db()
    assert attempt.is_completed
    assert state_of(attempt).items["only"].record is LessonStatus.COMPLETED
    assert told(attempt) == told_before


def test_replay_command_reports_as_json(attempt: Attempt, capsys: pytest.CaptureFixture[str]) -> None:
    launch(attempt)
    Attempt.objects.filter(pk=attempt.pk).update(state="{}")
    call_command("attempts_replay", "--all", "--json")
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["attempt"] == str(attempt.pk)
    assert lines[0]["repaired"] is True
    assert lines[-1] == {"replayed": 1, "differing": 1}


def test_record_page_shows_the_journal_to_its_learner(learner: Client, attempt: Attempt) -> None:
    send(attempt, message(launch(attempt), 1, cmi__core__lesson_location="page-5"))
    page = learner.get(f"{player_url(attempt.pk)}record/")
    assert page.status_code == 200
    assert "page-5" in page.content.decode()


def test_player_page_needs_no_more_queries_than_for_one_attempt(
    learner: Client, attempt: Attempt, django_assert_max_num_queries: Any
) -> None:
    learner.get(player_url(attempt.pk))
    with django_assert_max_num_queries(8):
        assert learner.get(player_url(attempt.pk)).status_code == 200


def test_commit_costs_a_bounded_number_of_queries(attempt: Attempt, django_assert_max_num_queries: Any) -> None:
    session = launch(attempt)
    send(attempt, *[message(session, number) for number in range(1, 40)])
    with django_assert_max_num_queries(10):
        send(attempt, message(session, 40, cmi__core__lesson_location="x"))
