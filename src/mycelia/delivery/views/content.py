"""The content origin: package files, the page around a running part, and its last words.

These views run before any middleware of the app: no session, no cookie, no signed-in person. What they may do comes
from the signed address alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string

from mycelia.delivery import content_headers
from mycelia.delivery.actions.tracking import record_from_content
from mycelia.delivery.calc.messages import BODY_BYTES, parse_messages
from mycelia.delivery.file_responses import compressed_response, file_response
from mycelia.delivery.package_folders import file_in_package
from mycelia.delivery.tokens import TokenExpired, TokenRefused, read_file_token, read_launch_token
from mycelia.kernel.errors import MyceliaError

View = Callable[..., HttpResponseBase]
_PLAYER_FILES = {
    "scorm12.min.js": "npm/scorm-again/scorm12.min.js",
    "frame.js": "delivery/content/frame.js",
    "messages.js": "delivery/content/messages.js",
    "runtime.js": "delivery/content/runtime.js",
    "frame.css": "delivery/content/frame.css",
}
_FILE_FRESH_SECONDS = 4 * 3600
_PLAYER_FRESH_SECONDS = 3600


def _on_content_origin(
    *methods: str, policy: Callable[[], str] = content_headers.for_own_page
) -> Callable[[View], View]:
    """Guard a view: allowed methods, no service worker, refused tokens as pages, headers on every answer."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method not in methods:
                return content_headers.guarded(
                    HttpResponse(status=405, headers={"Allow": ", ".join(methods)}), policy()
                )
            if request.headers.get("Service-Worker") is not None:
                return content_headers.guarded(HttpResponse(status=403, content_type="text/plain"), policy())
            try:
                return content_headers.guarded(view(request, *args, **kwargs), policy())
            except TokenExpired:
                response = _refusal("expired", 410)
            except (TokenRefused, FileNotFoundError):
                response = _refusal("missing", 404)
            return content_headers.guarded(response, content_headers.for_own_page())

        return guarded

    return decorate


@_on_content_origin("GET", "HEAD", policy=content_headers.for_package_file)
def package_file(request: HttpRequest, token: str, path: str) -> HttpResponseBase:
    """Answer with one file of the package the token names."""
    opened = read_file_token(token)
    file = file_in_package(opened.digest, path)
    return file_response(request, file, version=f"{opened.digest}/{path}", seconds_fresh=_FILE_FRESH_SECONDS)


@_on_content_origin("GET", "HEAD")
def player_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with one of the few scripts and sheets of our own page on this origin."""
    file = _static_file(_PLAYER_FILES.get(name, ""))
    stat = file.stat()
    return compressed_response(
        request, file, version=f"{name}:{stat.st_mtime_ns}:{stat.st_size}", seconds_fresh=_PLAYER_FRESH_SECONDS
    )


def _static_file(path: str) -> Path:
    collected = Path(settings.STATIC_ROOT) / path
    found = finders.find(path) if path else None
    if found:
        return Path(found)
    if path and collected.is_file():
        return collected
    raise FileNotFoundError(path)


@_on_content_origin("GET", "HEAD")
def launch_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """Answer with the page that stands between the app and the package: it offers the SCORM API."""
    read_launch_token(token)
    context = {"app_origin": settings.MYCELIA_PUBLIC_URL, "commits_url": f"/content/launch/{token}/commits/"}
    response = HttpResponse(render_to_string("delivery/content/frame.html", context))
    response.headers["Cache-Control"] = "no-store"
    return response


@_on_content_origin("POST")
def launch_commits(request: HttpRequest, token: str) -> HttpResponseBase:
    """Take a part's last words while its window closes, when the app's page can no longer pass them on."""
    launch = read_launch_token(token)
    try:
        record_from_content(launch.attempt_id, launch.session, parse_messages(request.read(BODY_BYTES + 1)))
    except MyceliaError as error:
        return JsonResponse({"type": f"urn:mycelia:problem:{error.code}", "title": str(error)}, status=error.status)
    return HttpResponse(status=204)


def start_page(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Tell a person who typed this origin's address where the app is; anything else is not found."""
    page = _refusal("start", 200) if not path else _refusal("missing", 404)
    return content_headers.guarded(page, content_headers.for_own_page())


def _refusal(kind: str, status: int) -> HttpResponse:
    context = {"kind": kind, "app_url": settings.MYCELIA_PUBLIC_URL}
    response = HttpResponse(render_to_string("delivery/content/refusal.html", context), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
