"""Addresses of the log."""

from django.urls import path

from mycelia.audit import views

app_name = "audit"
urlpatterns = [path("platform/audit/", views.entries, name="entries")]
