from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "mycelia.kernel"
    label = "kernel"
