from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "mycelia.content"
    label = "content"
