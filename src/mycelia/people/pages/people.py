"""The list of people and one person's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mycelia.kernel import clock
from mycelia.kernel.errors import NotFound
from mycelia.kernel.policy import Actor, allowed
from mycelia.people import api
from mycelia.people.forms import STATES, PeopleRequest
from mycelia.people.models import Employment, Person
from mycelia.people.types import PersonRow
from mycelia.ui.types import Breadcrumb

PAGE_SIZE = 50
REPORTS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class UnitChoice:
    """A unit in the filter; `label` is indented by its depth below the top unit shown."""

    code: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The list of people."""

    title: str
    request: PeopleRequest
    units: tuple[UnitChoice, ...]
    states: tuple[tuple[str, Any], ...]
    rows: tuple[PersonRow, ...]
    page: Page[Person]
    query: str
    may_import: bool


@dataclass(frozen=True, slots=True)
class EmploymentEntry:
    """One employment in the history; `changed` names what is different from the one before."""

    position: str
    unit: str
    period: str
    manager: str
    manager_url: str
    location: str
    cost_centre: str
    changed: str
    is_current: bool
    is_planned: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One person."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    person: Person
    current: EmploymentEntry | None
    history: tuple[EmploymentEntry, ...]
    reports: tuple[PersonRow, ...]
    report_count: int


def people_page(actor: Actor, request: PeopleRequest) -> PeoplePage:
    """Return the part of the people the actor may see that was asked for."""
    units = api.administered_units(actor)
    chosen = next((unit for unit in units if unit.code == request.unit), None)
    people = api.people_matching(api.visible_people(actor), request.text)
    if request.state != "all":
        people = people.filter(is_active=request.state == "active")
    if chosen is not None:
        people = api.people_in_unit(people, chosen.path)
    page = Paginator(people, PAGE_SIZE).get_page(request.page)
    asked = {"q": request.text, "unit": chosen.code if chosen else "", "state": request.state}
    top = min((unit.path.count("/") for unit in units), default=0)
    indent = "\u2003"
    return PeoplePage(
        title=_("People"),
        request=request,
        units=tuple(
            UnitChoice(unit.code, indent * (unit.path.count("/") - top) + unit.name, unit == chosen) for unit in units
        ),
        states=STATES,
        rows=tuple(api.person_rows(page.object_list)),
        page=page,
        query=urlencode({name: value for name, value in asked.items() if value}),
        may_import=allowed(actor, api.ImportPeople()),
    )


def person_page(actor: Actor, person_id: int) -> PersonPage:
    """Return one person's page.

    Raises:
        NotFound: There is no such person, or the actor may not see them.
    """
    visible = api.visible_people(actor)
    person = visible.filter(pk=person_id).first()
    if person is None:
        raise NotFound(person=person_id)
    employments = list(api.employments_of(person))
    managers = {employment.manager_id for employment in employments if employment.manager_id}
    seen = set(visible.filter(pk__in=managers).values_list("pk", flat=True)) if managers else set()
    earlier: list[Employment | None] = [*employments[1:], None]
    history = tuple(_entry(now, before, seen) for now, before in zip(employments, earlier, strict=True))
    reports = visible.filter(pk__in=api.reports_of(person.pk).order_by().values("pk"))
    rows = tuple(api.person_rows(reports[:REPORTS_SHOWN]))
    current = next((entry for entry in history if entry.is_current), None)
    return PersonPage(
        title=person.full_name,
        lead=" · ".join(part for part in (current.position, current.unit) if part) if current else "",
        breadcrumbs=_way(actor, person),
        person=person,
        current=current,
        history=history,
        reports=rows,
        report_count=len(rows) if len(rows) < REPORTS_SHOWN else reports.count(),
    )


def _way(actor: Actor, person: Person) -> tuple[Breadcrumb, ...]:
    if not allowed(actor, api.ListPeople()):
        return ()
    return (Breadcrumb(_("People"), reverse("people:list")), Breadcrumb(person.full_name))


def _entry(employment: Employment, before: Employment | None, seen: set[int]) -> EmploymentEntry:
    manager, today = employment.manager, clock.today()
    return EmploymentEntry(
        position=employment.position.title if employment.position else "",
        unit=employment.unit.name,
        period=_period(employment.valid_from, employment.valid_to),
        manager=manager.full_name if manager else "",
        manager_url=reverse("people:person", args=[manager.pk]) if manager and manager.pk in seen else "",
        location=employment.location.name if employment.location else "",
        cost_centre=str(employment.cost_centre) if employment.cost_centre else "",
        changed=_changed(employment, before),
        is_current=employment.valid_from <= today and (employment.valid_to is None or today < employment.valid_to),
        is_planned=employment.valid_from > today,
    )


def _changed(employment: Employment, before: Employment | None) -> str:
    if before is None:
        return _("Joined")
    if before.valid_to is not None and before.valid_to < employment.valid_from:
        return _("Came back")
    names = {
        "unit_id": _("unit"),
        "position_id": _("position"),
        "manager_id": _("manager"),
        "location_id": _("location"),
        "cost_centre_id": _("cost centre"),
    }
    different = [name for field, name in names.items() if getattr(employment, field) != getattr(before, field)]
    return _("New %(what)s") % {"what": ", ".join(different)} if different else ""


def _period(start: date, end: date | None) -> str:
    first = date_format(start, "j M Y")
    if end is None:
        return _("since %(day)s") % {"day": first}
    return _("%(first)s to %(last)s") % {"first": first, "last": date_format(end - timedelta(days=1), "j M Y")}
