"""Values the design system is spoken to with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise

from mycelia.kernel.policy import Role

Text = str | Promise
"""A string, or one that is translated when it is shown."""


@dataclass(frozen=True, slots=True)
class Breadcrumb:
    """One step of the way to a page; without `url` it is the page itself."""

    label: Text
    url: str | None = None


@dataclass(frozen=True, slots=True)
class NavItem:
    """An area of the product (`parent` is None) or a page of an area (`parent` names the area).

    Args:
        area: Stable key, such as "learn".
        label: One or two words.
        icon: Name of a Tabler icon.
        url_name: Where it leads; None for an area that leads to the first of its pages a person may use.
        roles: Who sees it; None is everybody who is signed in.
        order: Position among its siblings.
        parent: Area this page belongs to.
    """

    area: str
    label: Text
    icon: str
    url_name: str | None = None
    roles: frozenset[Role] | None = None
    order: int = 100
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Something found by the global search, already checked against what the actor may see."""

    kind: Text
    title: str
    url: str
    detail: Text = ""
    icon: str = "arrow-right"


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The numbers of a chart: what a reader of the table sees is what the chart draws.

    Args:
        columns: Headings, unit included where it differs from the chart's.
        rows: One tuple per row, as long as `columns`; values as they are shown.
    """

    columns: Sequence[Text]
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure ready to be drawn, exported and read as a table.

    Args:
        title: The finding, as a sentence: "Completion passed the target in March".
        spec: Vega-Lite specification without colours of its own (the theme brings them).
        unit: What one step of the value axis is: "people", "EUR thousand".
        source: Where the numbers come from.
        as_of: The day they are true for.
        table: The numbers.
        note: How to read uncertainty, or what is left out.
    """

    title: Text
    spec: Mapping[str, Any]
    unit: Text
    source: Text
    as_of: date
    table: ChartTable
    note: Text = ""
    height: int = field(default=260)
