"""A statement as people read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mycelia.records.calc.extraction import agent_key
from mycelia.records.types import AgentKey, Json


@dataclass(frozen=True, slots=True)
class Description:
    """The words of a statement.

    `actor_account` identifies the actor, None for an anonymous group; `score` is scaled, from -1 to 1.
    """

    actor: str
    actor_account: AgentKey | None
    verb: str
    verb_iri: str
    object_name: str
    object_iri: str
    completion: bool | None
    success: bool | None
    score: float | None
    duration: str
    response: str


def describe(statement: Json, language: str) -> Description:
    """Return a statement in words, in the reader's language where the statement has it."""
    actor = statement["actor"]
    verb = statement["verb"]
    result = statement.get("result", {})
    return Description(
        actor=_agent(actor),
        actor_account=agent_key(actor),
        verb=in_language(verb.get("display", {}), language) or last_part(verb["id"]),
        verb_iri=verb["id"],
        object_name=_object(statement["object"], language),
        object_iri=statement["object"].get("id", ""),
        completion=result.get("completion"),
        success=result.get("success"),
        score=result.get("score", {}).get("scaled"),
        duration=result.get("duration", ""),
        response=result.get("response", ""),
    )


def in_language(texts: Json, language: str) -> str:
    """Return the text of a language map that suits best; "" for an empty map.

    Example:
        >>> in_language({"de": "fertig", "en-US": "done"}, "en")
        'done'
    """
    if not texts:
        return ""
    wanted = language.lower().split("-")[0]
    suiting = (tag for tag in texts if tag.lower().split("-")[0] == wanted)
    return str(texts[next(suiting, next(iter(texts)))])


def last_part(iri: str) -> str:
    """Return the end of an IRI, for want of a better name.

    Example:
        >>> last_part("http://adlnet.gov/expapi/verbs/answered")
        'answered'
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2] or iri


def _agent(agent: Json) -> str:
    if "name" in agent:
        return str(agent["name"])
    key = agent_key(agent)
    if key is None:
        return ", ".join(_agent(member) for member in agent["member"])
    return key.value.removeprefix("mailto:")


def _object(value: Any, language: str) -> str:
    kind = value.get("objectType", "Activity")
    if kind == "Activity":
        return in_language(value.get("definition", {}).get("name", {}), language) or str(value["id"])
    if kind == "SubStatement":
        return f"{_agent(value['actor'])} {last_part(value['verb']['id'])} {_object(value['object'], language)}"
    return str(value["id"]) if kind == "StatementRef" else _agent(value)
