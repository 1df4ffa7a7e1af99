"""Whom a key and secret stand for."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from time import monotonic

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.db.models import F, QuerySet

from mycelia.kernel import clock
from mycelia.kernel.errors import Unavailable
from mycelia.records.errors import CredentialNotFound, Unauthenticated
from mycelia.records.models import Credential
from mycelia.records.types import Client, Json, Scope

REMEMBERED_SECONDS = 5.0
"""A change made by another process holds here after this time at the latest."""
_MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Holder:
    """A credential as requests are checked against it; hashes are SHA-256."""

    client: Client
    hashes: tuple[tuple[bytes, datetime | None], ...]
    expires_at: datetime | None

    def is_over(self, now: datetime) -> bool:
        """Return whether it has expired."""
        return self.expires_at is not None and self.expires_at <= now

    def holds(self, hashed: bytes, now: datetime) -> bool:
        """Return whether a hash is of a secret that is good now."""
        good = (known for known, until in self.hashes if until is None or until > now)
        return any(hmac.compare_digest(known, hashed) for known in good)

    def has_stamp(self, stamp: str, now: datetime) -> bool:
        """Return whether a secret that is good now has a hash with these first digits, as tokens hold them."""
        return any(known.hex().startswith(stamp) for known, until in self.hashes if until is None or until > now)


_remembered: dict[str, tuple[float, Holder]] = {}
_origins: list[tuple[float, frozenset[str]]] = []


def client_of(key: str, secret: str) -> Client:
    """Return the client a key and secret belong to.

    Raises:
        Unauthenticated: They do not belong together, or the credential is expired or withdrawn.
    """
    found, now = holder(key), clock.now()
    if found is None or found.is_over(now) or not found.holds(sha256(secret.encode()).digest(), now):
        raise Unauthenticated(credential_id=None if found is None else found.client.credential_id)
    return found.client


def holder(key: str) -> Holder | None:
    """Return the credential of a key, read at most every few seconds; None for one that is unknown or withdrawn."""
    known = _remembered.get(key)
    if known is not None and known[0] > monotonic():
        return known[1]
    row = Credential.objects.filter(key=key, withdrawn_at=None).first()
    if row is None:
        _remembered.pop(key, None)
        return None
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    found = _holder(row)
    _remembered[key] = (monotonic() + REMEMBERED_SECONDS, found)
    return found


def forget(key: str) -> None:
    """Read a credential anew when it is next used."""
    _remembered.pop(key, None)
    _origins.clear()


def allowed_origins() -> frozenset[str]:
    """Return the web origins that any credential is for, read at most every few seconds.

    While the database is down they are those known last, so that a browser can read that it is.
    """
    known = next(iter(_origins), None)
    if known is None or known[0] <= monotonic():
        try:
            found = _read_origins()
        except (OperationalError, InterfaceError, Unavailable):
            return known[1] if known else frozenset()
        known = (monotonic() + REMEMBERED_SECONDS, found)
        _origins[:] = [known]
    return known[1]


def _read_origins() -> frozenset[str]:
    rows = Credential.objects.filter(withdrawn_at=None).exclude(origins=[]).values_list("origins", "expires_at")
    now = clock.now()
    return frozenset(one for origins, ends in rows if ends is None or ends > now for one in origins)


def authority_of(credential: Credential) -> Json:
    """Return the agent that vouches for what comes under a credential."""
    account = {"homePage": settings.MYCELIA_PUBLIC_URL, "name": credential.key}
    return {"objectType": "Agent", "name": credential.name, "account": account}


def credentials() -> QuerySet[Credential]:
    """Return every credential, the newest first; those withdrawn are there, at the end."""
    return Credential.objects.order_by(F("withdrawn_at").desc(nulls_first=True), "-created_at", "-pk")


def credential(credential_id: int) -> Credential:
    """Return one credential, withdrawn or not.

    Raises:
        CredentialNotFound: There is none.
    """
    found = Credential.objects.filter(pk=credential_id).first()
    if found is None:
        raise CredentialNotFound(credential_id=credential_id)
    return found


def _holder(row: Credential) -> Holder:
    client = Client(
        name=row.name,
        authority=authority_of(row),
        scopes=frozenset(Scope(name) for name in row.scopes),
        credential_id=row.pk,
        origins=frozenset(row.origins),
        requests_per_minute=row.requests_per_minute,
    )
    hashes: list[tuple[bytes, datetime | None]] = [(bytes(row.secret_hash), None)]
    if row.previous_hash is not None and row.previous_until is not None:
        hashes.append((bytes(row.previous_hash), row.previous_until))
    return Holder(client, tuple(hashes), row.expires_at)
