"""Addresses of the records."""

from django.urls import path

from mycelia.records.views import credentials, erasure, retention, sources, statements

app_name = "records"
urlpatterns = [
    path("platform/records/", statements.statements, name="statements"),
    path("platform/records/<uuid:statement_id>/", statements.statement, name="statement"),
    path("platform/records/sources/", sources.sources, name="sources"),
    path("platform/records/retention/", retention.retention, name="retention"),
    path("platform/records/retention/rule/", retention.rule, name="retention_rule"),
    path("platform/records/retention/removal/", retention.removal, name="removal"),
    path("platform/records/erasure/", erasure.erasures, name="erasures"),
    path("platform/records/erasure/<int:person_id>/", erasure.erasure, name="erasure"),
    path("platform/records/credentials/", credentials.credentials, name="credentials"),
    path("platform/records/credentials/new/", credentials.creation, name="credential_creation"),
    path("platform/records/credentials/<int:credential_id>/", credentials.credential, name="credential"),
    path("platform/records/credentials/<int:credential_id>/rotation/", credentials.rotation, name="rotation"),
    path("platform/records/credentials/<int:credential_id>/revocation/", credentials.revocation, name="revocation"),
]
