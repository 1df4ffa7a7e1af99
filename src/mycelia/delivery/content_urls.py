"""Addresses of the content origin, mounted by `config.content_urls` on that host alone."""

from __future__ import annotations

from django.urls import path, re_path

from mycelia.delivery.views import content

_SIGNED = r"(?P<token>[A-Za-z0-9_:.\-]+)"

urlpatterns = [
    path("content/player/<str:name>", content.player_file),
    re_path(rf"^content/launch/{_SIGNED}/$", content.launch_page),
    re_path(rf"^content/launch/{_SIGNED}/commits/$", content.launch_commits),
    re_path(rf"^content/{_SIGNED}/(?P<path>.+)$", content.package_file),
    re_path(r"^(?P<path>.*)$", content.start_page),
]
