"""Addresses of people."""

from django.urls import path

from mycelia.people.views import downloads, imports, people

app_name = "people"
urlpatterns = [
    path("talent/", people.people, name="list"),
    path("talent/people/<int:person_id>/", people.person, name="person"),
    path("talent/import/", imports.imports, name="imports"),
    path("talent/import/example.csv", downloads.example, name="example"),
    path("talent/import/<int:run_id>/", imports.import_run, name="import"),
    path("talent/import/<int:run_id>/application/", imports.application, name="application"),
    path("talent/import/<int:run_id>/check/", imports.check, name="check"),
    path("talent/import/<int:run_id>/disposal/", imports.disposal, name="disposal"),
    path("talent/import/<int:run_id>/problems.csv", downloads.problems, name="problems"),
    path("talent/import/<int:run_id>/changes.csv", downloads.changes, name="changes"),
]
