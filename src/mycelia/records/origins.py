"""Links from a statement back to what it came from; higher layers register them."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

OriginLink = Callable[[UUID], str | None]
_links: list[OriginLink] = []


def register_origin_link(link: OriginLink) -> OriginLink:
    """Say where the run behind a registration is shown; `link` gives None for one it does not know."""
    if link not in _links:
        _links.append(link)
    return link


def origin_of(registration: UUID | None) -> str | None:
    """Return the address of what a registration stands for, or None."""
    if registration is None:
        return None
    return next((url for link in _links if (url := link(registration))), None)
