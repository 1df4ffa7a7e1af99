"""Doors of the studio that are closed: those past the product's own sign-in and sign-out, and its error makers.

Stands before the studio's own addresses.
"""

from __future__ import annotations

from django.urls import path, re_path

from mycelia.access.views.accounts import nothing_here, sign_in_elsewhere, sign_out_elsewhere

urlpatterns = [
    path("login/", sign_in_elsewhere),
    path("logout/", sign_out_elsewhere),
    re_path(r"^password_reset/.*$", sign_in_elsewhere),
    # Pages by which the studio's makers look at their own error pages.
    path("failwhale/", nothing_here),
    path("test404/", nothing_here),
]
