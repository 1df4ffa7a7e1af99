"""Addresses of content: pictures and other media authors uploaded."""

from __future__ import annotations

from django.urls import path

from mycelia.content import views

app_name = "content"

urlpatterns = [path("media/<path:name>", views.media, name="media")]
