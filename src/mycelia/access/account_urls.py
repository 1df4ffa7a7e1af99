"""The sign-in pages: allauth's, without those by which an account would change what HR says."""

from __future__ import annotations

from django.urls import include, path, re_path

from mycelia.access.views.accounts import closed

urlpatterns = [
    path("email/", closed, name="account_email"),
    path("confirm-email/", closed, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", closed, name="account_confirm_email"),
    path("", include("allauth.urls")),
]
