"""A figure with how it comes about: its formula, what goes into it, who says so, and the rows it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse

from mycelia.business_case.pages import formats
from mycelia.business_case.types import CaseSheet, LineKind, LineSheet


@dataclass(frozen=True)
class Row:
    """One row that a figure is made of; `url` is where it opens in turn, empty where it does not."""

    name: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Derivation:
    """How a figure comes about.

    Attributes:
        formula: In words and signs.
        inputs: Name and value of each input, as shown elsewhere on the page, with its source where it has one.
        note: What a reader might stumble over; may be empty.
        rows: What it is the sum, or the outcome, of.
    """

    formula: str
    inputs: tuple[tuple[str, str], ...] = ()
    note: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Figure:
    """One figure.

    Attributes:
        key: Stable name, for tests and links.
        convention: By which of the usual conventions it is computed.
        value: As written on page and brief; says in words when the figure does not exist.
    """

    key: str
    label: str
    convention: str
    value: str
    derivation: Derivation


@dataclass(frozen=True)
class KnownInput:
    """An input as it stands in the case; `rows` lead to it."""

    facts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


KnownInputs = Mapping[str, KnownInput]
"""By name, as in `CaseModel.inputs`; an input that the case has no more is not among them."""
NOTHING_KNOWN: KnownInputs = MappingProxyType({})


def line_urls(sheet: CaseSheet) -> Mapping[str, str]:
    """Return where the derivation of each line of a case that can still be changed stands, by the line's key."""
    sides = ((LineKind.COST, sheet.costs), (LineKind.BENEFIT, sheet.benefits))
    return {
        line.key: reverse("business_case:derivation", args=[sheet.slug, kind, line.id])
        for kind, lines in sides
        for line in lines
    }


def line_rows(lines: Iterable[LineSheet], urls: Mapping[str, str]) -> tuple[Row, ...]:
    """Return the counted lines with what each comes to; `urls` are of their derivations by key, where they open."""
    return tuple(
        Row(line.description, formats.number(line.total), urls.get(line.key, "")) for line in lines if line.is_counted
    )
