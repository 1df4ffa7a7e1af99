"""Addresses of the design system."""

from __future__ import annotations

from django.urls import path

from mycelia.ui.views import appearance, design, installation, search

app_name = "ui"
urlpatterns = [
    path("search/", search.results, name="search"),
    path("appearance/", appearance.theme, name="theme"),
    path("platform/design/", design.design, name="design"),
    path("manifest.webmanifest", installation.manifest, name="manifest"),
    path("sw.js", installation.service_worker, name="service-worker"),
    path("offline/", installation.offline, name="offline"),
]
