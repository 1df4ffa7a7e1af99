from django.apps import AppConfig


class WorkspacesConfig(AppConfig):
    name = "mycelia.workspaces"
    label = "workspaces"
