"""Addresses of roles and of the platform's own page."""

from django.urls import path

from mycelia.access.views import platform, roles

app_name = "access"
urlpatterns = [
    path("platform/", platform.platform, name="platform"),
    path("platform/roles/", roles.roles, name="roles"),
    path("platform/roles/new/", roles.grant, name="grant"),
    path("platform/roles/<int:assignment_id>/revocation/", roles.revocation, name="revocation"),
    path("platform/roles/people/<int:person_id>/", roles.person, name="person"),
    path("platform/roles/people/<int:person_id>/sign-in-link/", roles.sign_in_link, name="sign_in_link"),
]
