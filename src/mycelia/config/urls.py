"""Every address of the app; each app brings its own."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path
from wagtail.documents import urls as document_urls

from mycelia.content import studio_urls

_APPS = (
    "workspaces",
    "business_case",
    "insights",
    "delivery",
    "learning",
    "content",
    "records",
    "access",
    "people",
    "audit",
    "ui",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("xapi/", include("mycelia.records.xapi.urls")),
    path("studio/", include("mycelia.access.studio_urls")),
    path("studio/", include(studio_urls)),
    path("documents/", include(document_urls)),
    path("accounts/", include("mycelia.access.account_urls")),
    *[path("", include(f"mycelia.{app}.urls")) for app in _APPS if find_spec(f"mycelia.{app}.urls")],
]

handler500 = "mycelia.config.failures.server_error"
