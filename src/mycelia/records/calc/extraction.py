"""What of a statement is indexed: its agents, activities, verb, registration and reference."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from uuid import UUID

from mycelia.records.calc.comparison import mailbox
from mycelia.records.calc.validation.statements import VOIDED
from mycelia.records.types import AgentKey, Extract, Json, ObjectKind


def extract(statement: Json) -> Extract:
    """Return what the store indexes of a valid, completed statement."""
    kind = ObjectKind(statement["object"].get("objectType", "Activity"))
    authority = statement["authority"]
    is_voiding = statement["verb"]["id"] == VOIDED
    target = statement["object"]["id"] if kind is ObjectKind.STATEMENT_REFERENCE else None
    registration = statement.get("context", {}).get("registration")
    return Extract(
        verb=statement["verb"]["id"],
        object_kind=kind,
        actor=agent_key(statement["actor"]),
        authority=agent_key(authority),
        registration=None if registration is None else UUID(registration).bytes,
        agents=_agents(statement, kind),
        activities=_activities(statement, kind),
        target_id=None if target is None else UUID(target).bytes,
        is_voiding=is_voiding,
    )


def agent_key(agent: Json) -> AgentKey | None:
    """Return what identifies an agent or group; None for an anonymous group."""
    if "account" in agent:
        return AgentKey("account", agent["account"]["name"], agent["account"]["homePage"])
    if "mbox" in agent:
        return AgentKey("mbox", mailbox(agent["mbox"]))
    if "mbox_sha1sum" in agent:
        return AgentKey("mbox_sha1sum", agent["mbox_sha1sum"].lower())
    return AgentKey("openid", agent["openid"]) if "openid" in agent else None


def authority_members(authority: Json) -> dict[AgentKey, bool]:
    """Return the agents of an authority that is a group, as related ones; a single agent is kept apart."""
    return dict.fromkeys(_members(authority), False) if "member" in authority else {}


def digest(*parts: str) -> UUID:
    """Return the 128 bits under which a text of any length is found again."""
    encoded = b"".join(b"%d:%s" % (len(raw), raw) for raw in (part.encode() for part in parts))
    return UUID(bytes=sha256(encoded).digest()[:16])


def _agents(statement: Json, kind: ObjectKind) -> dict[AgentKey, bool]:
    found = authority_members(statement["authority"])
    found.update(dict.fromkeys(_in_context(statement), False))
    inner = statement["object"]
    if kind is ObjectKind.SUB_STATEMENT:
        found.update(dict.fromkeys(_in_context(inner), False))
        found.update(dict.fromkeys(_members(inner["actor"]), False))
        if inner["object"].get("objectType") in {"Agent", "Group"}:
            found.update(dict.fromkeys(_members(inner["object"]), False))
    if kind in {ObjectKind.AGENT, ObjectKind.GROUP}:
        found.update(dict.fromkeys(_members(inner), True))
    found.update(dict.fromkeys(_members(statement["actor"]), True))
    return found


def _members(agent: Json) -> Iterator[AgentKey]:
    for one in (agent, *agent.get("member", ())):
        key = agent_key(one)
        if key is not None:
            yield key


def _in_context(statement: Json) -> Iterator[AgentKey]:
    context = statement.get("context", {})
    for name in ("instructor", "team"):
        if name in context:
            yield from _members(context[name])
    for entry in context.get("contextAgents", ()):
        yield from _members(entry["agent"])
    for entry in context.get("contextGroups", ()):
        yield from _members(entry["group"])


def _activities(statement: Json, kind: ObjectKind) -> dict[str, bool]:
    found = dict.fromkeys(_context_activities(statement), False)
    inner = statement["object"]
    if kind is ObjectKind.SUB_STATEMENT:
        found.update(dict.fromkeys(_context_activities(inner), False))
        if inner["object"].get("objectType", "Activity") == "Activity":
            found[inner["object"]["id"]] = False
    if kind is ObjectKind.ACTIVITY:
        found[inner["id"]] = True
    return found


def _context_activities(statement: Json) -> Iterator[str]:
    groups: dict[str, Any] = statement.get("context", {}).get("contextActivities", {})
    for activities in groups.values():
        for activity in activities if type(activities) is list else (activities,):
            yield activity["id"]
