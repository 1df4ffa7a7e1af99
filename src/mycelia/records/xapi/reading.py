"""What a GET of statements asks for, from its parameters.

References:
    xAPI 1.0.3 Part Three 2.1.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from mycelia.records.calc.decoding import decode_json
from mycelia.records.calc.extraction import agent_key
from mycelia.records.calc.validation import agents, formats
from mycelia.records.calc.validation.shapes import Check
from mycelia.records.errors import BadRequest, InvalidStatement
from mycelia.records.queries.statements import MAXIMUM_LIMIT
from mycelia.records.types import AgentKey, StatementFilter

T = TypeVar("T")
_COUNT = re.compile(r"[0-9]{1,18}")
_ONE = frozenset({"statementId", "voidedStatementId"})
_HOW = frozenset({"format", "attachments"})
_FILTERS = frozenset(
    {
        *("agent", "verb", "activity", "registration", "related_activities", "related_agents"),
        *("since", "until", "limit", "ascending"),
    }
)


class Format(StrEnum):
    """How statements are written."""

    EXACT = "exact"
    IDS = "ids"
    CANONICAL = "canonical"


@dataclass(frozen=True, slots=True)
class Reading:
    """Either one statement, voided or not, or those of a filter."""

    statement_id: UUID | None
    is_voided: bool
    wanted: StatementFilter
    form: Format
    with_attachments: bool


def reading(parameters: Mapping[str, str], version: str) -> Reading:
    """Return what is asked for.

    Raises:
        BadRequest: A parameter is unknown (names have a case), malformed, or does not go with another.
    """
    _check_names(parameters)
    named = [name for name in _ONE if name in parameters]
    value = _values(parameters, version)
    return Reading(
        statement_id=value(named[0], _uuid) if named else None,
        is_voided=named == ["voidedStatementId"],
        wanted=_filter(value),
        form=value("format", Format) or Format.EXACT,
        with_attachments=value("attachments", _boolean) or False,
    )


def _check_names(parameters: Mapping[str, str]) -> None:
    unknown = parameters.keys() - _ONE - _HOW - _FILTERS
    if unknown:
        raise BadRequest(f"There is no parameter {sorted(unknown)[0][:100]!r} here; names are case-sensitive.")
    named = parameters.keys() & _ONE
    if len(named) > 1:
        raise BadRequest("statementId and voidedStatementId do not go together.")
    if named and parameters.keys() & _FILTERS:
        raise BadRequest(f"With {named.pop()} only format and attachments are allowed.")


def _values(parameters: Mapping[str, str], version: str) -> Callable[[str, Callable[[str], Any]], Any]:
    """Return a reader of parameters: None where there is none, an error that names it where it is malformed."""
    moments = formats.timestamp(version)

    def read(name: str, parse: Callable[[str], Any]) -> Any:
        if name not in parameters:
            return None
        if parse is _moment:
            _checked(moments, parameters[name], name)
        try:
            return parse(parameters[name])
        except InvalidStatement as error:
            raise BadRequest(f"The parameter {name} {error.reason}.") from error
        except ValueError as error:
            raise BadRequest(f"The parameter {name} is malformed.") from error

    return read


def _filter(value: Callable[[str, Callable[[str], Any]], Any]) -> StatementFilter:
    return StatementFilter(
        agent=value("agent", _agent),
        verb=value("verb", _iri),
        activity=value("activity", _iri),
        registration=value("registration", _uuid),
        related_agents=value("related_agents", _boolean) or False,
        related_activities=value("related_activities", _boolean) or False,
        since=value("since", _moment),
        until=value("until", _moment),
        ascending=value("ascending", _boolean) or False,
        limit=min(value("limit", _count) or MAXIMUM_LIMIT, MAXIMUM_LIMIT),
    )


def _checked(check: Check, text: Any, name: str) -> Any:
    try:
        check(text, None)
    except InvalidStatement as error:
        raise BadRequest(f"The parameter {name} {error.reason}.") from error
    return text


def _uuid(text: str) -> UUID:
    formats.uuid(text, None)
    return UUID(text)


def _iri(text: str) -> str:
    formats.iri(text, None)
    return text


def _moment(text: str) -> datetime:
    return formats.moment(text)


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text] if text in {"true", "false"} else _refuse()


def _count(text: str) -> int:
    return int(text) if _COUNT.fullmatch(text) else _refuse()


def _refuse() -> Any:
    raise ValueError("malformed")


def _agent(text: str) -> AgentKey:
    agent = decode_json(text.encode())
    agents.actor(agent, None)
    key = agent_key(agent)
    return _refuse() if key is None else key
