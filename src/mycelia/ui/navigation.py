"""The areas of the product and their pages, as registered by the apps, filtered by role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from mycelia.kernel.policy import Actor, Role
from mycelia.ui.types import NavItem

_items: dict[tuple[str | None, str], NavItem] = {}


@dataclass(frozen=True, slots=True)
class NavLink:
    """A navigation item resolved for one set of roles and one language."""

    area: str
    label: str
    icon: str
    url: str
    pages: tuple[NavLink, ...] = ()


def register(*items: NavItem) -> None:
    """Add items; called from an app's `ready()`. The same area registered again replaces the first."""
    for item in items:
        _items[item.parent, item.area] = item
    _links.cache_clear()


def registered() -> tuple[NavItem, ...]:
    """Return every registered item, areas and pages, in the order they are shown."""
    return tuple(sorted(_items.values(), key=lambda item: (item.order, item.area)))


def links_for(actor: Actor) -> tuple[NavLink, ...]:
    """Return the areas the actor may use, each with its pages; nothing for somebody not signed in."""
    if actor.person_id is None and not actor.is_system:
        return ()
    roles = frozenset(Role) if actor.is_system else frozenset(grant.role for grant in actor.grants)
    return _links(roles, get_language() or "")


def current_area(path: str, links: Iterable[NavLink]) -> NavLink | None:
    """Return the area a path lies in: the one with the longest address, or page address, that starts it."""
    best: tuple[int, NavLink | None] = (0, None)
    for link in links:
        for url in (link.url, *(page.url for page in link.pages)):
            if (path == url or (url != "/" and path.startswith(url))) and len(url) > best[0]:
                best = (len(url), link)
    return best[1]


@lru_cache(maxsize=256)
def _links(roles: frozenset[Role], language: str) -> tuple[NavLink, ...]:
    areas = (_area(item, roles) for item in registered() if item.parent is None and _shown(item, roles))
    return tuple(area for area in areas if area is not None)


def _area(item: NavItem, roles: frozenset[Role]) -> NavLink | None:
    children = (child for child in registered() if child.parent == item.area and _shown(child, roles))
    pages = tuple(page for page in (_link(child) for child in children) if page is not None)
    if item.url_name is None:
        return _link(item, pages, url=pages[0].url) if pages else None
    return _link(item, pages)


def _link(item: NavItem, pages: tuple[NavLink, ...] = (), url: str | None = None) -> NavLink | None:
    try:
        target = url or reverse(item.url_name or "")
    except NoReverseMatch:
        return None
    return NavLink(item.area, str(item.label), item.icon, target, pages)


def _shown(item: NavItem, roles: frozenset[Role]) -> bool:
    return item.roles is None or bool(item.roles & roles)
