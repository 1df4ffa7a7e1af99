"""Doors of the studio that would lead past sign-in's second factors and rate limits; they lead to it instead.

Stands before the studio's own addresses.
"""

from __future__ import annotations

from django.urls import path, re_path

from mycelia.access.views.accounts import sign_in_elsewhere

urlpatterns = [
    path("login/", sign_in_elsewhere),
    re_path(r"^password_reset/.*$", sign_in_elsewhere),
]
