from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "mycelia.learning"
    label = "learning"
