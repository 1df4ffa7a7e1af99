"""Whom a key and secret stand for."""

from __future__ import annotations

import hmac
from hashlib import sha256

from django.conf import settings

from mycelia.kernel import clock
from mycelia.records.errors import Unauthenticated
from mycelia.records.models import Credential
from mycelia.records.types import Client, Json, Scope


def client_of(key: str, secret: str) -> Client:
    """Return the client a key and secret belong to.

    Raises:
        Unauthenticated: They do not belong together, or the credential is expired or withdrawn.
    """
    found = Credential.objects.filter(key=key, withdrawn_at=None).first()
    if found is None or not hmac.compare_digest(bytes(found.secret_hash), sha256(secret.encode()).digest()):
        raise Unauthenticated
    if found.expires_at is not None and found.expires_at <= clock.now():
        raise Unauthenticated
    return Client(found.name, authority_of(found), frozenset(Scope(name) for name in found.scopes), found.pk)


def authority_of(credential: Credential) -> Json:
    """Return the agent that vouches for what comes under a credential."""
    account = {"homePage": settings.MYCELIA_PUBLIC_URL, "name": credential.key}
    return {"objectType": "Agent", "name": credential.name, "account": account}
