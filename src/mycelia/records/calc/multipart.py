"""Bodies of several parts: statements and the bytes of their attachments.

References:
    RFC 2046 section 5.1; xAPI 1.0.3 Part Three 1.5.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mycelia.records.errors import BadRequest

MIXED = "multipart/mixed"
PART_END = b"\r\n"
MAXIMUM_PARTS = 1_000
MAXIMUM_HEADERS_BYTES = 8 * 1024
_BOUNDARY = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_PARAMETER = re.compile(r';\s*([A-Za-z0-9!#$&^_.+\-]+)\s*=\s*(?:"((?:[^"\\\r\n]|\\.)*)"|([^\s;"]+))\s*')
_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: its headers by name in lower case, and its bytes."""

    headers: Mapping[str, str]
    body: bytes


def media_type(content_type: str) -> str:
    """Return a content type without its parameters, in small letters.

    Example:
        >>> media_type('Multipart/Mixed; boundary="a b"')
        'multipart/mixed'
    """
    return content_type.partition(";")[0].strip().lower()


def charset_of(content_type: str) -> str:
    """Return the charset a content type names, in small letters; that of JSON, UTF-8, when it names none."""
    return (_parameter(content_type, "charset") or "utf-8").lower()


def boundary_of(content_type: str) -> str:
    """Return the boundary a content type names.

    Raises:
        BadRequest: It names none, or one that RFC 2046 does not allow.
    """
    boundary = _parameter(content_type, "boundary")
    if _BOUNDARY.fullmatch(boundary) is None:
        raise BadRequest("The content type multipart/mixed names no valid boundary.")
    return boundary


def _parameter(content_type: str, name: str) -> str:
    found = {match[1].lower(): (match[2], match[3]) for match in _PARAMETER.finditer(content_type)}
    quoted, plain = found.get(name, (None, None))
    return plain or re.sub(r"\\(.)", r"\1", quoted or "")


def parse(body: bytes, boundary: str) -> list[Part]:
    """Return the parts of a body.

    Raises:
        BadRequest: It has no part or too many, does not end with the closing boundary, or a part's headers are wrong.
    """
    delimiter = b"\r\n--" + re.escape(boundary.encode())
    # A delimiter may stand at the very beginning, without a line break before it.
    sections = re.split(delimiter + rb"(--)?[ \t]*(?:\r\n|$)", b"\r\n" + body, maxsplit=2 * MAXIMUM_PARTS)
    bodies, closings = sections[2::2], sections[1::2]
    if len(closings) > MAXIMUM_PARTS:
        raise BadRequest(f"The body has more than {MAXIMUM_PARTS} parts.")
    if b"--" not in closings:
        raise BadRequest("The body does not end with its closing boundary.")
    count = closings.index(b"--")
    if not count:
        raise BadRequest("The body has no part.")
    return [_part(section) for section in bodies[:count]]


def render(parts: Iterable[tuple[Mapping[str, str], bytes]], boundary: str) -> bytes:
    """Return a body of several parts from their headers and bytes."""
    written: list[bytes] = []
    for headers, body in parts:
        written += [opening(headers, boundary), body, PART_END]
    return b"".join((*written, closing(boundary)))


def opening(headers: Mapping[str, str], boundary: str) -> bytes:
    """Return what stands before the bytes of a part; `PART_END` comes after them."""
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"--{boundary}\r\n{lines}\r\n".encode()


def closing(boundary: str) -> bytes:
    """Return what stands after the last part."""
    return f"--{boundary}--\r\n".encode()


def _part(section: bytes) -> Part:
    if section.startswith(b"\r\n"):
        return Part({}, section[2:])
    head, separator, body = section.partition(b"\r\n\r\n")
    if not separator or len(head) > MAXIMUM_HEADERS_BYTES:
        raise BadRequest("A part's headers do not end, or are too long.")
    return Part(_headers(head), body)


def _headers(head: bytes) -> dict[str, str]:
    headers: dict[str, str] = {}
    for line in head.split(b"\r\n"):
        try:
            written, colon, value = line.decode("utf-8").partition(":")
        except UnicodeDecodeError:
            colon = ""
        name = written.rstrip(" \t").lower() if colon else ""
        if name in headers or not _NAME.fullmatch(name) or _CONTROL.search(value):
            raise BadRequest("A part's header is malformed or stands twice.")
        headers[name] = value.strip(" \t")
    return headers
