"""Sharing a frozen version with people who have no account."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from mycelia.audit import api as audit
from mycelia.business_case.errors import InvalidTerms
from mycelia.business_case.models import ShareLink, Version
from mycelia.business_case.permissions import EditCase
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor, require

LONGEST_DAYS = 90


@transaction.atomic
def share_version(*, actor: Actor, version: Version, days: int = 14) -> tuple[ShareLink, str]:
    """Make a link to a version that expires, and return it with the word that opens it, which is shown only now.

    Args:
        actor: A finance analyst who may edit the case.
        version: What can be read, and nothing else.
        days: 1 to 90.

    Raises:
        PermissionDenied: The actor may not edit the case.
        InvalidTerms: The days are out of range.
    """
    require(actor, EditCase(), version.case)
    if not 1 <= days <= LONGEST_DAYS:
        raise InvalidTerms(_("A link is open for 1 to 90 days. Nothing was made."))
    word, moment = secrets.token_urlsafe(32), clock.now()
    link = ShareLink.objects.create(
        version=version,
        word_digest=digest_of_word(word),
        made_by_id=actor.person_id,
        made_by_name=actor.label,
        made_at=moment,
        expires_at=moment + timedelta(days=days),
    )
    _audit(actor, link, "version_shared", expires=link.expires_at.isoformat())
    return link, word


@transaction.atomic
def revoke_share(*, actor: Actor, link: ShareLink) -> None:
    """Close a link at once and for good; doing so again changes nothing.

    Raises:
        PermissionDenied: The actor may not edit the case.
    """
    require(actor, EditCase(), link.version.case)
    locked = ShareLink.objects.select_for_update().get(pk=link.pk)
    if locked.revoked_at is None:
        locked.revoked_at = clock.now()
        locked.save(update_fields=["revoked_at"])
        _audit(actor, locked, "share_revoked")


def digest_of_word(word: str) -> str:
    """Return what is kept of the word that opens a link."""
    return hashlib.sha256(word.encode()).hexdigest()


def _audit(actor: Actor, link: ShareLink, what: str, **details: object) -> None:
    audit.record(
        actor=actor,
        action=f"business_case.{what}",
        object_type="case",
        object_id=link.version.case.slug,
        details={"link": link.pk, "version": link.version.number, **details},
    )
