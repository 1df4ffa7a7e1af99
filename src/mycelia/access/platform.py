"""The figures on the page `/platform/`; each app registers its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlatformFigure:
    """One figure about the running platform, already translated and formatted.

    `tone` is "", "success", "warning" or "danger"; `url` leads to the page behind the figure.
    """

    label: str
    value: str
    detail: str = ""
    tone: str = ""
    url: str = ""


_sources: list[Callable[[], PlatformFigure]] = []


def register_platform_figure(source: Callable[[], PlatformFigure]) -> None:
    """Add a figure; `source` is asked whenever the page is shown and must be cheap."""
    if source not in _sources:
        _sources.append(source)


def figures() -> tuple[PlatformFigure, ...]:
    """Return the figures in the order they were registered."""
    return tuple(source() for source in _sources)
