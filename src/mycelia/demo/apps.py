from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "mycelia.demo"
    label = "demo"
