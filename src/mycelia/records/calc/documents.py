"""Documents: entity tags, preconditions and the merging of JSON objects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha1

import msgspec

from mycelia.records.errors import (
    DocumentExists,
    InvalidDocument,
    MissingPrecondition,
    PreconditionFailed,
)

JSON = "application/json"
_TAG = re.compile(r'(?:W/)?"([^"]*)"|([^",\s]+)')
_objects = msgspec.json.Decoder(dict[str, msgspec.Raw])
_anything = msgspec.json.Decoder(msgspec.Raw)


@dataclass(frozen=True, slots=True)
class Preconditions:
    """What a request demands of the document before it is changed; None when it says nothing.

    Args:
        if_match: The value of the header `If-Match`.
        if_none_match: The value of the header `If-None-Match`.
    """

    if_match: str | None = None
    if_none_match: str | None = None

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is demanded."""
        return self.if_match is None and self.if_none_match is None


def entity_tag(content: bytes) -> str:
    """Return the tag of a document, without its quotes: 40 hexadecimal digits.

    References:
        xAPI 1.0.3 Part Three 3.1: calculated from the contents with SHA-1.
    """
    return sha1(content, usedforsecurity=False).hexdigest()


def names_tag(header: str, tag: str | None) -> bool:
    """Return whether a list of entity tags names this one; `*` names every document there is.

    Example:
        >>> names_tag('"a", W/"b"', "b"), names_tag("*", None), names_tag('"a"', "c")
        (True, False, False)
    """
    if tag is None:
        return False
    if header.strip() == "*":
        return True
    return any(tag == (quoted or bare) for quoted, bare in _TAG.findall(header))


def check_preconditions(tag: str | None, given: Preconditions) -> None:
    """Refuse a change whose preconditions the document does not meet.

    Args:
        tag: Of the stored document; None when there is none.
        given: What the request demands.

    Raises:
        PreconditionFailed: It is another document than the caller thinks, or none, or one where none may be.

    References:
        xAPI 1.0.3 Part Three 3.1; RFC 9110 13.1.
    """
    if given.if_match is not None and not names_tag(given.if_match, tag):
        raise PreconditionFailed(etag=tag)
    if given.if_none_match is not None and names_tag(given.if_none_match, tag):
        raise PreconditionFailed(etag=tag)


def check_replacing(tag: str | None, given: Preconditions, *, must_demand: bool, may_overwrite: bool) -> None:
    """Refuse to replace a document blindly.

    Args:
        tag: Of the stored document; None when there is none.
        given: What the request demands.
        must_demand: Whether even a new document needs `If-None-Match` or `If-Match` (profiles).
        may_overwrite: Whether a stored document may be replaced without them (states in 1.0.3).

    Raises:
        DocumentExists: There is one, and the request says nothing about it.
        MissingPrecondition: The request must say that it expects none.

    References:
        xAPI 1.0.3 Part Three 3.1; IEEE 9274.1.1-2023 4.1.4.
    """
    if not given.is_empty:
        return
    if tag is not None and not may_overwrite:
        raise DocumentExists(etag=tag)
    if tag is None and must_demand:
        raise MissingPrecondition()


def is_json(content_type: str) -> bool:
    """Return whether a media type, parameters aside, is that of JSON.

    Example:
        >>> is_json("application/json; charset=utf-8"), is_json("text/plain")
        (True, False)
    """
    return content_type.partition(";")[0].strip().lower() == JSON


def merged(stored: tuple[str, bytes], sent: tuple[str, bytes]) -> bytes:
    """Return one JSON object with the members of both, those sent winning; what is inside a member is not merged.

    Args:
        stored: Content type and content of the stored document.
        sent: Those of what was sent.

    Raises:
        InvalidDocument: One of the two is no JSON object, or does not say that it is.

    References:
        xAPI 1.0.3 Part Three 2.2.
    """
    for (content_type, _), whose in ((stored, "stored"), (sent, "sent")):
        if not is_json(content_type):
            raise InvalidDocument(reason=f"The {whose} document is of type {content_type!r}; only JSON is merged.")
    return msgspec.json.encode({**_members(stored[1], "stored"), **_members(sent[1], "sent")})


def check_new(content_type: str, content: bytes) -> None:
    """Refuse a new document that is posted as JSON and is none.

    Raises:
        InvalidDocument: It cannot be read as JSON.
    """
    if not is_json(content_type):
        return
    try:
        _anything.decode(content)
        content.decode()
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(reason="The document says that it is JSON and cannot be read as such.") from error


def _members(content: bytes, whose: str) -> dict[str, msgspec.Raw]:
    try:
        content.decode()
        return _objects.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidDocument(reason=f"The {whose} document is no JSON object; it cannot be merged.") from error
