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
MAXIMUM_DIGITS = 30
"""How many digits a number in a duration, and a fraction of it or of a second, may have."""

_IRI_PART = r"[^\x00-\x20\x7f<>\"{}|\\^`#%]*+(?:%[0-9A-Fa-f]{2}[^\x00-\x20\x7f<>\"{}|\\^`#%]*+)*+"
_IRI = re.compile(
    rf"(?!(?i:https?)://(?:[/?#:]|$))[A-Za-z][A-Za-z0-9+.\-]{{0,99}}:(?=.){_IRI_PART}(?:#{_IRI_PART})?", re.DOTALL
)
_MAILTO = re.compile(r"mailto:[^\s@\x00-\x1f,;<>()?#]{1,1000}@[^\s@\x00-\x1f,;<>()?#]{1,1000}")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_SHA2 = re.compile(r"[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128}")
_UUID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}")
_LANGUAGE = re.compile(
    r"(?:(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4}|[A-Za-z]{5,8})"
    r"(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[xX](?:-[A-Za-z0-9]{1,8})+)?"
    r"|[xX](?:-[A-Za-z0-9]{1,8})+"
    r"|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)"
    r"|en-GB-oed|sgn-(?:BE-FR|BE-NL|CH-DE)|art-lojban|cel-gaulish|no-bok|no-nyn|zh-(?:guoyu|hakka|min|min-nan|xiang))"
)
_DIGITS = f"[0-9]{{1,{MAXIMUM_DIGITS}}}"
_PERIOD = rf"{_DIGITS}(?:[.,]{_DIGITS}(?=[A-Z]$))?"  # Only the last one may have a fraction.
_DURATION = re.compile(
    rf"P(?:{_PERIOD}W"
    rf"|(?=[0-9]|T[0-9])(?:{_PERIOD}Y)?(?:{_PERIOD}M)?(?:{_PERIOD}D)?"
    rf"(?:T(?=[0-9])(?:{_PERIOD}H)?(?:{_PERIOD}M)?(?:{_PERIOD}S)?)?)"
)
_MEDIA_TYPE = re.compile(
    r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+"
    r"(?:[ \t]*;[ \t]*[^;=\s\x00-\x20\x7f]+=(?:\"[^\"\x00-\x1f\x7f]*\"|[^;\s\x00-\x20\x7f]+))*;?"
)
_RFC_3339 = re.compile(
    rf"(?P<day>\d{{4}}-\d\d-\d\d)[Tt ](?P<minute>\d\d:\d\d):(?P<second>\d\d)(?:\.(?P<fraction>{_DIGITS}))?"
    r"(?P<offset>[Zz]|[+-]\d\d:\d\d)",
    re.ASCII,
)
# Extended, or basic without the signs between; seconds and offset may be left out.
_ISO_8601 = re.compile(
    r"(?P<day>\d{4}(?P<sign>-)?\d\d(?(sign)-)\d\d)[Tt ](?P<minute>\d\d(?(sign):)\d\d)"
    rf"(?:(?(sign):)(?P<second>\d\d)(?:[.,](?P<fraction>{_DIGITS}))?)?(?P<offset>[Zz]|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
_LEAP_SECOND = "60"


def _pattern(pattern: re.Pattern[str], clause: str, reason: str) -> Check:
    def check(value: Any, path: Path) -> None:
        if type(value) is not str or pattern.fullmatch(value) is None:
            fail(path, clause, reason)

    return check


def iri(value: Any, path: Path) -> None:
    """Check an IRI: absolute, and well formed as far as that shows without knowing its scheme."""
    if type(value) is not str or len(value) > MAXIMUM_IDENTIFIER or _IRI.fullmatch(value) is None:
        fail(path, IRIS, f"must be an absolute IRI, with a scheme, of at most {MAXIMUM_IDENTIFIER} characters")


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
    """Return the check of a moment.

    2.0.0 wants RFC 3339, with an offset; 1.0.3 also takes the basic and the shorter forms of ISO 8601, and a moment
    without an offset is in UTC.
    """
    is_older = version.startswith("1.")
    pattern = _ISO_8601 if is_older else _RFC_3339
    form = "of ISO 8601" if is_older else "of RFC 3339 with its offset from UTC"

    def check(value: Any, path: Path) -> None:
        match = pattern.fullmatch(value) if type(value) is str else None
        if match is None:
            fail(path, TIMESTAMPS, f"must be a timestamp {form}")
        if match["offset"] in {"-00", "-0000", "-00:00"}:
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


def is_in_utc(value: str) -> bool:
    """Return whether a checked timestamp says that it is in UTC.

    Example:
        >>> is_in_utc("2026-01-01T10:00:00Z"), is_in_utc("2026-01-01T10:00:00+02:00")
        (True, False)
    """
    return value.endswith(("Z", "z", "+00:00"))


def in_utc(value: str) -> str:
    """Return a checked timestamp of RFC 3339 in UTC; its seconds stay as written, however precise they are.

    Example:
        >>> in_utc("2026-01-01T00:30:07.123456789+02:00")
        '2025-12-31T22:30:07.123456789Z'
    """
    match = None if is_in_utc(value) else _RFC_3339.fullmatch(value)
    if match is None:
        return value
    minute = datetime.fromisoformat(f"{match['day']}T{match['minute']}{match['offset']}").astimezone(UTC)
    fraction = f".{match['fraction']}" if match["fraction"] else ""
    return f"{minute.isoformat()[:16]}:{match['second']}{fraction}Z"


def no_nul(value: Any, path: Path) -> None:
    """Check a text that identifies something: not empty, and without the character U+0000."""
    if type(value) is not str or not 0 < len(value) <= MAXIMUM_IDENTIFIER or "\x00" in value:
        fail(path, FORMATTING, f"must be a string of 1 to {MAXIMUM_IDENTIFIER} characters without U+0000")


def _moment(match: re.Match[str]) -> datetime | None:
    day, minute = match["day"].replace("-", ""), match["minute"].replace(":", "")
    second, offset = match["second"] or "00", (match["offset"] or "Z").upper().replace(":", "")
    if second == _LEAP_SECOND:
        second = "59"
    fraction = (match["fraction"] or "0")[:6].ljust(6, "0")
    try:
        found = datetime.fromisoformat(f"{day}T{minute}{second}.{fraction}{offset}")
        found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return found
