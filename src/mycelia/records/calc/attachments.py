"""Which bytes belong to which attachment, and whether all that must be there are.

References:
    xAPI 1.0.3 Part Two 2.4.11 and Part Three 1.5.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha224, sha256, sha384, sha512
from typing import Any

from mycelia.records.calc.multipart import Part, media_type
from mycelia.records.calc.validation.shapes import Path, fail
from mycelia.records.errors import BadRequest
from mycelia.records.types import Json

ATTACHMENTS = "xAPI 1.0.3 Part Two 2.4.11"
MIXED = "xAPI 1.0.3 Part Three 1.5.2"
HASH_HEADER = "X-Experience-API-Hash"
_BY_DIGITS = {56: sha224, 64: sha256, 96: sha384, 128: sha512}


def binary_headers(content_type: str, sha2: str) -> dict[str, str]:
    """Return the headers of the part that holds the bytes of an attachment."""
    return {"Content-Type": content_type, "Content-Transfer-Encoding": "binary", HASH_HEADER: sha2}


def bytes_by_hash(parts: Sequence[Part]) -> dict[str, bytes]:
    """Return the bytes of the parts that follow the statements, each under the SHA-2 it names, in small letters.

    Raises:
        BadRequest: A part is not binary, names no hash, or its bytes have another.
    """
    found: dict[str, bytes] = {}
    for number, part in enumerate(parts, start=2):
        if part.headers.get("content-transfer-encoding", "").lower() != "binary":
            raise BadRequest(f"Part {number} lacks Content-Transfer-Encoding: binary ({MIXED}).")
        named = part.headers.get(HASH_HEADER.lower(), "").lower()
        hasher = _BY_DIGITS.get(len(named))
        if hasher is None or hasher(part.body).hexdigest() != named:
            raise BadRequest(f"Part {number} lacks {HASH_HEADER}, or its bytes have another hash ({MIXED}).")
        found[named] = part.body
    return found


def statements_part(parts: Sequence[Part]) -> bytes:
    """Return the first part, which holds the statements.

    Raises:
        BadRequest: It is not JSON.
    """
    if media_type(parts[0].headers.get("content-type", "")) != "application/json":
        raise BadRequest(f"The first part must be application/json and hold the statements ({MIXED}).")
    return parts[0].body


def check_complete(statements: Sequence[tuple[int, Json]], sent: Mapping[str, bytes]) -> None:
    """Refuse bytes that are missing and bytes that no statement asks for.

    Lengths are not compared: the hash decides, and clients state the length of another encoding.

    Args:
        statements: Valid ones with their place in the batch; those without attachments may be left out.
        sent: Bytes by SHA-2 in small letters.

    Raises:
        InvalidStatement: An attachment without `fileUrl` came without its bytes.
        BadRequest: A part belongs to no attachment.
    """
    named: set[str] = set()
    for attachment, path in attachments_of(statements):
        named.add(attachment["sha2"].lower())
        if "fileUrl" not in attachment and attachment["sha2"].lower() not in sent:
            fail((path, "sha2"), ATTACHMENTS, "names bytes that were not sent, and there is no fileUrl")
    if sent.keys() - named:
        raise BadRequest(f"A part belongs to no attachment of the statements ({MIXED}).")


def attachments_of(statements: Iterable[tuple[int, Json]]) -> Iterator[tuple[Json, Path]]:
    """Yield the attachments of valid statements and of their sub-statements, with where they stand in the batch."""
    for index, statement in statements:
        yield from _each(statement, (None, index))
        inner = statement["object"]
        if inner.get("objectType") == "SubStatement":
            yield from _each(inner, ((None, index), "object"))


def _each(holder: Any, path: Path) -> Iterator[tuple[Json, Path]]:
    for number, attachment in enumerate(holder.get("attachments", ())):
        yield attachment, ((path, "attachments"), number)
