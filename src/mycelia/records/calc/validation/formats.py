"""Texts with a format: identifiers, IRIs, language tags, times and durations."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from mycelia.records.calc.validation.shapes import FORMATTING, Check, Path, fail

IRIS = "xAPI 1.0.3 Part Two 4.3"
LANGUAGE_MAPS = "xAPI 1.0.3 Part Two 4.2"
UUIDS = "xAPI 1.0.3 Part Two 4.4"
TIMESTAMPS = "xAPI 1.0.3 Part Two 4.5"
DURATIONS = "xAPI 1.0.3 Part Two 4.6"
EXTENSIONS = "xAPI 1.0.3 Part Two 4.1"
IDENTIFIERS = "xAPI 1.0.3 Part Two 2.4.2.3"

MAXIMUM_IDENTIFIER = 8_192
"""How many characters an IRI or another text that identifies something may have."""

_IRI = re.compile(rf"[A-Za-z][A-Za-z0-9+.\-]{{0,99}}:[^\x00-\x20\x7f<>\"{{}}|\\^`]{{1,{MAXIMUM_IDENTIFIER - 101}}}")
_MAILTO = re.compile(r"mailto:[^\s@\x00-\x1f,;<>()]{1,1000}@[^\s@\x00-\x1f,;<>()]{1,1000}")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_SHA2 = re.compile(r"[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}")
_LANGUAGE = re.compile(
    r"(?:(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4}|[A-Za-z]{5,8})"
    r"(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?"
    r"|[xX](?:-[A-Za-z0-9]{1,8})+"
    r"|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|en-GB-oed|sgn-(?:BE-FR|BE-NL|CH-DE)|art-lojban|cel-gaulish|no-bok|no-nyn|zh-(?:guoyu|hakka|min|min-nan|xiang))"
)
_DURATION = re.compile(
    r"P(?:\d+(?:[.,]\d+)?W"
    r"|(?=\d|T\d)(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)"
)
_MEDIA_TYPE = re.compile(
    r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+"
    r"(?:[ \t]*;[ \t]*[^;=\s\x00-\x20\x7f]+=(?:\"[^\"\x00-\x1f\x7f]*\"|[^;\s\x00-\x20\x7f]+))*;?"
)
_TIME = r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d+))?"
_RFC_3339 = re.compile(_TIME + r"([Zz]|[+-]\d\d:\d\d)")
_ISO_8601 = re.compile(_TIME + r"([Zz]|[+-]\d\d(?::?\d\d)?)")
_LEAP_SECOND = ":60"


def _pattern(pattern: re.Pattern[str], clause: str, reason: str) -> Check:
    def check(value: Any, path: Path) -> None:
        if type(value) is not str or pattern.fullmatch(value) is None:
            fail(path, clause, reason)

    return check


iri = _pattern(_IRI, IRIS, f"must be an absolute IRI, with a scheme, of at most {MAXIMUM_IDENTIFIER} characters")
irl = iri
mailto = _pattern(_MAILTO, IDENTIFIERS, "must be a mailto IRI such as mailto:ada@example.com")
sha1 = _pattern(_SHA1, IDENTIFIERS, "must be the 40 hexadecimal digits of a SHA-1")
sha2 = _pattern(_SHA2, "xAPI 1.0.3 Part Two 2.4.11", "must be the hexadecimal digits of a SHA-2")
uuid = _pattern(_UUID, UUIDS, "must be a UUID in standard form")
duration = _pattern(_DURATION, DURATIONS, "must be an ISO 8601 duration such as PT1H30M")
media_type = _pattern(_MEDIA_TYPE, "xAPI 1.0.3 Part Two 2.4.11", "must be an internet media type")


def language_tag(value: Any, path: Path) -> None:
    """Check a language tag: well formed, and no variant or extension twice.

    References:
        RFC 5646 sections 2.1 and 2.2.9.
    """
    if type(value) is not str or _LANGUAGE.fullmatch(value) is None or (value.count("-") > 1 and _repeats(value)):
        fail(path, LANGUAGE_MAPS, "must be a language tag of RFC 5646")


def _repeats(tag: str) -> bool:
    """Return whether a well-formed tag names a variant or an extension's letter twice; private use is free."""
    subtags = tag.lower().split("-")
    end = next((place for place, subtag in enumerate(subtags) if subtag == "x"), len(subtags))
    subtags = subtags[1:end]
    singletons = [place for place, subtag in enumerate(subtags) if len(subtag) == 1]
    letters = [subtags[place] for place in singletons]
    before = subtags[: singletons[0]] if singletons else subtags
    variants = [subtag for subtag in before if len(subtag) > 4 or subtag[0].isdigit()]
    return len(set(letters)) < len(letters) or len(set(variants)) < len(variants)


def language_map(value: Any, path: Path) -> None:
    """Check a map from language tags to text."""
    if type(value) is not dict:
        fail(path, LANGUAGE_MAPS, "must be a language map")
    for tag, text in value.items():
        language_tag(tag, (path, tag))
        if type(text) is not str:
            fail((path, tag), LANGUAGE_MAPS, "must be a string")


def extensions(value: Any, path: Path) -> None:
    """Check extensions: keys are IRIs, values are free, null included."""
    if type(value) is not dict:
        fail(path, EXTENSIONS, "must be an object")
    for key in value:
        iri(key, (path, key))


def timestamp(version: str) -> Check:
    """Return the check of a moment with its offset.

    2.0.0 wants RFC 3339; 1.0.3 also takes the shorter offsets of ISO 8601.
    """
    pattern = _ISO_8601 if version.startswith("1.") else _RFC_3339

    def check(value: Any, path: Path) -> None:
        match = pattern.fullmatch(value) if type(value) is str else None
        if match is None:
            fail(path, TIMESTAMPS, "must be a timestamp of RFC 3339 with its offset from UTC")
        if match[4] in {"-00", "-0000", "-00:00"}:
            fail(path, TIMESTAMPS, "must not have the offset -00:00")
        if _moment(match) is None:
            fail(path, TIMESTAMPS, "is no day or time of the calendar")

    return check


def moment(value: str) -> datetime:
    """Return a checked timestamp as an aware moment, to the microsecond.

    Example:
        >>> moment("2026-01-01T10:00:00.1234567+02:00").isoformat()
        '2026-01-01T10:00:00.123456+02:00'
    """
    match = _ISO_8601.fullmatch(value)
    found = None if match is None else _moment(match)
    if found is None:
        fail(None, TIMESTAMPS, "is no timestamp")
    return found


def no_nul(value: Any, path: Path) -> None:
    """Check a text that identifies something: not empty, and without the character U+0000."""
    if type(value) is not str or not 0 < len(value) <= MAXIMUM_IDENTIFIER or "\x00" in value:
        fail(path, FORMATTING, f"must be a string of 1 to {MAXIMUM_IDENTIFIER} characters without U+0000")


def _moment(match: re.Match[str]) -> datetime | None:
    day, time, fraction, offset = match.groups()
    if time.endswith(_LEAP_SECOND):
        time = f"{time[:-2]}59"
    if len(offset) == len("+00"):
        offset = f"{offset}:00"
    try:
        found = datetime.fromisoformat(f"{day}T{time}.{(fraction or '0')[:6].ljust(6, '0')}{offset.upper()}")
        found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found
