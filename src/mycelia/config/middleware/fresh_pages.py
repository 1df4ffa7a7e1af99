"""Answers again with a page that was rendered before, as long as the database vouches for it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from threading import Lock

import psycopg
from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import ResolverMatch

from mycelia.kernel import clock
from mycelia.kernel.freshness import Freshness, read_with_session

GetResponse = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[str, str, str, str, str, date]
_ROOM_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Kept:
    body: bytes
    headers: tuple[tuple[str, str], ...]
    session: str
    freshness: Freshness
    match: ResolverMatch | None


class FreshPageMiddleware:
    """Keep the pages whose view has set `response.freshness`, each for one session.

    A kept page is used only for a request with the very same cookies, while its session is stored unchanged and
    every scope has the stamp it was rendered under; one query tells. Anything else takes the ordinary way.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._pages: OrderedDict[Key, _Kept] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        kept = self._pages.get(key)
        session = _still_right(request, kept)
        if kept is not None and session == kept.session:
            return _again(request, kept)
        response = self.get_response(request)
        self._keep(key, request, response)
        return response

    def _keep(self, key: Key, request: HttpRequest, response: HttpResponseBase) -> None:
        freshness = getattr(response, "freshness", None)
        if freshness is None or not isinstance(response, HttpResponse) or response.status_code != 200:
            return
        session, _stamps = read_with_session(_session_key(request), ())
        if session is None or _changes_cookies(request, response) or len(response.content) * 16 > _ROOM_BYTES:
            return
        kept = _Kept(response.content, tuple(response.items()), session, freshness, request.resolver_match)
        with self._lock:
            replaced = self._pages.pop(key, None)
            self._pages[key] = kept
            self._bytes += len(kept.body) - (len(replaced.body) if replaced else 0)
            while self._bytes > _ROOM_BYTES:
                self._bytes -= len(self._pages.popitem(last=False)[1].body)


def _key(request: HttpRequest) -> Key | None:
    meta = request.META
    cookies = meta.get("HTTP_COOKIE", "")
    if request.method != "GET" or meta.get("QUERY_STRING") or "HTTP_HX_REQUEST" in meta:
        return None
    if settings.SESSION_COOKIE_NAME not in cookies or "messages=" in cookies:
        return None
    language, host = meta.get("HTTP_ACCEPT_LANGUAGE", ""), meta.get("HTTP_HOST", "")
    return request.path_info, cookies, language, host, request.scheme or "", clock.today()


def _session_key(request: HttpRequest) -> str:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")


def _changes_cookies(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether the answer does more to cookies than prolong the CSRF cookie the visitor has."""
    return any(
        name != settings.CSRF_COOKIE_NAME or morsel.value != request.COOKIES.get(name)
        for name, morsel in response.cookies.items()
    )


def _still_right(request: HttpRequest, kept: _Kept | None) -> str | None:
    """Return the stored session when every stamp is the one the page was rendered under."""
    if kept is None:
        return None
    try:
        session, stamps = read_with_session(_session_key(request), kept.freshness.scopes)
    except (psycopg.Error, DatabaseError):
        return None
    return session if stamps == kept.freshness.stamps else None


def _again(request: HttpRequest, kept: _Kept) -> HttpResponse:
    request.resolver_match = kept.match
    return HttpResponse(kept.body, headers=dict(kept.headers))
