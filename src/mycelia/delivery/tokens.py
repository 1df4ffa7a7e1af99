"""Signed, expiring addresses of the content origin.

A token names one package and one launch of one attempt; who holds it can read that package's files and add to that
attempt's journal, and nothing else. It is checked without the database for files, which are many.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing

_SALT = "mycelia.delivery.content"
LIFETIME_SECONDS = 8 * 3600


class TokenExpired(ValueError):
    """The address was right and is too old."""


class TokenRefused(ValueError):
    """The address was not made here."""


@dataclass(frozen=True, slots=True)
class ContentToken:
    """What an address of the content origin allows."""

    digest: str
    attempt_id: UUID
    session: UUID

    def signed(self) -> str:
        """Return the token as it stands in an address."""
        return signing.dumps([self.digest, self.attempt_id.hex, self.session.hex], salt=_SALT)


def read_token(text: str) -> ContentToken:
    """Return what a token allows; the signature is compared in constant time.

    Raises:
        TokenExpired: It is older than `LIFETIME_SECONDS`.
        TokenRefused: It was changed, or made elsewhere.
    """
    try:
        digest, attempt, session = signing.loads(text, salt=_SALT, max_age=LIFETIME_SECONDS)
        return ContentToken(str(digest), UUID(attempt), UUID(session))
    except signing.SignatureExpired as error:
        raise TokenExpired from error
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise TokenRefused from error


def content_address(path: str) -> str:
    """Return an absolute address on the content origin."""
    return f"{settings.MYCELIA_CONTENT_ORIGIN}/content/{path}"
