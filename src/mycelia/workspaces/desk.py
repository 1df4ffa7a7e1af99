"""Where the work of each role begins, as entries of the home page."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mycelia.kernel.policy import Actor, Role
from mycelia.workspaces.pages import DeskEntry
from mycelia.workspaces.queries import DeskFigures

BRIEFED = (Role.IT_ADMINISTRATOR, Role.TALENT_ADMINISTRATOR, Role.MANAGER, Role.FINANCE_ANALYST, Role.EXECUTIVE)
"""Whose work a presented case is; learners, whom it also concerns, find their briefs in the navigation."""


def desk_entries(actor: Actor, figures: DeskFigures) -> tuple[DeskEntry, ...]:
    """Return the entries for the roles the actor holds."""
    return (*_content(figures), *_people(actor), *_cases(figures), *_platform(figures), *_briefs(actor))


def _content(figures: DeskFigures) -> Iterator[DeskEntry]:
    if figures.reviews is not None:
        waiting = ngettext("%(count)s waits for review", "%(count)s wait for review", figures.reviews)
        detail = waiting % {"count": figures.reviews} if figures.reviews else _("Nothing waits for review")
        yield DeskEntry(_("Reviews"), detail, "/studio/", "checklist")
    if figures.drafts is not None:
        unfinished = ngettext("%(count)s draft of yours", "%(count)s drafts of yours", figures.drafts)
        detail = unfinished % {"count": figures.drafts} if figures.drafts else _("No unfinished drafts")
        yield DeskEntry(_("Studio"), detail, "/studio/", "pencil")


def _people(actor: Actor) -> Iterator[DeskEntry]:
    if actor.has(Role.TALENT_ADMINISTRATOR):
        yield DeskEntry(_("People"), _("Find people and see where they stand"), "/talent/", "users")
        yield DeskEntry(_("Import people"), _("Check a file first, then apply it"), "/talent/import/", "file-import")


def _cases(figures: DeskFigures) -> Iterator[DeskEntry]:
    if figures.cases is None:
        return
    for case in figures.cases:
        yield DeskEntry(case.name, _("Business case"), f"/case/{case.slug}/", "chart-line")
    if not figures.cases:
        yield DeskEntry(_("Business case"), _("Begin with what the company wants to reach"), "/case/", "chart-line")


def _briefs(actor: Actor) -> Iterator[DeskEntry]:
    if actor.has(*BRIEFED):
        yield DeskEntry(_("Briefs"), _("What was presented, with your questions answered"), "/briefs/", "file-text")


def _platform(figures: DeskFigures) -> Iterator[DeskEntry]:
    if figures.waiting_jobs is None:
        return
    waiting = ngettext("%(count)s job waiting", "%(count)s jobs waiting", figures.waiting_jobs)
    detail = waiting % {"count": figures.waiting_jobs} if figures.waiting_jobs else _("No background work is waiting")
    yield DeskEntry(_("Platform"), detail, "/platform/", "server")
    yield DeskEntry(_("Roles"), _("Who may do what"), "/platform/roles/", "shield-check")
