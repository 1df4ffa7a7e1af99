"""Statements as they are sent to another store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from mycelia.records.calc.attachments import attachments_of, binary_headers
from mycelia.records.calc.multipart import MIXED, render
from mycelia.records.types import Json

JSON = "application/json"
OLDER = "1.0"


@dataclass(frozen=True, slots=True)
class Envelope:
    """The body of a request and its type."""

    content_type: str
    body: bytes


def attachments_named(payloads: Sequence[bytes]) -> dict[str, str]:
    """Return the content type of each attachment that statements name, by SHA-2 in small letters."""
    decoded = [msgspec.json.decode(one) for one in payloads if b'"attachments"' in one]
    return {found["sha2"].lower(): found["contentType"] for found, _ in attachments_of(enumerate(decoded))}


def envelope(payloads: Sequence[bytes], *, version: str, content: Mapping[str, bytes], boundary: str) -> Envelope:
    """Return statements, and the bytes of their attachments where they are stored here, as one body.

    Args:
        payloads: JSON of the statements as they are stored.
        version: The version of xAPI they are sent under.
        content: Bytes of attachments of the statements by SHA-2 in small letters; those without go by their `fileUrl`.
        boundary: Stands between parts; must occur in none of them.

    References:
        xAPI 1.0.3 Part Three 1.5.2.
    """
    body = b"[" + b",".join(spoken(one, version) for one in payloads) + b"]"
    types = attachments_named(payloads)
    if not content:
        return Envelope(JSON, body)
    parts: list[tuple[Mapping[str, str], bytes]] = [({"Content-Type": JSON}, body)]
    parts += [(binary_headers(types[sha2], sha2), raw) for sha2, raw in content.items()]
    return Envelope(f"{MIXED}; boundary={boundary}", render(parts, boundary))


def spoken(payload: bytes, version: str) -> bytes:
    """Return a statement as a store of a version takes it: one of 1.0.3 takes none that says it is of 2.0.

    Without the property the other store puts its own. Nothing else is changed, so what 1.0.3 has no place for
    (`contextAgents`, `contextGroups`) is the other store's to refuse.

    References:
        xAPI 1.0.3 Part Two 2.4.10.
    """
    if not version.startswith(OLDER):
        return payload
    statement: Json = msgspec.json.decode(payload)
    if str(statement.get("version", version)).startswith(OLDER):
        return payload
    return msgspec.json.encode({name: value for name, value in statement.items() if name != "version"})
