from django.apps import AppConfig


class BusinessCaseConfig(AppConfig):
    name = "mycelia.business_case"
    label = "business_case"
