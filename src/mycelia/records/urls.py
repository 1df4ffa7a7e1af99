"""Addresses of the records."""

from django.urls import path

from mycelia.records.views import (
    attachments,
    credentials,
    dead_letters,
    erasure,
    forwarding,
    retention,
    sources,
    statements,
)

app_name = "records"
urlpatterns = [
    path("platform/records/", statements.statements, name="statements"),
    path("platform/records/<uuid:statement_id>/", statements.statement, name="statement"),
    path("platform/records/<uuid:statement_id>/attachments/<str:sha2>/", attachments.attachment, name="attachment"),
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
    path("platform/records/forwarding/", forwarding.destinations, name="destinations"),
    path("platform/records/forwarding/new/", forwarding.creation, name="destination_creation"),
    path("platform/records/forwarding/<int:destination_id>/", forwarding.destination, name="destination"),
    path(
        "platform/records/forwarding/<int:destination_id>/settings/", forwarding.settings, name="destination_settings"
    ),
    path("platform/records/forwarding/<int:destination_id>/trial/", forwarding.trial, name="destination_trial"),
    path("platform/records/forwarding/<int:destination_id>/pause/", forwarding.pause, name="destination_pause"),
    path("platform/records/forwarding/<int:destination_id>/resumption/", forwarding.resumption, name="resumption"),
    path("platform/records/forwarding/<int:destination_id>/removal/", forwarding.removal, name="destination_removal"),
    path("platform/records/forwarding/<int:destination_id>/beginning/", forwarding.beginning, name="beginning"),
    path(
        "platform/records/forwarding/<int:destination_id>/aside/<uuid:statement_id>/",
        dead_letters.setting_aside,
        name="setting_aside",
    ),
    path("platform/records/forwarding/<int:destination_id>/replay/", dead_letters.replay_all, name="replay_all"),
    path(
        "platform/records/forwarding/<int:destination_id>/refused/<uuid:statement_id>/",
        dead_letters.dead_letter,
        name="dead_letter",
    ),
    path(
        "platform/records/forwarding/<int:destination_id>/refused/<uuid:statement_id>/replay/",
        dead_letters.replay,
        name="replay",
    ),
    path(
        "platform/records/forwarding/<int:destination_id>/refused/<uuid:statement_id>/discard/",
        dead_letters.discard,
        name="discard",
    ),
]
