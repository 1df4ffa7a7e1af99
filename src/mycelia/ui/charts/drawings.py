"""Drawings without their numbers: each is made once in a process, since Altair takes longer than a page may."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

Drawing = Callable[[], dict[str, Any]]
_known: list[Drawing] = []


def drawing(make: Drawing) -> Drawing:
    """Make a drawing once; a web process makes all of them when it starts, so that no visitor waits for one."""
    made: Drawing = lru_cache(maxsize=1)(make)
    _known.append(made)
    return made


def make_drawings() -> None:
    """Make every drawing of the modules that are loaded."""
    for make in tuple(_known):
        make()
