"""`/healthz`, `/readyz` and `/metrics`: answered before hosts, sessions and sign-in come into play."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from mycelia.config.middleware.hosts import is_for_content, is_from_page
from mycelia.config.observability.measures import CONTENT_TYPE, exposition
from mycelia.config.observability.readiness import Readiness, readiness

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class ProbeMiddleware:
    """Stands first, so that an orchestrator may ask by address, on whichever host name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.probes = {"/healthz": healthz, "/readyz": readyz, "/metrics": metrics}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        probe = self.probes.get(request.path_info)
        if probe is None:
            return self.get_response(request)
        if request.method not in {"GET", "HEAD"}:
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        if probe is not healthz and is_for_content(request) and is_from_page(request):
            # Packages must not learn about the server they run beside; monitoring may know it by this name alone.
            return HttpResponse(status=404, headers={"Cache-Control": "no-store"}, content_type="text/plain")
        response = probe(request)
        response["Cache-Control"] = "no-store"
        return response


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process is alive; asks nothing of the database, whose death is no reason to restart it."""
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether requests should be sent here: 200, or 503 while the database or its tables are missing."""
    report = readiness()
    body = {
        "state": report.state,
        "checks": {check.name: {"state": check.state, "text": check.text} for check in report.checks},
    }
    return JsonResponse(body, status=503 if report.state is Readiness.DOWN else 200)


def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus its measures, to the holder of the token, or to this machine where none is set."""
    if not _may_read_measures(request):
        return HttpResponse(
            "Set MYCELIA_METRICS_TOKEN and send it as a bearer token, or ask from this machine.\n",
            status=403,
            content_type="text/plain",
        )
    return HttpResponse(exposition(), content_type=CONTENT_TYPE)


def _may_read_measures(request: HttpRequest) -> bool:
    token = settings.MYCELIA_METRICS_TOKEN
    if token:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return hmac.compare_digest(sent.encode(), token.encode())
    return _is_local(request)


def _is_local(request: HttpRequest) -> bool:
    """Return whether the request came from this machine itself and not through a proxy on it."""
    if any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "X-Real-IP")):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
