"""Addresses of the workspaces."""

from django.urls import path

from mycelia.workspaces import views

app_name = "workspaces"
urlpatterns = [
    path("", views.home, name="home"),
    path("talent/team/", views.team, name="team"),
    path("talent/team/<int:person_id>/", views.member, name="member"),
]
