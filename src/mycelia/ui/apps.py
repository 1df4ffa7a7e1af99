from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "mycelia.ui"
    label = "ui"
