"""Addresses of the xAPI resources, below `/xapi/`."""

from __future__ import annotations

from django.urls import path

from mycelia.records.xapi import statements

app_name = "xapi"
urlpatterns = [path("statements", statements.view, name="statements")]
