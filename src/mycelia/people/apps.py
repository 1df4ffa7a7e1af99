from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "mycelia.people"
    label = "people"

    def ready(self) -> None:
        from django.urls import reverse

        from mycelia.audit.api import register_link, register_people
        from mycelia.kernel.policy import Role
        from mycelia.people.queries.people import ids_of_people_named, names_of
        from mycelia.people.search import find_people
        from mycelia.ui.api import NavItem, register_navigation, register_search

        talent = frozenset({Role.TALENT_ADMINISTRATOR})
        register_navigation(
            NavItem("talent", _("Talent"), "users", order=50),
            NavItem("people", _("People"), "users", "people:list", talent, order=10, parent="talent"),
            NavItem("import", _("Import"), "file-import", "people:imports", talent, order=20, parent="talent"),
        )
        register_search(find_people)
        register_people(names_of, ids_of_people_named)
        register_link("people.Person", lambda key: reverse("people:person", args=[key]))
        register_link("people.ImportRun", lambda key: reverse("people:import", args=[key]))
