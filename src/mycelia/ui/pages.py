"""The whole context of each page of this app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mycelia.ui.types import Breadcrumb, Chart, SearchResult, Text


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was asked and what was found."""

    title: Text
    text: str
    groups: tuple[tuple[Text, tuple[SearchResult, ...]], ...]
    too_short: bool

    @property
    def count(self) -> int:
        """Return how many results there are in all."""
        return sum(len(results) for _, results in self.groups)


@dataclass(frozen=True, slots=True)
class DesignPage:
    """The components and the values they are shown with."""

    title: Text
    lead: Text
    breadcrumbs: tuple[Breadcrumb, ...]
    sections: tuple[str, ...]
    chart: Chart
    form: Any
    bound_form: Any
    filter: Any
    paginated: Any
    colours: tuple[str, ...]
    icons: tuple[str, ...]
    people: tuple[str, ...]
    tabs: tuple[tuple[Text, str, bool], ...]
    steps: tuple[tuple[Text, str], ...]
    rows: tuple[tuple[str, ...], ...]
    definitions: tuple[tuple[Text, Text], ...]


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page that has a title and nothing else from Python."""

    title: Text
