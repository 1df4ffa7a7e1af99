from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "mycelia.records"
    label = "records"
