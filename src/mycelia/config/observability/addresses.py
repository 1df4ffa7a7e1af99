"""What of a request's address may be written down."""

from __future__ import annotations

import logging

from django.http import HttpRequest

_SECRET_PARTS = frozenset({"token", "key", "uidb36", "uidb64", "signature"})
_UNMATCHED = "unmatched"


def route_name(request: HttpRequest) -> str:
    """Return the name of the route that answered, such as "learning:home"; the same for every object."""
    if request.path_info.startswith("/content/"):
        return "content"
    if request.path_info.startswith("/static/"):
        return "static"
    match = request.resolver_match
    return _UNMATCHED if match is None else match.view_name or match.route or _UNMATCHED


def logged_path(request: HttpRequest) -> str:
    """Return the path with its secret parts struck out."""
    if request.path_info.startswith("/content/"):
        return "/content/…"
    path = request.path_info
    for name, value in (request.resolver_match.kwargs if request.resolver_match else {}).items():
        if name in _SECRET_PARTS:
            path = path.replace(str(value), "…")
    return path


class SecretPathFilter(logging.Filter):
    """Strikes the secret parts out of the addresses in Django's own lines on failed requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; none is dropped."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            secret, shown = request.path, logged_path(request)
            record.args = tuple(shown if argument == secret else argument for argument in record.args)
        return True
