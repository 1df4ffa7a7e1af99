"""Signed statements: a JSON web signature over the statement, sent as an attachment.

References:
    xAPI 1.0.3 Part Two 2.6; RFC 7515 (JWS) sections 4.1.6 and 7.1; RFC 7518 section 3.3.
"""

from __future__ import annotations

from base64 import b64decode, urlsafe_b64decode
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256, SHA384, SHA512

from mycelia.records.calc.attachments import attachments_of
from mycelia.records.calc.comparison import fingerprint
from mycelia.records.calc.validation.formats import TIMESTAMPS, moment
from mycelia.records.calc.validation.shapes import Path, fail
from mycelia.records.errors import InvalidStatement
from mycelia.records.types import Json

USAGE = "http://adlnet.gov/expapi/attachments/signature"
SIGNED = "xAPI 1.0.3 Part Two 2.6"
CONTENT_TYPE = "application/octet-stream"
MAXIMUM_CERTIFICATES = 10
_ALGORITHMS: dict[str, SHA256 | SHA384 | SHA512] = {"RS256": SHA256(), "RS384": SHA384(), "RS512": SHA512()}


def check_signatures(statements: Sequence[tuple[int, Json]], sent: Mapping[str, bytes]) -> None:
    """Verify every signature that comes with valid statements.

    A signature names its key by the certificates in `x5c`. Where it names none only its form, its algorithm and what
    it signs can be checked.

    Args:
        statements: Valid ones with their place in the batch, as they were sent.
        sent: The bytes of the attachments, by SHA-2 in small letters.

    Raises:
        InvalidStatement: A signature is malformed, of another statement, or not made with the key it names.
    """
    for index, statement in statements:
        for attachment, path in attachments_of([(index, statement)]):
            if attachment["usageType"] == USAGE:
                _check(attachment, path, statement, sent)


def _check(attachment: Json, path: Path, statement: Json, sent: Mapping[str, bytes]) -> None:
    if attachment["contentType"] != CONTENT_TYPE:
        fail((path, "contentType"), SIGNED, f"of a signature must be {CONTENT_TYPE}")
    compact = sent.get(attachment["sha2"].lower())
    if compact is None:
        fail(path, SIGNED, "is a signature and must be sent with its bytes")
    header, payload, signed, signature = _parts(compact, path)
    algorithm = _ALGORITHMS.get(header["alg"]) if type(header.get("alg")) is str else None
    if algorithm is None:
        fail(path, SIGNED, f"must be signed with one of {', '.join(_ALGORITHMS)}")
    if not _is_same(payload, statement):
        fail(path, SIGNED, "signs another statement than the one it comes with")
    if "x5c" in header:
        _verify(_key(header["x5c"], path), signed, signature, algorithm, path)


def _parts(compact: bytes, path: Path) -> tuple[Json, Json, bytes, bytes]:
    try:
        head, body, signature = compact.split(b".")
        header, payload = msgspec.json.decode(_decoded(head)), msgspec.json.decode(_decoded(body))
        raw = _decoded(signature)
    except (ValueError, RecursionError):
        header = payload = None
    if type(header) is not dict or type(payload) is not dict or "crit" in header:
        fail(path, SIGNED, "is no JSON web signature in compact form over a JSON object")
    return header, payload, head + b"." + body, raw


def _decoded(part: bytes) -> bytes:
    return urlsafe_b64decode(part + b"=" * (-len(part) % 4))


def _is_same(payload: Json, statement: Json) -> bool:
    """Return whether what was signed is the statement, as the specification compares statements."""
    own = {**payload, "id": payload.get("id", statement.get("id"))}
    try:
        equal = fingerprint(own) == fingerprint({**statement, "id": statement.get("id")})
        return equal and _moment(payload) == _moment(statement)
    except (InvalidStatement, KeyError, TypeError, AttributeError, ValueError, RecursionError):
        return False


def _moment(statement: Json) -> Any:
    sent = statement.get("timestamp")
    if sent is not None and type(sent) is not str:
        fail(None, TIMESTAMPS, "is no timestamp")
    return None if sent is None else moment(sent)


def _key(chain: Any, path: Path) -> RSAPublicKey:
    """Return the key of the first certificate, each being issued by the next."""
    try:
        if type(chain) is not list or not 1 <= len(chain) <= MAXIMUM_CERTIFICATES:
            raise ValueError("not a chain")
        certificates = [x509.load_der_x509_certificate(b64decode(one, validate=True)) for one in chain]
        for issued, issuer in pairwise(certificates):
            issued.verify_directly_issued_by(issuer)
        key = certificates[0].public_key()
    except (ValueError, TypeError, InvalidSignature):
        fail(path, SIGNED, "names its key in x5c by something that is no chain of certificates")
    if not isinstance(key, RSAPublicKey):
        fail(path, SIGNED, "names a key in x5c that is not of RSA")
    return key


def _verify(
    key: RSAPublicKey, signed: bytes, signature: bytes, algorithm: SHA256 | SHA384 | SHA512, path: Path
) -> None:
    try:
        key.verify(signature, signed, PKCS1v15(), algorithm)
    except InvalidSignature:
        fail(path, SIGNED, "was not made with the key its certificate holds")
