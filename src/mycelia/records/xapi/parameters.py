"""Parameters that several resources share, from text to values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from typing import NoReturn
from uuid import UUID

import msgspec

from mycelia.records.calc.extraction import agent_key
from mycelia.records.calc.validation import agents, formats
from mycelia.records.errors import BadRequest, InvalidStatement
from mycelia.records.types import AgentKey, Json
from mycelia.records.xapi.calls import Call


def only(call: Call, *names: str, required: Collection[str] = ()) -> None:
    """Refuse a parameter the operation does not know, in whatever case, and the lack of one it needs.

    References:
        xAPI 1.0.3 Part Three 3.2: an unknown parameter, or one of another case, answers 400.
    """
    unknown = sorted(call.parameters.keys() - set(names))
    if unknown:
        raise BadRequest(f"The parameter {unknown[0]} is not known here.", parameter=unknown[0])
    missing = sorted(set(required) - call.parameters.keys())
    if missing:
        raise BadRequest(f"The parameter {missing[0]} is missing.", parameter=missing[0])


def activity_id(call: Call) -> str:
    """Return the parameter `activityId`, an absolute IRI."""
    value = call.parameters["activityId"]
    try:
        formats.iri(value, None)
    except InvalidStatement as error:
        _refuse("activityId", error)
    return value


def agent(call: Call) -> Json:
    """Return the parameter `agent`: an agent, or a group that has an identifier."""
    try:
        value = msgspec.json.decode(call.parameters["agent"].encode())
        agents.actor(value, (None, "agent"))
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadRequest("The parameter agent is not JSON.", parameter="agent") from error
    except InvalidStatement as error:
        _refuse("agent", error)
    if agent_key(value) is None:
        raise BadRequest("The parameter agent is a group without an identifier.", parameter="agent")
    return dict(value)


def identified_agent(call: Call) -> AgentKey:
    """Return what identifies the agent of the parameter `agent`."""
    key = agent_key(agent(call))
    if key is None:
        raise BadRequest("The parameter agent has no identifier.", parameter="agent")
    return key


def registration(call: Call) -> UUID | None:
    """Return the parameter `registration`; None when it is left out."""
    value = call.parameters.get("registration")
    if value is None:
        return None
    try:
        formats.uuid(value, None)
    except InvalidStatement as error:
        _refuse("registration", error)
    return UUID(value)


def since(call: Call) -> datetime | None:
    """Return the parameter `since`; None when it is left out."""
    value = call.parameters.get("since")
    if value is None:
        return None
    try:
        formats.timestamp(call.version)(value, None)
        return formats.moment(value).astimezone(UTC)
    except InvalidStatement as error:
        _refuse("since", error)
    except OverflowError as error:
        raise BadRequest("The parameter since is no moment of the calendar.", parameter="since") from error


def _refuse(name: str, error: InvalidStatement) -> NoReturn:
    raise BadRequest(f"The parameter {name} {error.reason}.", parameter=name) from error
