"""Addresses of the records."""

from django.urls import path

from mycelia.records import views

app_name = "records"
urlpatterns = [
    path("platform/records/", views.statements, name="statements"),
    path("platform/records/<uuid:statement_id>/", views.statement, name="statement"),
]
