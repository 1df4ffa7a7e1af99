"""Taking a person out of what was recorded: identifiers become a pseudonym, names and addresses disappear.

A statement remains one: only what is free text, and IRIs of activities, extensions and places that hold an identifier,
are changed; verbs, types, languages, moments, numbers and the names of properties stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from mycelia.records.calc.erasures import Erasure, unique
from mycelia.records.calc.extraction import agent_key
from mycelia.records.calc.validation.interactions import COMPONENTS
from mycelia.records.types import AgentKey, Json

_IDENTIFIERS = frozenset({"mbox", "mbox_sha1sum", "openid", "account"})
_FIXED = _IDENTIFIERS | {
    *("objectType", "stored", "timestamp", "version", "registration", "language", "duration"),
    *("sha2", "contentType", "type", "usageType", "interactionType", "relevantTypes"),
}
_LANGUAGE_MAPS = frozenset({"name", "display", "description"})
_ADDRESSES = frozenset({"moreInfo", "fileUrl"})
_COMPONENT_LISTS = frozenset().union(*COMPONENTS.values())


def without_person(payload: bytes, erasure: Erasure) -> bytes:
    """Return a stored statement in which nothing leads to the person.

    A statement they themselves made, or a sub-statement they act in, loses its attachments as well: a signature holds
    the statement as it was, and what people hand in has their name on it.
    """
    statement = msgspec.json.decode(payload)
    for part in _made_by(statement, erasure):
        part.pop("attachments", None)
    return msgspec.json.encode(_object(statement, "", erasure))


def definition_without_person(definition: bytes, erasure: Erasure) -> bytes:
    """Return what is known of an activity without what names the person."""
    return msgspec.json.encode(_object(msgspec.json.decode(definition), "definition", erasure))


def content_without_person(content: bytes, erasure: Erasure) -> bytes:
    """Return the content of a document: its values if it is JSON, else its text; other bytes are emptied.

    What cannot be read cannot be searched either, so it is not kept.
    """
    try:
        return msgspec.json.encode(_free(msgspec.json.decode(content), erasure))
    except (msgspec.DecodeError, RecursionError):
        pass
    try:
        return erasure.text(content.decode("utf-8")).encode()
    except UnicodeDecodeError:
        return b""


def _made_by(statement: Json, erasure: Erasure) -> Iterator[Json]:
    """Yield the statement, and the one inside it, where the person acts."""
    inner = statement["object"]
    is_theirs = agent_key(statement["actor"]) in erasure.keys
    if is_theirs:
        yield statement
    if inner.get("objectType") == "SubStatement" and (is_theirs or agent_key(inner["actor"]) in erasure.keys):
        yield inner


def _object(value: Json, holder: str, erasure: Erasure) -> Json:
    """Change an object of a statement; `holder` is the property it stands under, "" for the statement."""
    if _is_person(value, erasure):
        value = _as_pseudonym(value, erasure.pseudonym)
    keeps_id = holder in {"", "verb"} or value.get("objectType") == "StatementRef"
    return {
        name: inner if name in _FIXED or (name == "id" and keeps_id) else _property(name, inner, erasure)
        for name, inner in value.items()
    }


def _property(name: str, value: Any, erasure: Erasure) -> Any:
    if type(value) is dict:
        if name == "extensions":
            return _extensions(value, erasure)
        if name in _LANGUAGE_MAPS:
            return {tag: erasure.text(text) for tag, text in value.items()}
        return _object(value, name, erasure)
    if type(value) is list:
        if name in _COMPONENT_LISTS:
            return _components(value, erasure)
        return [_property(name, one, erasure) for one in value]
    if type(value) is str:
        return erasure.iri(value) if name == "id" or name in _ADDRESSES else erasure.text(value)
    return value


def _extensions(value: Json, erasure: Erasure) -> Json:
    changed: Json = {}
    for iri, inner in value.items():
        changed[unique(erasure.iri(iri), changed)] = _free(inner, erasure)
    return changed


def _components(value: list[Json], erasure: Erasure) -> list[Json]:
    """Change the components of an interaction; each keeps an id of its own."""
    changed: dict[str, Json] = {}
    for one in value:
        identifier = unique(erasure.text(one["id"]), changed)
        changed[identifier] = {**_object(one, "", erasure), "id": identifier}
    return list(changed.values())


def _free(value: Any, erasure: Erasure) -> Any:
    """Change JSON of any kind, names of properties included."""
    if type(value) is str:
        return erasure.text(value)
    if type(value) is list:
        return [_free(one, erasure) for one in value]
    if type(value) is not dict:
        return value
    if _is_person(value, erasure):
        value = _as_pseudonym(value, erasure.pseudonym)
    changed: Json = {}
    for name, inner in value.items():
        changed[unique(erasure.text(name), changed)] = _free(inner, erasure)
    return changed


def _is_person(value: Json, erasure: Erasure) -> bool:
    try:
        return agent_key(value) in erasure.keys
    except (TypeError, KeyError, AttributeError):
        return False


def _as_pseudonym(agent: Json, pseudonym: AgentKey) -> Json:
    kept = {name: value for name, value in agent.items() if name not in _IDENTIFIERS and name != "name"}
    return {**kept, "account": {"homePage": pseudonym.home_page, "name": pseudonym.value}}
