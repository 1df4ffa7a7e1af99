"""What the layout around every page needs, worked out only when it is asked for."""

from __future__ import annotations

from functools import cached_property, lru_cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi

from mycelia.kernel.policy import ANONYMOUS, Actor, Role
from mycelia.ui import navigation
from mycelia.ui.navigation import NavLink
from mycelia.ui.preferences import theme_of

PHONE_PLACES = 4
LONGEST_ROW = 4
"""How many pages of an area a phone shows side by side; more are a menu there."""


class Shell:
    """The layout's context; safe without a session, a person or a database."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.path = request.path

    @cached_property
    def actor(self) -> Actor:
        """Return who is looking; the anonymous visitor when the request failed before that was known."""
        return getattr(self._request, "actor", ANONYMOUS)

    @property
    def signed_in(self) -> bool:
        """Return whether a person is signed in."""
        return self.actor.person_id is not None

    @cached_property
    def name(self) -> str:
        """Return the person's name."""
        return str(getattr(self._request, "user", "") or self.actor.label)

    @cached_property
    def role_labels(self) -> str:
        """Return the names of the roles held, beyond the one everybody has."""
        roles = sorted({grant.role for grant in self.actor.grants} - {Role.LEARNER}, key=list(Role).index)
        return ", ".join(role.label for role in roles) or Role.LEARNER.label

    @property
    def language(self) -> str:
        """Return the language of the page."""
        return get_language() or "en"

    @property
    def direction(self) -> str:
        """Return the writing direction."""
        return "rtl" if get_language_bidi() else "ltr"

    @cached_property
    def theme(self) -> str:
        """Return "light", "dark" or "system"."""
        return theme_of(self._request)

    @cached_property
    def navigation(self) -> SafeString:
        """Return the bar of areas as markup, kept per set of areas, current area and language."""
        links = navigation.links_for(self.actor)
        return _navigation_markup(links, self._area.area if self._area else "", self.language)

    @cached_property
    def _area(self) -> NavLink | None:
        return navigation.current_area(self.path, navigation.links_for(self.actor))

    @cached_property
    def local_navigation(self) -> SafeString:
        """Return the pages of the current area as markup; empty when there is no choice."""
        if self._area is None or len(self._area.pages) < 2:
            return SafeString("")
        around = (page for page in self._area.pages if self.path.startswith(page.url))
        nearest = max(around, key=lambda page: len(page.url), default=None)
        return _local_markup(self._area, nearest.url if nearest else "", self.is_area_page, self.language)

    @property
    def is_area_page(self) -> bool:
        """Return whether the second row of navigation already names this very page."""
        return self._area is not None and any(page.url == self.path for page in self._area.pages)


@lru_cache(maxsize=512)
def _navigation_markup(links: tuple[NavLink, ...], current: str, language: str) -> SafeString:
    split = len(links) if len(links) <= PHONE_PLACES + 1 else PHONE_PLACES
    rest = links[split:]
    inside_rest = any(link.area == current for link in rest)
    context = {"links": links, "rest": rest, "inside_rest": inside_rest, "split": split, "current": current}
    return render_to_string("ui/layouts/_navigation.html", context)


@lru_cache(maxsize=512)
def _local_markup(area: NavLink, current_url: str, exact: bool, language: str) -> SafeString:
    here = next((page.label for page in area.pages if page.url == current_url), "")
    is_long = len(area.pages) > LONGEST_ROW
    context = {"area": area, "current_url": current_url, "exact": exact, "here": here, "is_long": is_long}
    return render_to_string("ui/layouts/_local_navigation.html", context)
