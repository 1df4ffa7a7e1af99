"""The player's messages, parsed at the edge.

Plain `json` is used and not a faster parser, because packages put lone surrogates into their suspend data, which
JSON can carry and strict parsers refuse.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from mycelia.delivery.errors import CommitTooLarge, JournalFull, MalformedCommit
from mycelia.delivery.types import Commit, EntryKind

BODY_BYTES = 1024 * 1024
MESSAGES_AT_ONCE = 50
SEQUENCE_LIMIT = 20_000
ELEMENTS_AT_ONCE = 4_000
NAME_CHARACTERS = 255
VALUE_CHARACTERS = 262_144
_FROM_PLAYER = frozenset(EntryKind) - {EntryKind.LAUNCHED}
_KEYS = frozenset({"session", "sequence", "kind", "elements", "elapsed"})
_LONGEST_SECONDS = 10_000_000


def parse_messages(body: bytes) -> tuple[Commit, ...]:
    """Return the messages of one request, `{"entries": [...]}`.

    Raises:
        CommitTooLarge: The body or the number of messages is over the limit.
        JournalFull: A sequence number is beyond what a sane session reaches.
        MalformedCommit: It is anything else than the player's own format.
    """
    if len(body) > BODY_BYTES:
        raise CommitTooLarge
    try:
        parsed = json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise MalformedCommit from error
    entries = parsed.get("entries") if isinstance(parsed, dict) else None
    if not isinstance(entries, list) or not entries:
        raise MalformedCommit
    if len(entries) > MESSAGES_AT_ONCE:
        raise CommitTooLarge
    return tuple(_parse_entry(entry) for entry in entries)


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _parse_entry(entry: Any) -> Commit:
    if not isinstance(entry, dict) or not _KEYS.issuperset(entry):
        raise MalformedCommit
    return Commit(
        session=_session(entry.get("session")),
        sequence=_sequence(entry.get("sequence")),
        kind=_kind(entry.get("kind")),
        elements=_elements(entry.get("elements", {})),
        elapsed_seconds=_seconds(entry.get("elapsed")),
        verbatim=json.dumps(entry, separators=(",", ":")),
    )


def _session(value: Any) -> UUID:
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError) as error:
        raise MalformedCommit from error


def _sequence(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise MalformedCommit
    if value > SEQUENCE_LIMIT:
        raise JournalFull
    return value


def _kind(value: Any) -> EntryKind:
    if not isinstance(value, str) or value not in _FROM_PLAYER:
        raise MalformedCommit
    return EntryKind(value)


def _elements(value: Any) -> Mapping[str, str]:
    if not isinstance(value, dict) or len(value) > ELEMENTS_AT_ONCE:
        raise MalformedCommit
    for name, text in value.items():
        if not isinstance(text, str) or len(name) > NAME_CHARACTERS or len(text) > VALUE_CHARACTERS:
            raise MalformedCommit
    return value


def _seconds(value: Any) -> int | None:
    if value is None:
        return None
    if type(value) not in {int, float} or not 0 <= value <= _LONGEST_SECONDS:
        raise MalformedCommit
    return int(value)
