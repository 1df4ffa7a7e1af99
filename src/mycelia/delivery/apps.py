from importlib import import_module

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "mycelia.delivery"
    label = "delivery"

    def ready(self) -> None:
        from mycelia.delivery.origins import attempt_link
        from mycelia.records.api import register_origin_link

        import_module("mycelia.delivery.checks")
        register_origin_link(attempt_link)
