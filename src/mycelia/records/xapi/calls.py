"""A request to a resource, parsed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest

from mycelia.records.calc import urlencoded
from mycelia.records.errors import BadRequest, CodingRefused, LengthRequired, RequestTooLarge
from mycelia.records.types import Client

MAXIMUM_PARAMETERS = 64
_HEADERS = {
    "authorization": "HTTP_AUTHORIZATION",
    "content-type": "CONTENT_TYPE",
    "content-length": "CONTENT_LENGTH",
    "if-match": "HTTP_IF_MATCH",
    "if-none-match": "HTTP_IF_NONE_MATCH",
    "accept": "HTTP_ACCEPT",
    "accept-language": "HTTP_ACCEPT_LANGUAGE",
    "origin": "HTTP_ORIGIN",
    "x-experience-api-version": "HTTP_X_EXPERIENCE_API_VERSION",
}


@dataclass(frozen=True, slots=True)
class Call:
    """What a handler gets.

    Args:
        method: GET, PUT, POST or DELETE; a HEAD request arrives as GET.
        version: The rules it is held to, "1.0.3" or "2.0.0"; "" where a resource needs none and none was sent.
        parameters: Of the query, each named once; under the alternate syntax those of the form.
        headers: The few that the resources know, by name in lower case.
        body: As sent, within the operation's limit.
        client: Who asks; None only where the operation lets anybody.
    """

    method: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""
    version: str = ""
    client: Client | None = None

    def negotiated(self, version: str) -> Call:
        """Return the call held to a version's rules."""
        return replace(self, version=version)

    def of(self, client: Client | None) -> Call:
        """Return the call of somebody known."""
        return replace(self, client=client)

    @property
    def sender(self) -> Client:
        """Return who asks, where the operation lets only known clients."""
        if self.client is None:
            raise RuntimeError("this operation was declared for anybody")
        return self.client


def headers_of(request: HttpRequest) -> dict[str, str]:
    """Return the headers the resources know, those present."""
    meta = request.META
    return {name: meta[key] for name, key in _HEADERS.items() if meta.get(key)}


def read_body(request: HttpRequest, *, limit_bytes: int) -> bytes:
    """Return the body.

    Raises:
        LengthRequired: It comes neither with its length nor in chunks.
        RequestTooLarge: It is over the limit; with its length in the headers none of it was read.
        CodingRefused: It is compressed.
        BadRequest: It broke off.
    """
    if request.META.get("HTTP_CONTENT_ENCODING", "").strip().lower() not in {"", "identity"}:
        raise CodingRefused
    coding = request.META.get("HTTP_TRANSFER_ENCODING", "")
    try:
        if coding:
            return _chunks(request, coding, limit_bytes)
        return _announced(request, limit_bytes)
    except OSError as error:
        raise BadRequest("The body broke off.") from error


def _chunks(request: HttpRequest, coding: str, limit_bytes: int) -> bytes:
    """Return a body that comes in chunks, which the server has put together; Django itself would read none of it."""
    if coding.strip().lower() != "chunked":
        raise LengthRequired
    body: bytes = request.META["wsgi.input"].read(limit_bytes + 1)
    if len(body) > limit_bytes:
        raise RequestTooLarge(limit_bytes)
    return body


def _announced(request: HttpRequest, limit_bytes: int) -> bytes:
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not (announced.isascii() and announced.isdecimal()):
        raise BadRequest("Content-Length is not a number.")
    if int(announced) > limit_bytes:
        raise RequestTooLarge(limit_bytes)
    body: bytes = request.read()
    if len(body) != int(announced):
        raise BadRequest("The body is not as long as Content-Length says.")
    return body


def parameters_of(encoded: bytes, *, what: str) -> dict[str, str]:
    """Return URL-encoded parameters.

    Raises:
        BadRequest: They are not well formed, not UTF-8, too many, or one is named twice.
    """
    return {name: text_of(value, what=what) for name, value in fields_of(encoded, what=what).items()}


def fields_of(encoded: bytes, *, what: str) -> dict[str, bytes]:
    """Return URL-encoded parameters with their values still encoded; raises `BadRequest` like `parameters_of`."""
    try:
        found = list(urlencoded.fields(encoded, most=MAXIMUM_PARAMETERS))
    except ValueError as error:
        raise _malformed(what) from error
    named = dict(found)
    if len(named) != len(found):
        raise BadRequest(f"The {what} names a parameter twice.")
    if any("\x00" in name for name in named):
        raise BadRequest(f"The {what} holds U+0000.")
    return named


def text_of(value: bytes, *, what: str) -> str:
    """Return the text of one encoded value; raises `BadRequest` like `parameters_of`."""
    try:
        text = urlencoded.decoded(value).decode()
    except ValueError as error:
        raise _malformed(what) from error
    if "\x00" in text:
        raise BadRequest(f"The {what} holds U+0000.")
    return text


def _malformed(what: str) -> BadRequest:
    return BadRequest(f"The {what} is not URL-encoded UTF-8 of at most {MAXIMUM_PARAMETERS} parameters.")
