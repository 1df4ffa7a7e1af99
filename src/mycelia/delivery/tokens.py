"""Signed, expiring addresses of the content origin.

Two kinds: a file token opens one package's files for one attempt; a launch token opens the page around one launch
and lets what it says be added to that attempt's journal. Neither needs the database to be checked, and neither
opens anything else.

A file token's end is rounded up to a grid of four hours, so that addresses repeat and browsers can keep files
between the parts of a package.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core import signing

from mycelia.kernel import clock

LIFETIME_SECONDS = 8 * 3600
_GRID_SECONDS = 4 * 3600
_FILES = "mycelia.delivery.files"
_LAUNCH = "mycelia.delivery.launch"


class TokenExpired(ValueError):
    """The address was right and is too old."""


class TokenRefused(ValueError):
    """The address was not made here, or was changed."""


@dataclass(frozen=True, slots=True)
class FileToken:
    """Opens the files of the package `digest`."""

    digest: str
    attempt_id: UUID

    def signed(self) -> str:
        """Return the token as it stands in an address."""
        latest = int(clock.now().timestamp()) + LIFETIME_SECONDS
        return _sign(_FILES, [self.digest, self.attempt_id.hex, -(-latest // _GRID_SECONDS) * _GRID_SECONDS])


@dataclass(frozen=True, slots=True)
class LaunchToken:
    """Opens the page around one launch, and that launch's place in the journal."""

    attempt_id: UUID
    session: UUID

    def signed(self) -> str:
        """Return the token as it stands in an address."""
        latest = int(clock.now().timestamp()) + LIFETIME_SECONDS
        return _sign(_LAUNCH, [self.attempt_id.hex, self.session.hex, latest])


def read_file_token(text: str) -> FileToken:
    """Return what a file token opens.

    Raises:
        TokenExpired: It is too old.
        TokenRefused: It was changed, or is no file token of this installation.
    """
    digest, attempt = _read(_FILES, text)
    return FileToken(digest, UUID(attempt))


def read_launch_token(text: str) -> LaunchToken:
    """Return what a launch token opens.

    Raises:
        TokenExpired: It is too old.
        TokenRefused: It was changed, or is no launch token of this installation.
    """
    attempt, session = _read(_LAUNCH, text)
    return LaunchToken(UUID(attempt), UUID(session))


def _sign(salt: str, values: list[object]) -> str:
    return signing.Signer(salt=salt).sign_object(values)


def _read(salt: str, text: str) -> tuple[str, str]:
    """Return the two names a token carries; the signature is compared in constant time, by `django.core.signing`."""
    try:
        first, second, expires = signing.Signer(salt=salt).unsign_object(text)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise TokenRefused from error
    if clock.now().timestamp() >= expires:
        raise TokenExpired
    return first, second


def content_address(path: str) -> str:
    """Return an absolute address on the content origin."""
    return f"{settings.MYCELIA_CONTENT_ORIGIN}/content/{path}"
