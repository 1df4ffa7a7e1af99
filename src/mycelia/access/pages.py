"""One frozen dataclass per page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.access import api
from mycelia.access.errors import UnknownPerson
from mycelia.access.forms import GrantForm, RoleFilterForm
from mycelia.access.models import RoleAssignment
from mycelia.access.platform import PlatformFigure
from mycelia.kernel import clock
from mycelia.kernel.policy import Actor
from mycelia.people import api as people
from mycelia.ui.api import Breadcrumb, navigation
from mycelia.ui.navigation import NavLink

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class PlatformPage:
    """The state of the platform and the way to its parts."""

    title: str
    lead: str
    figures: tuple[PlatformFigure, ...]
    parts: tuple[NavLink, ...]


@dataclass(frozen=True, slots=True)
class RolesPage:
    """Who holds which role."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: RoleFilterForm
    page: Page[RoleAssignment]
    query: str
    is_narrowed: bool


@dataclass(frozen=True, slots=True)
class GrantPage:
    """Giving a role."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: GrantForm


@dataclass(frozen=True, slots=True)
class RevocationPage:
    """Confirming that a role is revoked."""

    title: str
    breadcrumbs: tuple[Breadcrumb, ...]
    assignment: RoleAssignment
    error: str = ""


@dataclass(frozen=True, slots=True)
class PersonAccessPage:
    """One person's roles, past and present, and a way in."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    person: Any
    implied: tuple[str, ...]
    history: tuple[tuple[RoleAssignment, bool], ...] = field(default=())
    sign_in_link: str = ""


def platform_page(actor: Actor) -> PlatformPage:
    """Return the state of the platform as its registered figures tell it."""
    area = next((area for area in navigation.links_for(actor) if area.area == "platform"), None)
    parts = () if area is None else tuple(part for part in area.pages if part.area != "overview")
    return PlatformPage(_("Platform"), _("How this installation is doing."), api.figures(), parts)


def roles_page(form: RoleFilterForm, number: str) -> RolesPage:
    """Return one page of the assignments in force."""
    wanted = form.wanted
    page = Paginator(api.assignments_matching(**wanted), PAGE_SIZE).get_page(number)
    query = urlencode({name: value for name, value in (("q", wanted["words"]), ("role", wanted["role"])) if value})
    return RolesPage(
        title=_("Roles"),
        lead=_("Everybody is a learner, and whoever has reports is a manager. Every other role is given here."),
        breadcrumbs=_trail(_("Roles")),
        form=form,
        page=page,
        query=query,
        is_narrowed=bool(query),
    )


def grant_page(form: GrantForm) -> GrantPage:
    """Return the form for giving a role."""
    return GrantPage(_("Give a role"), _trail(_("Roles"), _("Give a role")), form)


def revocation_page(assignment: RoleAssignment, error: str = "") -> RevocationPage:
    """Return what will be taken from whom."""
    title = _("Revoke the role %(role)s") % {"role": assignment.get_role_display()}
    return RevocationPage(title, _trail(_("Roles"), title), assignment, error)


def person_access_page(person_id: int, sign_in_link: str = "") -> PersonAccessPage:
    """Return one person's access.

    Raises:
        UnknownPerson: There is no such person.
    """
    person = people.visible_people(Actor.system("access page")).filter(pk=person_id).first()
    if person is None:
        raise UnknownPerson(person_id=person_id)
    today = clock.today()
    history = tuple((one, one.is_effective(today)) for one in api.history_of(person_id))
    implied = [_("Learner")] if person.is_active else []
    if people.leads_anyone(person_id):
        implied.append(_("Manager"))
    return PersonAccessPage(
        title=person.full_name,
        lead=_("Access of %(email)s") % {"email": person.email},
        breadcrumbs=_trail(_("Roles"), person.full_name),
        person=person,
        implied=tuple(implied),
        history=history,
        sign_in_link=sign_in_link,
    )


def _trail(*labels: str) -> tuple[Breadcrumb, ...]:
    first = (Breadcrumb(_("Platform"), reverse("access:platform")),)
    roles = (Breadcrumb(labels[0], reverse("access:roles") if len(labels) > 1 else None),)
    return (*first, *roles, *(Breadcrumb(label) for label in labels[1:]))
