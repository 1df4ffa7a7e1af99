"""What browsers are told about everything on the content origin."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponseBase

_NO_DEVICES = ", ".join(
    f"{feature}=()"
    for feature in [
        "accelerometer",
        "browsing-topics",
        "camera",
        "clipboard-read",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "otp-credentials",
        "payment",
        "publickey-credentials-create",
        "publickey-credentials-get",
        "screen-wake-lock",
        "serial",
        "storage-access",
        "usb",
        "window-management",
        "xr-spatial-tracking",
    ]
)
SANDBOX = "allow-scripts allow-same-origin allow-forms allow-modals allow-popups allow-downloads"
"""What a package may do in its frame. Left out on purpose: navigating the app's page (top navigation), popups that
escape the sandbox, presentation, pointer and orientation lock. `allow-same-origin` gives it the content origin, which
is never the app's, and is what lets SCORM content find its API in the page around it."""


def for_package_file() -> str:
    """Return the policy of package files: old content may be inline and use eval, but reaches nothing else."""
    return "; ".join(
        [
            "default-src 'self' data: blob:",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "connect-src 'self'",
            "form-action 'self'",
            "object-src 'none'",
            "worker-src 'self' blob:",
            "base-uri 'self'",
            f"frame-ancestors 'self' {settings.MYCELIA_PUBLIC_URL}",
            f"sandbox {SANDBOX}",
        ]
    )


def for_own_page() -> str:
    """Return the policy of the pages we put on the content origin ourselves: no inline script, framed by the app."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {settings.MYCELIA_CONTENT_ORIGIN}/content/player/",
            f"style-src {settings.MYCELIA_CONTENT_ORIGIN}/content/player/",
            "frame-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors 'self' {settings.MYCELIA_PUBLIC_URL}",
            f"sandbox {SANDBOX}",
        ]
    )


def guarded(response: HttpResponseBase, policy: str) -> HttpResponseBase:
    """Put the headers on a response that every answer of the content origin carries; cookies are never set."""
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = _NO_DEVICES
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Origin-Agent-Cluster"] = "?1"
    return response
