"""Who disappears from the records, and what of a text or an IRI goes with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from mycelia.records.types import AgentKey

GONE = "…"
_FEWEST_LETTERS = 3
_LONGEST_IRI = 8_000
# A mailbox is not the end of another one ("byron@" in "ada.byron@"), nor the beginning (".com" in ".com.au"); after an
# escape in an IRI ("%3A") anything begins.
_MAIL = (r"(?:(?<![\w.+\-])|(?<=%[0-9A-Fa-f]{2}))", r"(?![^\W_]|\.[A-Za-z]{2}(?![^\W_]))")
_CODE = (r"(?:(?<![^\W_])|(?<=%[0-9A-Fa-f]{2}))", r"(?![^\W_])")
_NAME = (r"(?<!\w)", r"(?!\w)")


@dataclass(frozen=True)
class Erasure:
    """Who disappears.

    Args:
        keys: Every identifier they were recorded under.
        identifiers: Addresses, account names and hashes that are theirs alone; removed from texts and IRIs.
        names: Names of theirs; removed from texts where they are whole words. A single word, or fewer than three
            letters, is as likely another word and stays.
        pseudonym: The account that takes the place of the identifiers; leads nowhere.
    """

    keys: frozenset[AgentKey]
    identifiers: frozenset[str]
    names: frozenset[str]
    pseudonym: AgentKey

    @property
    def forms(self) -> list[str]:
        """Return the identifiers as they stand in texts and, escaped, in IRIs."""
        plain = {one.rstrip("/") for one in self.identifiers if one}
        plain |= {one[one.index("://") + 1 :] for one in plain if "://" in one}
        return sorted(plain | {quote(one, safe="") for one in plain})

    @property
    def telling_names(self) -> list[str]:
        """Return the names that are removed."""
        return sorted(one for one in self.names if _is_telling(one))

    def text(self, text: str) -> str:
        """Return a text without what names the person."""
        return self._texts.sub(GONE, text)

    def iri(self, iri: str) -> str:
        """Return an IRI with the pseudonym in place of identifiers; its scheme stays, and names in it do."""
        scheme, colon, rest = iri.partition(":")
        changed = f"{scheme}{colon}{self._identifying.sub(self.pseudonym.value, rest)}"
        return changed if len(changed) <= _LONGEST_IRI else f"{scheme}{colon}{self._identifying.sub(GONE, rest)}"

    @cached_property
    def _identifying(self) -> re.Pattern[str]:
        return _pattern(_identifier(form) for form in self.forms)

    @cached_property
    def _texts(self) -> re.Pattern[str]:
        names = (_bounded(r"\s+".join(map(re.escape, one.split())), _NAME) for one in self.telling_names)
        return _pattern([*(_identifier(form) for form in self.forms), *names])


def unique(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken: two that held the person may have become one."""
    while name in taken:
        name += GONE
    return name


def _is_telling(name: str) -> bool:
    return len(name.split()) > 1 and sum(one.isalpha() for one in name) >= _FEWEST_LETTERS


def _identifier(form: str) -> str:
    return _bounded(re.escape(form), _MAIL if "@" in form or "%40" in form else _CODE)


def _bounded(inner: str, bounds: tuple[str, str]) -> str:
    return f"{bounds[0]}{inner}{bounds[1]}"


def _pattern(parts: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(parts, key=lambda one: (-len(one), one))
    return re.compile("|".join(ordered) or r"(?!)", re.IGNORECASE)
