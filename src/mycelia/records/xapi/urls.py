"""Addresses of the xAPI resources, below `/xapi/`."""

from __future__ import annotations

from django.urls import path

from mycelia.records.xapi import documents, known, oauth, published, statements

app_name = "xapi"
urlpatterns = [
    path("statements", statements.view, name="statements"),
    path("activities", known.activities, name="activities"),
    path("activities/state", documents.state, name="state"),
    path("activities/profile", documents.activity_profile, name="activity_profile"),
    path("agents", known.agents, name="agents"),
    path("agents/profile", documents.agent_profile, name="agent_profile"),
    path("about", known.about, name="about"),
    path("profile", published.described, name="profile"),
    path("profile/v1", published.described, name="profile_version"),
    path("oauth/token", oauth.token, name="token"),
]
