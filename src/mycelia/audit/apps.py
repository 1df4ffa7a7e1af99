from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "mycelia.audit"
    label = "audit"
