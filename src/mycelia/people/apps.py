from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "mycelia.people"
    label = "people"
