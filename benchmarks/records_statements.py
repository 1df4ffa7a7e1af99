"""Statements as content sends them: about 1.2 KB each, with account, definition, result, registration, parents."""

from __future__ import annotations

import random
from uuid import UUID

import msgspec

PEOPLE, COURSES, LESSONS = 5_000, 200, 12
VERBS = ("completed", "passed", "failed", "answered", "experienced", "attempted", "progressed", "terminated")
_HOME = "https://learn.example.com"
_TEXT = (
    "Explains how the team plans, gives and evaluates feedback in everyday work, with examples from three "
    "departments and a short exercise that is repeated after four weeks."
)


def statement(number: int, seed: int = 0) -> dict[str, object]:
    """Return one statement; equal numbers and seeds give equal statements."""
    chance = random.Random(number * 1_000_003 + seed)
    course, lesson, verb = chance.randrange(COURSES), chance.randrange(LESSONS), chance.choice(VERBS)
    person = chance.randrange(PEOPLE)
    run = UUID(int=(person * COURSES + course) << 64 | 0x4000 << 64 | 0x8 << 60, version=4)
    place = f"{_HOME}/courses/{course}"
    return {
        "id": str(UUID(int=chance.getrandbits(128), version=4)),
        "actor": {"objectType": "Agent", "account": {"homePage": _HOME, "name": f"person-{person:06}"}},
        "verb": {"id": f"http://adlnet.gov/expapi/verbs/{verb}", "display": {"en-US": verb, "de-DE": verb}},
        "object": {
            "objectType": "Activity",
            "id": f"{place}/lessons/{lesson}",
            "definition": {
                "name": {"en-US": f"Lesson {lesson} of course {course}"},
                "description": {"en-US": _TEXT},
                "type": "http://adlnet.gov/expapi/activities/lesson",
            },
        },
        "result": {
            "score": {"scaled": chance.randrange(101) / 100, "raw": chance.randrange(101), "min": 0, "max": 100},
            "success": chance.random() < 0.8,
            "completion": True,
            "duration": f"PT{chance.randrange(60)}M{chance.randrange(60)}S",
        },
        "context": {
            "registration": str(run),
            "platform": "Benchmark",
            "language": "en-US",
            "contextActivities": {
                "parent": [{"objectType": "Activity", "id": place}],
                "grouping": [{"objectType": "Activity", "id": f"{_HOME}/programs/{course % 20}"}],
            },
        },
        "timestamp": "2026-11-20T09:30:00.000Z",
    }


def encoded(first: int, count: int, seed: int = 0) -> list[bytes]:
    """Return statements as JSON."""
    return [msgspec.json.encode(statement(number, seed)) for number in range(first, first + count)]
