"""Lines of a file that carries statements from one store to another.

Each line is JSON: a statement, or an object with one of the names below. A file that begins with `$mycelia` was
exported here: what is known of activities, which attachments go out with which statement, and which statements void
only what stands under their own authority, then comes in lines of its own. Any other file of statements, one a line,
is as good; its definitions add to what is known, and the bytes it brings go out with those of its statements that name
them without a `fileUrl`.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec

from mycelia.records.calc.acceptance import accept_stored
from mycelia.records.calc.comparison import with_lists
from mycelia.records.calc.decoding import decode_json
from mycelia.records.calc.definitions import definitions_in
from mycelia.records.calc.extraction import extract
from mycelia.records.calc.validation import check_statement
from mycelia.records.calc.validation.formats import iri, moment
from mycelia.records.calc.validation.objects import definition as check_definition
from mycelia.records.calc.validation.shapes import fail
from mycelia.records.types import Json, Prepared, Stamp

HEADER, ATTACHMENT, ATTACHED, DEFINITION = "$mycelia", "$attachment", "$attached", "$definition"
VOIDS_OWN = "$voidsOwn"
FORMAT = 1
_PLACE = "export format"
_LINES = UUID("2f6f0c8c-5f1e-4e0e-9a52-6b1d6f7f0b3e")
_SHA2 = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}
_EARLIEST_YEAR = 2010
_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """The bytes of an attachment, by SHA-2 in small letters."""

    sha2: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AttachedLine:
    """Which attachments of the file go out with a statement before it, by SHA-2 in small letters."""

    statement_id: UUID
    hashes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwnVoidingLine:
    """A voiding statement after it voids only what stands under the same authority."""

    statement_id: UUID


@dataclass(frozen=True, slots=True)
class DefinitionLine:
    """What is known of an activity, as JSON."""

    activity: str
    definition: bytes


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """The file was exported here."""


Line = Prepared | AttachmentLine | AttachedLine | OwnVoidingLine | DefinitionLine | HeaderLine


def read_line(line: bytes, number: int, stamp: Stamp) -> Line:
    """Return what a line holds, checked.

    Args:
        line: Without its end.
        number: Its number, from 1; with the text it makes the identifier of a statement that has none, so that the
            same line of the same file is always the same statement.
        stamp: What a statement gets that it does not bring.

    Raises:
        InvalidStatement: It holds nothing of the kind, or breaks a clause.
    """
    accepted = accept_stored(line, stamp=stamp)
    if accepted is not None:
        return _in_time(accepted, stamp)
    value = decode_json(line, None)
    if type(value) is not dict:
        fail(None, _PLACE, "must be an object")
    special = next((name for name in _SPECIAL if name in value), None)
    if special is not None:
        return _special(special, value[special])
    return _in_time(_prepared(value, line, number, stamp), stamp)


def header_line() -> bytes:
    """Return the first line of an export."""
    return msgspec.json.encode({HEADER: {"format": FORMAT}})


def attachment_line(sha2: str, content: bytes) -> bytes:
    """Return a line with the bytes of an attachment."""
    return msgspec.json.encode({ATTACHMENT: {"sha2": sha2, "content": b64encode(content).decode()}})


def attached_line(statement_id: UUID, hashes: Collection[str]) -> bytes:
    """Return a line that says which attachments go out with a statement."""
    return msgspec.json.encode({ATTACHED: {"statement": str(statement_id), "sha2": sorted(hashes)}})


def own_voiding_line(statement_id: UUID) -> bytes:
    """Return a line that says of a statement after it that it voids only what stands under the same authority."""
    return msgspec.json.encode({VOIDS_OWN: {"statement": str(statement_id)}})


def definition_line(activity: str, definition: bytes) -> bytes:
    """Return a line with what is known of an activity."""
    return msgspec.json.encode({DEFINITION: {"id": activity, "definition": msgspec.Raw(definition)}})


def statement_line(payload: bytes) -> bytes:
    """Return a stored statement as a line; an end of line can only stand between its values."""
    return payload.replace(b"\r", b" ").replace(b"\n", b" ")


def hashes_in(payload: bytes) -> Iterator[str]:
    """Yield the SHA-2 of the attachments of a stored statement, in small letters."""
    if b'"attachments"' in payload:
        statement = msgspec.json.decode(payload)
        inner = statement["object"] if statement["object"].get("objectType") == "SubStatement" else {}
        for attachment in (*statement.get("attachments", ()), *inner.get("attachments", ())):
            yield attachment["sha2"].lower()


def _special(name: str, value: Any) -> Line:
    try:
        return _SPECIAL[name](value)
    except (TypeError, KeyError, ValueError):
        fail((None, name), _PLACE, "is not as an export writes it")


def _header(value: Any) -> HeaderLine:
    if value["format"] != FORMAT:
        raise ValueError
    return HeaderLine()


def _definition(value: Any) -> DefinitionLine:
    iri(value["id"], ((None, DEFINITION), "id"))
    check_definition(value["definition"], ((None, DEFINITION), "definition"))
    return DefinitionLine(value["id"], msgspec.json.encode(value["definition"]))


def _attached(value: Any) -> AttachedLine:
    return AttachedLine(UUID(value["statement"]), tuple(map(str, value["sha2"])))


def _own_voiding(value: Any) -> OwnVoidingLine:
    return OwnVoidingLine(UUID(value["statement"]))


def _attachment(value: Any) -> AttachmentLine:
    sha2, content = value["sha2"], b64decode(value["content"], validate=True)
    if _SHA2[len(sha2)](content).hexdigest() != sha2:
        fail((None, ATTACHMENT), _PLACE, "holds bytes that do not have this hash")
    return AttachmentLine(sha2, content)


_SPECIAL: dict[str, Callable[[Any], Line]] = {
    HEADER: _header,
    ATTACHMENT: _attachment,
    ATTACHED: _attached,
    VOIDS_OWN: _own_voiding,
    DEFINITION: _definition,
}


def _prepared(statement: Json, line: bytes, number: int, stamp: Stamp) -> Prepared:
    written = statement.get("version", stamp.version)
    check_statement(statement, version="2.0.0" if str(written).startswith("2") else "1.0.3")
    missing = {
        "id": str(uuid5(_LINES, f"{number}:{hashlib.sha256(line).hexdigest()}")),
        "timestamp": statement.get("stored", stamp.written),
        "stored": stamp.written,
        "authority": stamp.authority,
        "version": stamp.version,
    }
    completed = {**missing, **with_lists(statement)}
    is_whole = statement == completed
    return Prepared(
        identifier=UUID(completed["id"]).bytes,
        stored=moment(completed["stored"]),
        occurred=moment(completed["timestamp"]),
        has_own_timestamp="timestamp" in statement,
        version=completed["version"],
        payload=line if is_whole else msgspec.json.encode(completed),
        extract=extract(completed),
        definitions=tuple(definitions_in(completed)) if stamp.defines else (),
    )


def _in_time(prepared: Prepared, stamp: Stamp) -> Prepared:
    """Refuse a moment of storing that cannot be; each month makes a partition."""
    stored: datetime = prepared.stored
    if stored.year < _EARLIEST_YEAR or stored > stamp.stored + _TOLERANCE:
        fail((None, "stored"), _PLACE, f"must lie between {_EARLIEST_YEAR} and now")
    return prepared
