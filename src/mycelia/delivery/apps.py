from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "mycelia.delivery"
    label = "delivery"
