"""Giving out, changing, rotating and withdrawing credentials."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction

from mycelia.audit import api as audit
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require
from mycelia.records.calc.terms import check_terms, checked_name
from mycelia.records.errors import CredentialNotFound, CredentialRefused
from mycelia.records.models import Credential
from mycelia.records.permissions import ManageCredentials
from mycelia.records.queries.credentials import forget
from mycelia.records.types import NewCredential, Scope, Terms

MAXIMUM_OVERLAP = timedelta(days=30)
NO_OVERLAP = timedelta()


@transaction.atomic
def create_credential(*, actor: Actor, name: str, terms: Terms) -> NewCredential:
    """Make a key and secret for a system and return them; the secret is kept only as a hash.

    Raises:
        PermissionDenied: The actor may not.
        CredentialRefused: The name or the terms are of no use.
    """
    require(actor, ManageCredentials())
    name = checked_name(name)
    check_terms(terms, now=clock.now())
    key, secret = secrets.token_hex(16), _secret()
    made = Credential.objects.create(
        name=name, key=key, secret_hash=_hash(secret), created_at=clock.now(), **_columns(terms)
    )
    _tell(actor, made, "create")
    return _readable(made, secret)


@transaction.atomic
def amend_credential(*, actor: Actor, credential_id: int, name: str, terms: Terms) -> None:
    """Change what a credential is called and good for; it holds at once, on other machines within seconds.

    Raises:
        PermissionDenied: The actor may not.
        CredentialNotFound: There is none, or it was withdrawn.
        CredentialRefused: The name or the terms are of no use.
    """
    require(actor, ManageCredentials())
    name = checked_name(name)
    check_terms(terms, now=clock.now())
    found = _held(credential_id)
    found.name = name
    for column, value in _columns(terms).items():
        setattr(found, column, value)
    found.save(update_fields=["name", *_columns(terms)])
    _changed(actor, found, "amend")


@transaction.atomic
def rotate_credential(*, actor: Actor, credential_id: int, overlap: timedelta = NO_OVERLAP) -> NewCredential:
    """Give a credential a new secret; the one it had goes on for as long as asked, tokens made with it included.

    Raises:
        PermissionDenied: The actor may not.
        CredentialNotFound: There is none, or it was withdrawn.
        CredentialRefused: The overlap is longer than thirty days.
    """
    require(actor, ManageCredentials())
    if not NO_OVERLAP <= overlap <= MAXIMUM_OVERLAP:
        raise CredentialRefused("The previous secret may go on for at most thirty days.")
    found, secret = _held(credential_id), _secret()
    found.previous_hash, found.previous_until = (found.secret_hash, clock.now() + overlap) if overlap else (None, None)
    found.secret_hash, found.rotated_at = _hash(secret), clock.now()
    found.save(update_fields=["previous_hash", "previous_until", "secret_hash", "rotated_at"])
    _changed(actor, found, "rotate", overlap_seconds=int(overlap.total_seconds()))
    return _readable(found, secret)


@transaction.atomic
def revoke_credential(*, actor: Actor, credential_id: int) -> None:
    """Withdraw a credential for good; what came under it stays. One withdrawn already stays as it is.

    Raises:
        PermissionDenied: The actor may not.
        CredentialNotFound: There is none.
    """
    require(actor, ManageCredentials())
    found = Credential.objects.select_for_update().filter(pk=credential_id).first()
    if found is None:
        raise CredentialNotFound(credential_id=credential_id)
    if found.withdrawn_at is None:
        found.withdrawn_at = clock.now()
        found.save(update_fields=["withdrawn_at"])
        _changed(actor, found, "revoke")


def _held(credential_id: int) -> Credential:
    found = Credential.objects.select_for_update().filter(pk=credential_id, withdrawn_at=None).first()
    if found is None:
        raise CredentialNotFound(credential_id=credential_id)
    return found


def _columns(terms: Terms) -> dict[str, object]:
    return {
        "scopes": [scope.value for scope in Scope if scope in terms.scopes],
        "origins": sorted(terms.origins),
        "expires_at": terms.expires_at,
        "requests_per_minute": terms.requests_per_minute,
    }


def _secret() -> str:
    return secrets.token_hex(32)


def _hash(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def _readable(credential: Credential, secret: str) -> NewCredential:
    scopes = tuple(Scope(name) for name in credential.scopes)
    return NewCredential(credential.pk, credential.name, credential.key, secret, scopes)


def _changed(actor: Actor, credential: Credential, verb: str, **more: object) -> None:
    _tell(actor, credential, verb, **more)
    key = credential.key
    forget(key)
    # Once more afterwards: meanwhile another request may have read the row as it was.
    transaction.on_commit(lambda: forget(key))


def _tell(actor: Actor, credential: Credential, verb: str, **more: object) -> None:
    expires = None if credential.expires_at is None else credential.expires_at.isoformat()
    details = {
        "name": credential.name,
        "key": credential.key,
        "scopes": list(credential.scopes),
        "origins": list(credential.origins),
        "expires_at": expires,
        "requests_per_minute": credential.requests_per_minute,
        **more,
    }
    audit.record(
        actor=actor,
        action=f"records.credential.{verb}",
        object_type="records.Credential",
        object_id=credential.pk,
        details=details,
    )
