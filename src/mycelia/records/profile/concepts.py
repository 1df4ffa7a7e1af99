"""What each verb, activity type and extension of the product means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mycelia.records.types import Json
from mycelia.records.vocabulary import ActivityTypes, Extensions, Verbs, extension

_VERBS = {
    "REGISTERED": "The learner took up a course.",
    "UNREGISTERED": "The learner, or somebody for them, gave a course up.",
    "LAUNCHED": "Something was opened for the learner.",
    "INITIALIZED": "The learner began an attempt at a lesson for the first time.",
    "ATTEMPTED": "The learner tried something.",
    "EXPERIENCED": "The learner saw or heard something.",
    "PROGRESSED": "The learner came further; the progress is in the result.",
    "ANSWERED": "The learner answered a question; each answer is a statement of its own.",
    "SUSPENDED": "The learner left an attempt and may go on later.",
    "RESUMED": "The learner went on with an attempt.",
    "COMPLETED": "The learner did all that a lesson or course asks for.",
    "PASSED": "The learner was judged to have succeeded.",
    "FAILED": "The learner was judged not to have succeeded.",
    "SCORED": "The learner was given a score.",
    "TERMINATED": "The learner ended an attempt.",
    "EXITED": "The learner left something.",
    "SATISFIED": "What something asks for was met by what the learner did in its parts.",
    "ABANDONED": "An attempt ended without a proper end.",
    "WAIVED": "What something asks for was met by other means than doing it.",
    "VOIDED": "The statement named is not to be counted.",
}
_TYPES = {
    "COURSE": "A course that learners take up; it has lessons.",
    "LESSON": "A lesson: a page of blocks, or a package that is played.",
    "MODULE": "A part of a course that has lessons.",
    "ASSESSMENT": "A test that is judged.",
    "INTERACTION": "A question with the answers it offers.",
    "FILE": "A file to read or to download.",
    "PROFILE": "An xAPI profile in the version that a statement follows; stands in its category.",
}
_EXTENSIONS = {
    "PROGRESS": (
        "ResultExtension",
        "How much of a lesson is done, in whole per cent.",
        '{"type": "integer", "minimum": 0, "maximum": 100}',
    ),
    "ATTEMPT": (
        "ContextExtension",
        "The attempt, one run of a package, that finished a lesson.",
        '{"type": "string", "format": "uuid"}',
    ),
    "COURSE_REGISTRATION": (
        "ContextExtension",
        "The registration of the course for which a lesson's package is played.",
        '{"type": "string", "format": "uuid"}',
    ),
}


def concepts(version: str) -> Iterator[Json]:
    """Yield every concept of the vocabulary.

    Args:
        version: IRI of the version of the profile they stand in.

    Raises:
        KeyError: The vocabulary has something whose meaning is not said here.
    """
    for name, verb in members(Verbs):
        yield _concept(version, verb["id"], "Verb", dict(verb["display"]), _VERBS[name])
    for name, iri in members(ActivityTypes):
        yield _concept(version, iri, "ActivityType", {"en": _label(name)}, _TYPES[name])
    for name, iri in members(Extensions):
        kind, meaning, schema = _EXTENSIONS[name]
        yield {**_concept(version, extension(iri), kind, {"en": _label(name)}, meaning), "inlineSchema": schema}


def members(vocabulary: type) -> Iterator[tuple[str, Any]]:
    """Yield the names and values of a part of the vocabulary."""
    return ((name, value) for name, value in vars(vocabulary).items() if name.isupper())


def _concept(version: str, iri: str, kind: str, label: dict[str, str], meaning: str) -> Json:
    return {"id": iri, "type": kind, "inScheme": version, "prefLabel": label, "definition": {"en": meaning}}


def _label(name: str) -> str:
    return name.lower().replace("_", " ")
