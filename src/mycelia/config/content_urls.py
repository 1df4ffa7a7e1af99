"""The addresses of the content origin: signed package files, and nothing of the app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
