"""Positions, locations and cost centres: what a cell means, and which entries the file brings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from mycelia.people.types import ListEntry

_LONGEST_CODE = 40


@dataclass(slots=True)
class Labels:
    """One list while a file is read against it; new entries join as they appear.

    A cell is matched by code, then by name, whatever its case. These lists carry no authority, so unlike units
    an unknown entry is simply added; the plan shows it.
    """

    list: str
    known: Mapping[str, str]
    new: dict[str, ListEntry] = field(default_factory=dict)
    _codes: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for code, name in sorted(self.known.items(), reverse=True):
            self._codes[name.casefold()] = code
        self._codes.update({code.casefold(): code for code in self.known})

    def code_for(self, cell: str) -> str:
        """Return the entry's code, making an entry for an unknown name; empty for an empty cell."""
        if not cell:
            return ""
        key = cell.casefold()
        if key not in self._codes:
            entry = ListEntry(self.list, _code_from(cell), cell)
            self.new[entry.code] = entry
            self._codes[key] = entry.code
        return self._codes[key]

    def name_of(self, code: str) -> str:
        """Return what people call the entry; empty for none."""
        return self.new[code].name if code in self.new else self.known.get(code, code)


def _code_from(name: str) -> str:
    if len(name) <= _LONGEST_CODE:
        return name
    return f"{name[:31]}~{hashlib.sha256(name.encode()).hexdigest()[:8]}"
