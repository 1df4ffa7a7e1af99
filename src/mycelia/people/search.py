"""People in the global search."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.kernel.policy import Actor
from mycelia.people import api
from mycelia.ui.types import SearchResult


def find_people(actor: Actor, text: str, limit: int) -> Iterable[SearchResult]:
    """Return the active people the actor may see whose name, e-mail or employee number holds the words."""
    people = api.people_matching(api.visible_people(actor).filter(is_active=True), text)
    for row in api.person_rows(people[:limit]):
        detail = " · ".join(part for part in (row.position, row.unit) if part)
        yield SearchResult(_("People"), row.name, reverse("people:person", args=[row.id]), detail, "user")
