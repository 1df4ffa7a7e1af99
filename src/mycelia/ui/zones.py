"""The time zone that instants are shown in: the reader's, as their browser told it; UTC until it has.

A cookie that the frame's script sets carries the zone, so that pages are right as they leave the server. Documents are
the same for every reader: they are written within `shown_in_utc()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponseBase

ZONE_COOKIE = "mycelia_zone"
LONGEST_NAME = 64
_zone: ContextVar[tzinfo] = ContextVar("reader_zone", default=UTC)


class ReaderZoneMiddleware:
    """Show the instants of a page in the zone of whoever asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        token = _zone.set(zone_called(request.COOKIES.get(ZONE_COOKIE, "")))
        try:
            return self.get_response(request)
        finally:
            _zone.reset(token)


@contextmanager
def shown_in_utc() -> Iterator[None]:
    """Show instants in UTC meanwhile."""
    token = _zone.set(UTC)
    try:
        yield
    finally:
        _zone.reset(token)


def in_reader_zone(moment: datetime) -> datetime:
    """Return an aware instant in the reader's zone."""
    return moment.astimezone(_zone.get())


@lru_cache(maxsize=256)
def zone_called(name: str) -> tzinfo:
    """Return the zone of a name of the IANA database; UTC for anything else, since a cookie can say what it likes."""
    if not 0 < len(name) <= LONGEST_NAME:
        return UTC
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return UTC
