"""How a person wants the pages to look; kept in a cookie, so that it works before sign-in too."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

THEME_COOKIE = "mycelia_theme"
THEMES = ("system", "light", "dark")
_YEAR_SECONDS = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    """Return the chosen theme, "system" when none was."""
    chosen = request.COOKIES.get(THEME_COOKIE, "system")
    return chosen if chosen in THEMES else "system"


def keep_theme(response: HttpResponseBase, theme: str) -> None:
    """Remember a theme on this device for a year."""
    response.set_cookie(
        THEME_COOKIE, theme, max_age=_YEAR_SECONDS, samesite="Lax", secure=settings.CSRF_COOKIE_SECURE, path="/"
    )
