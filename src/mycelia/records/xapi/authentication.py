"""Who sends a request."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64

from mycelia.records.errors import Unauthenticated
from mycelia.records.queries.credentials import client_of
from mycelia.records.queries.tokens import client_of_token
from mycelia.records.types import Client


def authenticate(authorization: str | None) -> Client:
    """Return who an `Authorization` header names and proves.

    Raises:
        Unauthenticated: There is none, it is malformed, or what it proves with is wrong or over.

    References:
        RFC 7617 (Basic, with UTF-8), RFC 6750 (Bearer); xAPI 1.0.3 Part Three 4.0.
    """
    scheme, _, proof = (authorization or "").partition(" ")
    if scheme.lower() == "basic":
        return client_of(*key_and_secret(proof))
    if scheme.lower() == "bearer":
        return client_of_token(proof.strip())
    raise Unauthenticated


def key_and_secret(encoded: str) -> tuple[str, str]:
    """Return what the Basic scheme carries.

    Raises:
        Unauthenticated: It is no base64 of UTF-8 with a colon.
    """
    try:
        key, colon, secret = b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (NotBase64, ValueError) as error:
        raise Unauthenticated from error
    if not colon or "\x00" in key:
        raise Unauthenticated
    return key, secret


def scheme_of(authorization: str | None) -> str:
    """Return the scheme of an `Authorization` header in lower case; "" without one."""
    return (authorization or "").partition(" ")[0].lower()
