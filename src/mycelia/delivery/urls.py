"""Addresses of delivery on the app's origin."""

from __future__ import annotations

from django.urls import path

from mycelia.delivery.views import player, record

app_name = "delivery"

urlpatterns = [
    path("learn/attempts/<uuid:attempt_id>/", player.player, name="player"),
    path("learn/attempts/<uuid:attempt_id>/record/", record.attempt_record, name="record"),
    path("learn/attempts/<uuid:attempt_id>/sessions/", player.sessions, name="sessions"),
    path("learn/attempts/<uuid:attempt_id>/commits/", player.commits, name="commits"),
]
