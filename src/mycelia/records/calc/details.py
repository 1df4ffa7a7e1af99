"""What a statement says beyond who did what: people and activities around it, extensions, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec

from mycelia.records.calc.description import in_language, last_part
from mycelia.records.calc.extraction import agent_key
from mycelia.records.types import AgentKey, Json

_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody around a statement.

    Args:
        role: "instructor", "team", "agent" or "group" (of the context), "member" (of the actor).
        name: As the statement has it, or what identifies them.
        key: What identifies them; None for a group without identifier.
        members: The names of a group's members.
        types: What makes them relevant, by the end of each IRI.
    """

    role: str
    name: str
    key: AgentKey | None
    members: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """An activity of the context; `relation` is "parent", "grouping", "category" or "other"."""

    relation: str
    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension; `place` is "activity", "result" or "context", `value` its JSON as text."""

    place: str
    name: str
    iri: str
    value: str


@dataclass(frozen=True, slots=True)
class AttachmentNote:
    """What a statement says of an attachment.

    Args:
        sha2: In small letters.
        web_url: Where it lies on the web; "" where there is none or its address is not of the web.
    """

    sha2: str
    display: str
    description: str
    usage: str
    content_type: str
    length_bytes: int
    web_url: str


@dataclass(frozen=True, slots=True)
class Details:
    """All of it; texts that are not there are empty."""

    participants: tuple[Participant, ...]
    related: tuple[Related, ...]
    extensions: tuple[Extension, ...]
    attachments: tuple[AttachmentNote, ...]
    description: str
    platform: str
    revision: str
    language: str
    reference: str
    points: str


def details(statement: Json, language: str) -> Details:
    """Return what a valid statement says beyond its sentence, in the reader's language where it has it.

    A sub-statement's own context is part of what is told, so it is gathered with the statement's.
    """
    parts = (statement, *_within(statement))
    context = statement.get("context", {})
    return Details(
        participants=tuple(one for part in parts for one in _participants(part)),
        related=tuple(one for part in parts for one in _related(part, language)),
        extensions=tuple(one for part in parts for one in _extensions(part)),
        attachments=tuple(one for part in parts for one in attachment_notes(part, language)),
        description=in_language(statement["object"].get("definition", {}).get("description", {}), language),
        platform=context.get("platform", ""),
        revision=context.get("revision", ""),
        language=context.get("language", ""),
        reference=_reference(statement),
        points=_points(statement.get("result", {}).get("score", {})),
    )


def attachment_notes(part: Json, language: str) -> Iterator[AttachmentNote]:
    """Yield what a statement or a sub-statement says of its own attachments."""
    for one in part.get("attachments", ()):
        url = str(one.get("fileUrl", ""))
        yield AttachmentNote(
            sha2=str(one["sha2"]).lower(),
            display=in_language(one["display"], language),
            description=in_language(one.get("description", {}), language),
            usage=last_part(one["usageType"]),
            content_type=str(one["contentType"]),
            length_bytes=int(one["length"]),
            web_url=url if url.lower().startswith(_WEB) else "",
        )


def _within(statement: Json) -> tuple[Json, ...]:
    inner = statement["object"]
    return (inner,) if inner.get("objectType") == "SubStatement" else ()


def _participants(part: Json) -> Iterator[Participant]:
    context = part.get("context", {})
    for member in part["actor"].get("member", ()):
        yield _participant("member", member)
    for role in ("instructor", "team"):
        if role in context:
            yield _participant(role, context[role])
    for group, role in (("contextAgents", "agent"), ("contextGroups", "group")):
        for one in context.get(group, ()):
            yield _participant(role, one[role], tuple(last_part(iri) for iri in one.get("relevantTypes", ())))


def _participant(role: str, agent: Json, types: tuple[str, ...] = ()) -> Participant:
    members = tuple(_name(one) for one in agent.get("member", ()))
    return Participant(role, _name(agent), agent_key(agent), members, types)


def _name(agent: Json) -> str:
    key = agent_key(agent)
    return str(agent.get("name", "")) or ("" if key is None else key.value.removeprefix("mailto:"))


def _related(part: Json, language: str) -> Iterator[Related]:
    groups = part.get("context", {}).get("contextActivities", {})
    for relation in ("parent", "grouping", "category", "other"):
        for one in groups.get(relation, ()):
            name = in_language(one.get("definition", {}).get("name", {}), language) or last_part(one["id"])
            yield Related(relation, name, one["id"])


def _extensions(part: Json) -> Iterator[Extension]:
    activity = part["object"].get("definition", {}) if part["object"].get("objectType") != "SubStatement" else {}
    places = (("activity", activity), ("result", part.get("result", {})), ("context", part.get("context", {})))
    for place, holder in places:
        for iri, value in holder.get("extensions", {}).items():
            yield Extension(place, last_part(iri), iri, _text(value))


def _text(value: Any) -> str:
    return value if type(value) is str else msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def _reference(statement: Json) -> str:
    context = statement.get("context", {}).get("statement", {})
    is_reference = statement["object"].get("objectType") == "StatementRef"
    return str(statement["object"]["id"] if is_reference else context.get("id", ""))


def _points(score: Json) -> str:
    """Return the raw score with what it is out of; "" where none is told."""
    if "raw" not in score:
        return ""
    return f"{score['raw']:g}" + (f" / {score['max']:g}" if "max" in score else "")
