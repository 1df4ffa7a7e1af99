"""Addresses of `insights`."""

from django.urls import path
from django.views.generic import RedirectView

from mycelia.insights import views

app_name = "insights"

urlpatterns = [
    path("insights/", RedirectView.as_view(pattern_name="insights:metrics"), name="home"),
    path("insights/metrics/", views.metrics, name="metrics"),
]
