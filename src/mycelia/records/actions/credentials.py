"""Giving out credentials."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from hashlib import sha256

from django.db import transaction

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require
from mycelia.records.errors import CredentialRefused
from mycelia.records.models import Credential
from mycelia.records.permissions import ManageCredentials
from mycelia.records.types import NewCredential, Scope

MAXIMUM_NAME = 200


@transaction.atomic
def create_credential(*, actor: Actor, name: str, scopes: Collection[Scope]) -> NewCredential:
    """Make a key and secret for a system and return them; the secret is kept only as a hash.

    Raises:
        PermissionDenied: The actor may not.
        CredentialRefused: The name is empty or too long, or there is no scope.
    """
    require(actor, ManageCredentials())
    name = name.strip()
    if not name or len(name) > MAXIMUM_NAME or not name.isprintable():
        raise CredentialRefused(f"A credential needs a name of 1 to {MAXIMUM_NAME} printable characters.")
    if not scopes:
        raise CredentialRefused("A credential needs at least one scope.")
    key, secret = secrets.token_hex(16), secrets.token_urlsafe(32)
    named = tuple(scope for scope in Scope if scope in scopes)
    made = Credential.objects.create(
        name=name, key=key, secret_hash=sha256(secret.encode()).digest(), scopes=named, created_at=clock.now()
    )
    details = {"name": name, "key": key, "scopes": list(named)}
    audit.record(
        actor=actor,
        action="records.credential.create",
        object_type="records.Credential",
        object_id=made.pk,
        details=details,
    )
    return NewCredential(made.pk, name, key, secret, named)
