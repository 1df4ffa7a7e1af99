"""Who sends a request."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64

from mycelia.records.errors import Unauthenticated
from mycelia.records.queries.credentials import client_of
from mycelia.records.types import Client


def authenticate(authorization: str | None) -> Client:
    """Return who an `Authorization` header names and proves.

    Raises:
        Unauthenticated: There is none, it is malformed, or the key and secret do not belong together.

    References:
        RFC 7617 (Basic, with UTF-8); xAPI 1.0.3 Part Three 4.0.
    """
    scheme, _, encoded = (authorization or "").partition(" ")
    if scheme.lower() != "basic":
        raise Unauthenticated
    try:
        key, colon, secret = b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (NotBase64, ValueError) as error:
        raise Unauthenticated from error
    if not colon or "\x00" in key:
        raise Unauthenticated
    return client_of(key, secret)
