"""Taking a person out of what was recorded: identifiers become a pseudonym, names and addresses disappear."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from mycelia.records.calc.extraction import agent_key
from mycelia.records.types import AgentKey, Json

GONE = "…"
_IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account", "name")
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Erasure:
    """Who disappears.

    Args:
        keys: Every identifier they were recorded under.
        texts: Names, addresses and numbers that are removed wherever they stand, whatever their case.
        pseudonym: The account that takes the place of the identifiers; leads nowhere.
    """

    keys: frozenset[AgentKey]
    texts: frozenset[str]
    pseudonym: AgentKey

    @property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds the texts, the longest first."""
        ordered = sorted((one for one in self.texts if len(one) >= _SHORTEST), key=lambda one: (-len(one), one))
        return re.compile("|".join(map(re.escape, ordered)) or r"(?!)", re.IGNORECASE)


def without_person(payload: bytes, erasure: Erasure) -> bytes:
    """Return a stored statement in which nothing leads to the person.

    A statement they themselves made loses its attachments as well: a signature holds the statement as it was, and
    what people hand in has their name on it.
    """
    statement = msgspec.json.decode(payload)
    is_theirs = agent_key(statement["actor"]) in erasure.keys
    changed = _changed(statement, erasure, erasure.pattern)
    if is_theirs:
        changed.pop("attachments", None)
    return msgspec.json.encode(changed)


def text_without_person(text: str, erasure: Erasure) -> str:
    """Return a text without what names the person."""
    return erasure.pattern.sub(GONE, text)


def content_without_person(content: bytes, erasure: Erasure) -> bytes:
    """Return the content of a document: its values if it is JSON, else its text; other bytes are emptied.

    What cannot be read cannot be searched either, so it is not kept.
    """
    try:
        return msgspec.json.encode(_changed(msgspec.json.decode(content), erasure, erasure.pattern))
    except (msgspec.DecodeError, RecursionError):
        pass
    try:
        return text_without_person(content.decode("utf-8"), erasure).encode()
    except UnicodeDecodeError:
        return b""


def hashes_given_up(payloads: Iterable[bytes], erasure: Erasure) -> set[str]:
    """Return the SHA-2 of the attachments of statements the person made, in small letters."""
    found = set()
    for payload in payloads:
        statement = msgspec.json.decode(payload)
        if agent_key(statement["actor"]) in erasure.keys:
            found |= {one["sha2"].lower() for one in statement.get("attachments", ())}
    return found


def _changed(value: Any, erasure: Erasure, pattern: re.Pattern[str]) -> Any:
    if type(value) is str:
        return pattern.sub(GONE, value)
    if type(value) is list:
        return [_changed(one, erasure, pattern) for one in value]
    if type(value) is dict:
        if _is_person(value, erasure):
            value = _as_pseudonym(value, erasure.pseudonym)
        return {pattern.sub(GONE, name): _changed(inner, erasure, pattern) for name, inner in value.items()}
    return value


def _is_person(value: Json, erasure: Erasure) -> bool:
    try:
        return agent_key(value) in erasure.keys
    except (TypeError, KeyError, AttributeError):
        return False


def _as_pseudonym(agent: Json, pseudonym: AgentKey) -> Json:
    kept = {name: value for name, value in agent.items() if name not in _IDENTIFIERS}
    return {**kept, "account": {"homePage": pseudonym.home_page, "name": pseudonym.value}}
