"""Courses in the global search."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.content import api as content
from mycelia.content.types import CatalogueOrder, CatalogueQuery
from mycelia.kernel.policy import Actor, allowed
from mycelia.ui.types import SearchResult


def find_courses(actor: Actor, text: str, limit: int) -> Iterable[SearchResult]:
    """Return the courses in the catalogue that match; one query."""
    if not allowed(actor, content.SeeCatalogue()):
        return
    found = content.find_courses(CatalogueQuery(text=text, order=CatalogueOrder.RELEVANCE))
    for slug, title, minutes in found.values_list("slug", "title", "duration_minutes")[:limit]:
        detail = ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
        yield SearchResult(_("Courses"), title, content.course_path(slug), detail, "book-2")
