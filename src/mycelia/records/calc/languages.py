"""Choosing one language of a map for a reader."""

from __future__ import annotations

import re
from collections.abc import Sequence

_RANGE = re.compile(r"\s*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")
MAXIMUM_RANGES = 50


def preferred(accept_language: str) -> tuple[str, ...]:
    """Return the language ranges a reader names, best first, in small letters; what is malformed is left out.

    References:
        RFC 9110 section 12.5.4.

    Example:
        >>> preferred("de;q=0.5, en-GB, fr;q=0")
        ('en-gb', 'de')
    """
    found: list[tuple[float, str]] = []
    for item in accept_language.split(",")[:MAXIMUM_RANGES]:
        match = _RANGE.fullmatch(item)
        if match is not None and float(match[2] or 1) > 0:
            found.append((float(match[2] or 1), match[1].lower()))
    return tuple(name for _, name in sorted(found, key=lambda pair: -pair[0]))


def chosen(languages: Sequence[str], ranges: Sequence[str]) -> str:
    """Return the language that suits best of at least one; the first when none does.

    References:
        RFC 4647 sections 3.3.1 (a range matches longer tags) and 3.4 (then shorter ones).

    Example:
        >>> chosen(["en-US", "de"], ["de-AT"]), chosen(["en-US", "de"], ["en"]), chosen(["fr"], ["en"])
        ('de', 'en-US', 'fr')
    """
    by_small = {name.lower(): name for name in reversed(languages)}
    for wanted in (name.lower() for name in ranges if name != "*"):
        longer = [name for name in languages if name.lower().startswith(f"{wanted}-")]
        if wanted in by_small or longer:
            return by_small.get(wanted) or longer[0]
        while "-" in wanted:
            wanted = wanted.rpartition("-")[0]
            if wanted in by_small:
                return by_small[wanted]
    return languages[0]
