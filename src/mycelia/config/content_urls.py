"""The addresses of the content origin: signed package files, and nothing of the app."""

from __future__ import annotations

from mycelia.delivery.content_urls import urlpatterns

__all__ = ["urlpatterns"]
