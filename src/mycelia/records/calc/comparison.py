"""When two statements are the same, and what the store adds to one."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import msgspec

from mycelia.records.calc.validation.formats import in_utc, moment
from mycelia.records.types import Json, Prepared

_ASSIGNED = ("authority", "stored", "timestamp", "version", "attachments")
_encoder = msgspec.json.Encoder(order="deterministic")
_FRACTION = re.compile(r"[.,](\d{0,2})\d*(?=S$)")
_CONTEXT_LISTS = ("parent", "grouping", "category", "other")


def with_lists(statement: Json) -> Json:
    """Return the statement with every context activity in an array, as it must be returned.

    References:
        xAPI 1.0.3 Part Two 2.4.6.2.
    """
    changed = _context_with_lists(statement)
    inner = statement["object"]
    if inner.get("objectType") == "SubStatement":
        changed = {**changed, "object": _context_with_lists(inner)}
    return changed


def with_moments_in_utc(statement: Json) -> Json:
    """Return a statement of 2.0.0 with its moment, and that of a sub-statement, in UTC.

    References:
        IEEE 9274.1.1-2023 4.2.7: the store converts timestamps to UTC rather than refusing them.
    """
    changed = _moment_in_utc(statement)
    inner = statement["object"]
    return {**changed, "object": _moment_in_utc(inner)} if inner.get("objectType") == "SubStatement" else changed


def fingerprint(statement: Json) -> bytes:
    """Return a hash that is equal for statements that differ only where the specification ignores it.

    Ignored are what the store assigns, the display of verbs, definitions of activities, attachments, the order of a
    group's members and the case of identifiers that have none. The moment is compared apart from this.

    References:
        xAPI 1.0.3 Part Two 2.3.1.
    """
    kept = {name: value for name, value in with_lists(statement).items() if name not in _ASSIGNED}
    return sha256(_encoder.encode(_comparable(kept, ""))).digest()


def is_same(sent: Prepared, stored: bytes) -> bool:
    """Return whether a statement sent again is the one that is stored.

    References:
        xAPI 1.0.3 Part Two 2.3.1; a moment may be written in another zone, and one not sent is not compared.
    """
    known = msgspec.json.decode(stored)
    if sent.has_own_timestamp and sent.occurred != moment(known["timestamp"]):
        return False
    return fingerprint(msgspec.json.decode(sent.payload)) == fingerprint(known)


def _context_with_lists(statement: Json) -> Json:
    context = statement.get("context")
    activities = None if context is None else context.get("contextActivities")
    if context is None or not activities or all(type(value) is list for value in activities.values()):
        return statement
    lists = {name: value if type(value) is list else [value] for name, value in activities.items()}
    return {**statement, "context": {**context, "contextActivities": lists}}


def _moment_in_utc(statement: Json) -> Json:
    sent = statement.get("timestamp")
    return statement if sent is None else {**statement, "timestamp": in_utc(sent)}


def _comparable(value: Any, name: str) -> Any:
    if type(value) is list:
        items = [_comparable(inner, name) for inner in value]
        return sorted(items, key=_encoder.encode) if name == "member" else items
    if type(value) is dict:
        return _comparable_object(value, name)
    if name in {"id", "registration", "mbox_sha1sum"} and type(value) is str:
        return value if ":" in value else value.lower()
    if name == "mbox":
        return mailbox(value)
    return centiseconds(value) if name == "duration" else value


def _comparable_object(value: Json, name: str) -> Json:
    if name in {"extensions", "definition"}:
        return {} if name == "definition" else value
    left_out = {"verb": "display", "object": "attachments"}.get(name)
    result = {key: _comparable(inner, key) for key, inner in value.items() if key not in {left_out, "definition"}}
    if name == "object" and "timestamp" in result:
        result["timestamp"] = moment(result["timestamp"]).timestamp()
    return result


def mailbox(value: str) -> str:
    """Return a mailto IRI with its domain, which has no case, in small letters.

    Example:
        >>> mailbox("mailto:Ada@Example.COM")
        'mailto:Ada@example.com'
    """
    local, _, domain = value.rpartition("@")
    return f"{local}@{domain.lower()}"


def centiseconds(duration: str) -> str:
    """Return a duration with its seconds cut to hundredths; what is finer is not compared.

    References:
        IEEE 9274.1.1-2023 4.2.7, durations; xAPI 1.0.3 Part Two 4.6.

    Example:
        >>> centiseconds("PT1M0.1278S"), centiseconds("PT1M0.10S"), centiseconds("PT5.004S")
        ('PT1M0.12S', 'PT1M0.1S', 'PT5S')
    """

    def cut(match: re.Match[str]) -> str:
        digits = match[1].rstrip("0")
        return f".{digits}" if digits else ""

    return _FRACTION.sub(cut, duration)
