from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "mycelia.config"
    label = "config"
