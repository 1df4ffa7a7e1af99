"""What somebody who may edit a case can go on to from its page, and their undo and redo."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.business_case.pages.item_list import WORDS
from mycelia.business_case.queries.history import History
from mycelia.business_case.types import ItemKind


@dataclass(frozen=True)
class EditBar:
    """Links to the forms of what the case is computed with; undo and redo where there is something to."""

    links: tuple[tuple[str, str], ...]
    undo_url: str
    redo_url: str


def edit_bar(slug: str, history: History) -> EditBar:
    """Return the bar of a case."""
    lists = (ItemKind.OPTION, ItemKind.INPUT, ItemKind.CORRELATION)
    return EditBar(
        links=(
            (_("Terms"), reverse("business_case:terms", args=[slug])),
            (_("Drivers"), reverse("business_case:drivers", args=[slug])),
            (_("Calendar"), reverse("business_case:calendar", args=[slug])),
            *((str(WORDS[kind].title), reverse("business_case:parts", args=[slug, kind])) for kind in lists),
        ),
        undo_url=reverse("business_case:undo", args=[slug]) if history.can_undo else "",
        redo_url=reverse("business_case:redo", args=[slug]) if history.can_redo else "",
    )
