"""The Person object: what the store knows of an agent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha1
from typing import Any

from mycelia.records.calc.extraction import agent_key
from mycelia.records.types import AgentKey, Json


def person(agent: Json, names: Iterable[str], others: Iterable[AgentKey] = ()) -> Json:
    """Return the Person of an agent: each property an array, each value once.

    Args:
        agent: The agent asked for, valid.
        names: Names it was recorded under, the newest first.
        others: Identifiers that are certainly the same agent's.

    References:
        xAPI 1.0.3 Part Three 2.4.
    """
    asked = [agent["name"]] if "name" in agent else []
    result: Json = {"objectType": "Person"}
    known = list(dict.fromkeys([*asked, *names]))
    if known:
        result["name"] = known
    own = agent_key(agent)
    for key in dict.fromkeys([*([] if own is None else [own]), *others]):
        result.setdefault(key.kind, []).append(identifier(key))
    return result


def identifier(key: AgentKey) -> Any:
    """Return an identifier as it stands in an agent."""
    return {"homePage": key.home_page, "name": key.value} if key.kind == "account" else key.value


def hashed_mailbox(key: AgentKey) -> AgentKey | None:
    """Return the hashed form of a mailbox, which identifies the same agent; None for other identifiers.

    Example:
        >>> hashed_mailbox(AgentKey("mbox", "mailto:ada@example.com")).value
        '72ac10875be5a7770a4f31058ea797edb8e55020'
    """
    if key.kind != "mbox":
        return None
    return AgentKey("mbox_sha1sum", sha1(key.value.encode(), usedforsecurity=False).hexdigest())


def names_of(key: AgentKey, statement: Json) -> Iterator[str]:
    """Yield the names a statement gives an agent."""
    for agent in _agents(statement):
        if "name" in agent and agent_key(agent) == key:
            yield agent["name"]


def _agents(statement: Json) -> Iterator[Json]:
    context = statement.get("context", {})
    candidates = [statement["actor"], statement["object"], context.get("instructor"), context.get("team")]
    for one in candidates:
        if one is None:
            continue
        kind = one.get("objectType", "Agent" if one is not statement["object"] else "Activity")
        if kind == "SubStatement":
            yield from _agents(one)
        elif kind in {"Agent", "Group"}:
            yield one
            yield from one.get("member", ())
