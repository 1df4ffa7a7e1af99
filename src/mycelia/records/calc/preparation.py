"""From what was sent to what is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from mycelia.records.calc.acceptance import accept
from mycelia.records.calc.comparison import with_lists, with_moments_in_utc
from mycelia.records.calc.decoding import JSON, decode_json
from mycelia.records.calc.definitions import definitions_in
from mycelia.records.calc.extraction import agent_key, authority_members, extract
from mycelia.records.calc.validation import check_statement
from mycelia.records.calc.validation.formats import moment
from mycelia.records.calc.validation.shapes import fail
from mycelia.records.errors import TooManyNamed
from mycelia.records.types import Json, Prepared, Stamp

BATCH = "xAPI 1.0.3 Part Three 2.1.2"
MOST_NAMED_BY_ONE = 10_000
"""Different agents and activities that one statement may name: everybody in a large company."""
MOST_NAMED = 25_000
"""Different agents and activities that a batch may name: two for each statement of the largest, and some they share."""
_JSON_SPACE = b" \t\r\n"
_decode_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_one = msgspec.json.Decoder(msgspec.Raw).decode


def split(body: bytes) -> list[bytes]:
    """Return the statements of a body, one or an array of them, each as the bytes it was sent in.

    Raises:
        InvalidStatement: It is not JSON.
    """
    try:
        if body.lstrip(_JSON_SPACE)[:1] == b"[":
            return [bytes(one) for one in _decode_array(body)]
        return [bytes(_decode_one(body))]
    except msgspec.DecodeError as error:
        fail(None, JSON, f"is not JSON: {error}")
    except RecursionError:
        fail(None, JSON, "is nested too deeply")


def decode(sent: bytes | str | Json, index: int) -> Json:
    """Return the decoded statement; the values inside are not yet checked.

    Raises:
        InvalidStatement: It is not JSON in UTF-8, or nested beyond reason.
    """
    if isinstance(sent, dict):
        return sent
    try:
        encoded = sent if isinstance(sent, bytes) else sent.encode()
    except UnicodeEncodeError:
        fail((None, index), JSON, "is not JSON in UTF-8")
    return decode_json(encoded, (None, index))  # type: ignore[no-any-return]


def stamp(*, stored: datetime, authority: Json, version: str, defines: bool = True) -> Stamp:
    """Return what the store adds to every statement of a batch.

    Args:
        stored: The moment of storing, aware, in UTC.
        authority: The agent who vouches for them; replaces whatever they claim.
        version: The version under which they are sent.
        defines: Whether their definitions of activities add to what is known of these.
    """
    written = stored.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    given = "1.0.0" if version.startswith("1.") else version
    added = {"stored": written, "authority": authority, "version": given}
    return Stamp(
        stored=stored,
        written=written,
        sent_under=version,
        version=given,
        authority=authority,
        authority_key=agent_key(authority),
        authority_members=authority_members(authority),
        addition=b"," + msgspec.json.encode(added)[1:],
        defines=defines,
    )


def prepare(sent: bytes | str | Json, *, index: int, stamp: Stamp, new_id: Callable[[], UUID]) -> Prepared:
    """Check a statement and complete it with what the store assigns.

    Args:
        sent: JSON in UTF-8, or decoded.
        index: Its place in the batch.
        stamp: What the store assigns.
        new_id: Makes its identifier if it brings none.

    Raises:
        InvalidStatement: It breaks a clause.
    """
    if type(sent) is bytes:
        accepted = accept(sent, stamp=stamp, new_id=new_id)
        if accepted is not None:
            return accepted
    statement = decode(sent, index)
    check_statement(statement, version=stamp.sent_under, index=index)
    statement_id = UUID(statement["id"]) if "id" in statement else new_id()
    completed = _completed(statement, statement_id, stamp)
    return Prepared(
        identifier=statement_id.bytes,
        stored=stamp.stored,
        occurred=moment(completed["timestamp"]),
        has_own_timestamp="timestamp" in statement,
        version=completed["version"],
        payload=_encoded(completed, index),
        extract=extract(completed),
        definitions=tuple(definitions_in(completed)) if stamp.defines else (),
    )


def _completed(statement: Json, statement_id: UUID, stamp: Stamp) -> Json:
    sent = statement if stamp.sent_under.startswith("1.") else with_moments_in_utc(statement)
    return {
        **with_lists(sent),
        "id": statement.get("id", str(statement_id)),
        "timestamp": sent.get("timestamp") or stamp.written,
        "stored": stamp.written,
        "authority": stamp.authority,
        "version": statement.get("version", stamp.version),
    }


def check_identifiers(prepared: Sequence[Prepared]) -> None:
    """Refuse a batch that holds an identifier twice."""
    seen: set[bytes] = set()
    for index, one in enumerate(prepared):
        if one.identifier in seen:
            fail(((None, index), "id"), BATCH, "stands twice in this batch")
        seen.add(one.identifier)


def check_named(prepared: Sequence[Prepared]) -> None:
    """Refuse a batch that names more agents and activities than can be written without holding up everybody else.

    Raises:
        TooManyNamed: A statement does, or all of them together do.
    """
    extracts = [one.extract for one in prepared]
    counts = [len(one.agents) + len(one.activities) for one in extracts]
    for index, count in enumerate(counts):
        if count > MOST_NAMED_BY_ONE:
            raise TooManyNamed(limit=MOST_NAMED_BY_ONE, index=index)
    if sum(counts) > MOST_NAMED:
        named = set[object]().union(*(one.agents for one in extracts), *(one.activities for one in extracts))
        if len(named) > MOST_NAMED:
            raise TooManyNamed(limit=MOST_NAMED, index=None)


def _encoded(statement: Json, index: int) -> bytes:
    try:
        return msgspec.json.encode(statement)
    except (RecursionError, UnicodeEncodeError, TypeError, ValueError) as error:
        fail((None, index), JSON, f"cannot be written as JSON: {type(error).__name__}")
