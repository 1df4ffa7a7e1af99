"""The short way from the bytes of a statement to what is written, for the shape most statements have.

It accepts nothing that `calc.validation` would refuse, keeps the bytes that were sent and only adds to them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from math import inf
from uuid import UUID

from msgspec import UNSET, MsgspecError, UnsetType, structs
from msgspec.json import encode

from mycelia.records.calc.comparison import mailbox
from mycelia.records.calc.decoding import may_be_deep, names_stand_once
from mycelia.records.calc.typed import (
    Activity,
    Agent,
    Context,
    Definition,
    Extensions,
    Result,
    Score,
    Statement,
    decode_stored,
    decode_typed,
)
from mycelia.records.calc.validation import formats
from mycelia.records.calc.validation.statements import VOIDED
from mycelia.records.errors import InvalidStatement
from mycelia.records.types import AgentKey, Extract, ObjectKind, Prepared, Stamp

_PLAIN_TIME = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(?:\.\d{1,6})?(?:Z|[+-](?!00:00)\d\d:\d\d|\+00:00)")
_VERSION = re.compile(r"1\.0(?:\.\d+)?|2\.0\.\d+")
_ROOM = 50_000
_UUID_LENGTH, _UUID_OCTETS = 36, 16
_AROUND = b"{" * 8
"""More levels than an extension stands in."""


class _Remembered:
    """Texts that were found right before; a statement's IRIs and language tags are nearly always among them."""

    def __init__(self, check: Callable[[str, None], None]) -> None:
        self._check = check
        self.known: set[str] = set()
        """Asked on the spot, since calling a function to ask would take longer than the answer."""

    def learn(self, text: str) -> None:
        """Check a text that is new; raises `InvalidStatement`."""
        self._check(text, None)
        if len(self.known) >= _ROOM:
            self.known.clear()
        self.known.add(text)

    def learn_all(self, texts: Iterable[str]) -> None:
        """Check those texts that are new; raises `InvalidStatement`."""
        for text in texts:
            if text not in self.known:
                self.learn(text)


_iris = _Remembered(formats.iri)
_tags = _Remembered(formats.language_tag)
_mailboxes = _Remembered(formats.mailto)
_known_iris, _known_tags = _iris.known, _tags.known


class _Unsure(Exception):
    """The strict way must decide."""


def accept(sent: bytes, *, stamp: Stamp, new_id: Callable[[], UUID]) -> Prepared | None:
    """Return a statement of the usual shape ready to be written, or None where the strict way must decide."""
    try:
        statement = decode_typed(sent)
        if not names_stand_once(sent, encode(statement)) or _is_to_convert(statement, stamp):
            return None
        return _prepared(statement, sent, stamp, new_id)
    except (MsgspecError, InvalidStatement, RecursionError, ValueError, _Unsure):
        return None


def accept_stored(sent: bytes, *, stamp: Stamp) -> Prepared | None:
    """Return a statement that a store gave out, to be written byte for byte with its own moment and authority.

    None where the strict way must decide, as for a statement that lacks what a store assigns.
    """
    try:
        statement = decode_stored(sent)
        if not names_stand_once(sent, encode(statement)) or UNSET in (statement.id, statement.timestamp):
            return None
        if _VERSION.fullmatch(statement.version) is None:
            return None
        own = replace(
            stamp,
            stored=_moment(statement.stored) or stamp.stored,
            version=statement.version,
            authority_key=_agent(statement.authority),
            authority_members={},
        )
        prepared = _prepared(statement, sent, own, _no_identifier)
        return structs.replace(prepared, payload=sent)
    except (MsgspecError, InvalidStatement, RecursionError, ValueError, _Unsure):
        return None


def _is_to_convert(statement: Statement, stamp: Stamp) -> bool:
    """Return whether its moment is kept in other words than were sent: 2.0.0 wants UTC."""
    if statement.timestamp is UNSET or stamp.sent_under.startswith("1."):
        return False
    return not formats.is_in_utc(statement.timestamp)


def _no_identifier() -> UUID:
    raise _Unsure


def _prepared(statement: Statement, sent: bytes, stamp: Stamp, new_id: Callable[[], UUID]) -> Prepared:
    agents = dict(stamp.authority_members)
    activities: dict[str, bool] = {}
    definitions: list[tuple[str, bytes]] = []
    _activity(statement.object, definitions)
    registration = _context(statement.context, agents, activities, definitions)
    actor = _agent(statement.actor)
    agents[actor] = True
    activities[statement.object.id] = True
    _verb(statement)
    _result(statement.result)
    identifier = new_id().bytes if statement.id is UNSET else _uuid(statement.id)
    return Prepared(
        identifier=identifier,
        stored=stamp.stored,
        occurred=_moment(statement.timestamp) or stamp.stored,
        has_own_timestamp=statement.timestamp is not UNSET,
        version=stamp.version,
        payload=_completed(statement, sent, identifier, stamp),
        extract=Extract(
            verb=statement.verb.id,
            object_kind=ObjectKind.ACTIVITY,
            actor=actor,
            authority=stamp.authority_key,
            registration=registration,
            agents=agents,
            activities=activities,
            target_id=None,
            is_voiding=False,
        ),
        definitions=tuple(definitions) if stamp.defines else (),
    )


def _completed(statement: Statement, sent: bytes, identifier: bytes, stamp: Stamp) -> bytes:
    """Return the bytes as sent with what the store assigns put before the last brace."""
    if statement.id is not UNSET and statement.timestamp is not UNSET:
        return sent[:-1] + stamp.addition
    missing = b""
    if statement.id is UNSET:
        missing += b',"id":"%s"' % str(UUID(bytes=identifier)).encode()
    if statement.timestamp is UNSET:
        missing += b',"timestamp":"%s"' % stamp.written.encode()
    return sent[:-1] + missing + stamp.addition


def _agent(agent: Agent) -> AgentKey:
    key: AgentKey | None = None
    if agent.account is not UNSET:
        if agent.account.homePage not in _known_iris:
            _iris.learn(agent.account.homePage)
        formats.no_nul(agent.account.name, None)
        key = AgentKey("account", agent.account.name, agent.account.homePage)
    if agent.mbox is not UNSET:
        _mailboxes.learn_all((agent.mbox,))
        key = AgentKey("mbox", mailbox(agent.mbox)) if key is None else None
    if key is None or agent.openid is not UNSET or agent.mbox_sha1sum is not UNSET:
        raise _Unsure
    return key


def _verb(statement: Statement) -> None:
    if statement.verb.id == VOIDED:
        raise _Unsure
    if statement.verb.id not in _known_iris:
        _iris.learn(statement.verb.id)
    if statement.verb.display is not UNSET and not _known_tags.issuperset(statement.verb.display):
        _tags.learn_all(statement.verb.display)


def _activity(activity: Activity, definitions: list[tuple[str, bytes]]) -> None:
    """Check an activity and add what it says of itself."""
    if activity.id not in _known_iris:
        _iris.learn(activity.id)
    definition = activity.definition
    if definition is not UNSET:
        _definition(definition)
        encoded = encode(definition)
        if encoded != b"{}":
            definitions.append((activity.id, encoded))


def _definition(definition: Definition) -> None:
    for texts in (definition.name, definition.description):
        if texts is not UNSET and not _known_tags.issuperset(texts):
            _tags.learn_all(texts)
    for iri in (definition.type, definition.moreInfo):
        if iri is not UNSET and iri not in _known_iris:
            _iris.learn(iri)
    if definition.extensions is not UNSET:
        _extensions(definition.extensions)


def _result(result: Result | UnsetType) -> None:
    if result is UNSET:
        return
    if result.duration is not UNSET:
        formats.duration(result.duration, None)
    if result.extensions is not UNSET:
        _extensions(result.extensions)
    if result.score is not UNSET:
        _score(result.score)


def _score(score: Score) -> None:
    least = _or(score.min, -inf)
    most = _or(score.max, inf)
    if not (-1 <= _or(score.scaled, 0) <= 1 and least < most and least <= _or(score.raw, least) <= most):
        raise _Unsure


def _or(value: float | UnsetType, instead: float) -> float:
    return instead if value is UNSET else value


def _context(
    context: Context | UnsetType,
    agents: dict[AgentKey, bool],
    activities: dict[str, bool],
    definitions: list[tuple[str, bytes]],
) -> bytes | None:
    """Check a context, add what it relates to, and return its registration."""
    if context is UNSET:
        return None
    if context.instructor is not UNSET:
        agents[_agent(context.instructor)] = False
    if context.language is not UNSET and context.language not in _known_tags:
        _tags.learn(context.language)
    if context.extensions is not UNSET:
        _extensions(context.extensions)
    groups = context.contextActivities
    if groups is not UNSET:
        for group in (groups.parent, groups.grouping, groups.category, groups.other):
            for activity in () if group is UNSET else group:
                _activity(activity, definitions)
                activities[activity.id] = False
    return None if context.registration is UNSET else _uuid(context.registration)


def _extensions(extensions: Extensions) -> None:
    """Check what alone can be nested deeply; the statement around it is not."""
    _iris.learn_all(extensions)
    if may_be_deep(_AROUND + encode(extensions)):
        raise _Unsure


def _uuid(text: str) -> bytes:
    """Return the 16 octets; where it has as many digits between its signs, it is in standard form."""
    octets = bytes.fromhex(text.replace("-", ""))
    if len(text) != _UUID_LENGTH or len(octets) != _UUID_OCTETS or text[8:24:5] != "----":
        raise _Unsure
    return octets


def _moment(text: str | UnsetType) -> datetime | None:
    if text is UNSET:
        return None
    if _PLAIN_TIME.fullmatch(text) is None:
        raise _Unsure
    return datetime.fromisoformat(text)
