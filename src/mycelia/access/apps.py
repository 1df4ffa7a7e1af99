from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "mycelia.access"
    label = "access"
