"""Secrets that must be read again, kept so that the database alone does not give them away.

References:
    RFC 5869 (HKDF); Fernet (AES-128-CBC with HMAC-SHA-256).
"""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from mycelia.records.errors import SecretLost

_PURPOSE = b"mycelia.records.forwarding"


def seal(text: str, *, key: str) -> bytes:
    """Return a text that only the installation's secret key opens again."""
    return _fernet(key).encrypt(text.encode())


def unseal(sealed: bytes, *, key: str) -> str:
    """Return the text.

    Raises:
        SecretLost: It was sealed with another key, or changed since.

    Example:
        >>> unseal(seal("pass", key="k"), key="k")
        'pass'
    """
    try:
        return _fernet(key).decrypt(sealed).decode()
    except InvalidToken as error:
        raise SecretLost from error


def _fernet(key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return Fernet(urlsafe_b64encode(derived))
