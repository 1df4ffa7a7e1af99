"""Bearer tokens: made from a credential for a while, signed, and stored nowhere.

A token names its credential, what it covers and when it ends. It is good no longer than the credential and the secret
it was made with, whose first digits it holds: withdrawing or rotating ends every token.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.core import signing

from mycelia.kernel import clock
from mycelia.records.errors import Unauthenticated
from mycelia.records.queries.credentials import holder
from mycelia.records.types import Client, Scope

LIFETIME_SECONDS = 3600
_SALT = "mycelia.records.token"
_LONGEST = 4096


def make_token(key: str, secret_hash: bytes, scopes: Collection[Scope]) -> str:
    """Return a token for a credential that was just proved."""
    ends = int(clock.now().timestamp()) + LIFETIME_SECONDS
    named = [scope.value for scope in Scope if scope in scopes]
    return signing.dumps([key, secret_hash.hex()[:16], named, ends], salt=_SALT)


def client_of_token(token: str) -> Client:
    """Return the client a token stands for; its scopes are those of token and credential both.

    Raises:
        Unauthenticated: It was not made here, is over, or its credential or secret is.
    """
    key, stamp, named, ends = _opened(token)
    now, found = clock.now(), holder(key)
    if found is None or now.timestamp() >= ends or found.is_over(now) or not found.has_stamp(stamp, now):
        raise Unauthenticated(credential_id=None if found is None else found.client.credential_id)
    covered = frozenset(Scope(name) for name in named)
    return replace(found.client, scopes=narrowed(covered, found.client.scopes))


def narrowed(wanted: frozenset[Scope], held: frozenset[Scope]) -> frozenset[Scope]:
    """Return what of the wanted scopes is covered by those held.

    Example:
        >>> narrowed(frozenset({Scope.STATE}), frozenset({Scope.ALL}))
        frozenset({<Scope.STATE: 'state'>})
    """
    if Scope.ALL in held:
        return wanted
    reading = {Scope.STATEMENTS_READ, Scope.STATEMENTS_READ_MINE} if Scope.ALL_READ in held else set()
    mine = {Scope.STATEMENTS_READ_MINE} if Scope.STATEMENTS_READ in held else set()
    return wanted & (held | reading | mine)


def _opened(token: str) -> tuple[str, str, list[str], int]:
    if len(token) > _LONGEST:
        raise Unauthenticated
    try:
        content: Any = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Unauthenticated from error
    key, stamp, named, ends = content
    return key, stamp, named, ends
