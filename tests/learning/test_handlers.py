from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from mycelia.access.api import actor_for
from mycelia.delivery import api as delivery
from mycelia.delivery.calc.messages import parse_messages
from mycelia.delivery.models import Attempt
from mycelia.kernel import clock, events
from mycelia.learning import api
from mycelia.learning.models import Completion, LessonProgress
from mycelia.records import api as records
from tests.factories.content import lesson, make_course
from tests.factories.delivery import make_package
from tests.factories.learning import enrol
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
PLAYED = datetime(2026, 3, 31, 23, 50, tzinfo=UTC)


def play_to_the_end(person, enrolment, key):
    """Finish a package; what follows from it waits in the outbox, as the test's transaction never commits."""
    actor = actor_for(person)
    attempt = api.start_package(actor=actor, enrolment=enrolment, key=key, return_path="/learn/")
    session = delivery.launch_item(actor, attempt_id=attempt).session
    entry = {"session": str(session), "sequence": 1, "kind": "finished", "elements": {}}
    commits = parse_messages(json.dumps({"entries": [entry]}).encode())
    delivery.record_commits(actor, attempt_id=attempt, commits=commits)
    return attempt


@pytest.fixture
def played():
    """A course of one package, enrolled for and played to its end in the last minutes of March."""
    person, course = make_person(), make_course(lessons=(lesson("Play", package_id=make_package().pk),))
    with clock.frozen(PLAYED - timedelta(minutes=10)):
        enrolment = enrol(person, course)
    with clock.frozen(PLAYED):
        return play_to_the_end(person, enrolment, course.lessons.first().key)


def recorded_moments():
    lesson_done, completion = LessonProgress.objects.get(), Completion.objects.get()
    return {lesson_done.completed_at, completion.completed_at, completion.enrolment.completed_at}


def test_completion_handled_a_day_later_is_of_the_day_it_happened(played):
    with clock.frozen(PLAYED + timedelta(days=1)):
        events.handle_waiting()
    assert recorded_moments() == {PLAYED}
    registration = Completion.objects.get().enrolment.registration
    stamps = [json.loads(one.payload)["timestamp"] for one in records.statements_for_registration(registration)]
    assert max(datetime.fromisoformat(stamp) for stamp in stamps) == PLAYED


def test_completion_told_again_by_a_replay_a_day_later_is_of_the_day_it_happened(played):
    events.OutboxEvent.objects.all().delete()
    Attempt.objects.filter(pk=played).update(state="{}", completed_at=None)
    with clock.frozen(PLAYED + timedelta(days=1)):
        assert delivery.replay(played).repaired
    with clock.frozen(PLAYED + timedelta(days=2)):
        events.handle_waiting()
    assert recorded_moments() == {PLAYED}
