"""Choosing one language of a map for a reader."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

_RANGE = re.compile(r"\s*(\*|[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?")
MAXIMUM_RANGES = 50


@dataclass(frozen=True, slots=True)
class Languages:
    """What a reader can read: language ranges in small letters, best first, and those they refuse."""

    ranges: tuple[str, ...] = ()
    refused: frozenset[str] = frozenset()

    def refuses(self, language: str) -> bool:
        """Return whether a language falls under a refused range, and under no wanted one that is as narrow."""
        return _narrowest(language, self.refused) > _narrowest(language, self.ranges)


def _narrowest(language: str, ranges: Collection[str]) -> int:
    """Return the length of the longest range that has the language in it; 0 when none has it."""
    small = language.lower()
    return max((len(name) for name in ranges if small == name or small.startswith(f"{name}-")), default=0)


def preferred(accept_language: str) -> Languages:
    """Return the languages a reader names; what is malformed is left out.

    References:
        RFC 9110 section 12.5.4; a weight of 0 means "not acceptable" (12.4.2).

    Example:
        >>> preferred("de;q=0.5, en-GB, fr;q=0").ranges
        ('en-gb', 'de')
    """
    found: list[tuple[float, str]] = []
    for item in accept_language.split(",")[:MAXIMUM_RANGES]:
        match = _RANGE.fullmatch(item)
        if match is not None:
            found.append((float(match[2] or 1), match[1].lower()))
    best_first = sorted(found, key=lambda pair: -pair[0])
    return Languages(
        tuple(name for weight, name in best_first if weight > 0),
        frozenset(name for weight, name in found if weight == 0),
    )


def chosen(languages: Sequence[str], wanted: Languages) -> str:
    """Return the language that suits best of at least one: when none does, the first that is not refused.

    References:
        RFC 4647 sections 3.3.1 (a range matches longer tags) and 3.4 (then shorter ones).

    Example:
        >>> chosen(["en-US", "de"], preferred("de-AT")), chosen(["en-US", "de"], preferred("en"))
        ('de', 'en-US')
        >>> chosen(["en-GB", "de"], preferred("en-GB;q=0, *")), chosen(["fr"], preferred("en"))
        ('de', 'fr')
    """
    readable = [name for name in languages if not wanted.refuses(name)] or languages
    by_small = {name.lower(): name for name in reversed(readable)}
    for name in (name for name in wanted.ranges if name != "*"):
        found = _matching(name, readable, by_small)
        if found is not None:
            return found
    return readable[0]


def _matching(name: str, languages: Sequence[str], by_small: Mapping[str, str]) -> str | None:
    longer = (one for one in languages if one.lower().startswith(f"{name}-"))
    found = by_small.get(name) or next(longer, None)
    while found is None and "-" in name:
        name = name.rpartition("-")[0]
        found = by_small.get(name)
    return found
