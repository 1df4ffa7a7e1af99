from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "mycelia.insights"
    label = "insights"
