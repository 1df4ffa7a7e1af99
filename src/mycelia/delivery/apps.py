from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "mycelia.delivery"
    label = "delivery"

    def ready(self) -> None:
        from mycelia.delivery import origins
        from mycelia.records.api import register_origin_link

        register_origin_link(origins.attempt_link)
