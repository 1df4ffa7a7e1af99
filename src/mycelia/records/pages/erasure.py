"""Pages about taking a person out of the records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from mycelia.kernel.policy import Actor
from mycelia.people import api as people
from mycelia.records import api
from mycelia.records.forms.erasure import ConfirmationForm, OthersForm, PersonSearchForm
from mycelia.ui.api import Breadcrumb

MOST_FOUND = 50
_EVERYBODY = Actor.system("records.erasure")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who was looked for."""

    person_id: int
    full_name: str
    email: str
    employee_number: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Looking for the person."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    form: PersonSearchForm
    was_asked: bool
    rows: tuple[PersonRow, ...]
    is_cut: bool


@dataclass(frozen=True, slots=True)
class ErasurePage:
    """What leads to a person, and the question whether to take them out.

    Args:
        mentions: Where their address still stands as text; None where it was not searched for.
        was_searched: Whether it was searched for.
    """

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    person: PersonRow
    traces: api.Traces
    others_form: OthersForm
    form: ConfirmationForm
    was_searched: bool = False
    mentions: api.Mentions | None = None


def search_page(form: PersonSearchForm) -> SearchPage:
    """Return those whose name, e-mail or employee number has every word that was entered."""
    text = form.cleaned_data["text"].strip() if form.is_valid() else ""
    found = people.people_matching(people.visible_people(_EVERYBODY), text).order_by("family_name", "given_name", "pk")
    rows = [_row(one) for one in found[: MOST_FOUND + 1]] if text else []
    return SearchPage(
        title=_("Erasure"),
        lead=_("Take a person out of every statement and document: a pseudonym that leads nowhere takes their place."),
        breadcrumbs=_trail(),
        form=form,
        was_asked=bool(text),
        rows=tuple(rows[:MOST_FOUND]),
        is_cut=len(rows) > MOST_FOUND,
    )


def erasure_page(
    actor: Actor, person: api.Named, others: OthersForm, form: ConfirmationForm, *, search: bool = False
) -> ErasurePage:
    """Return what the store has about a person, and with `search` also where their address stands as text."""
    also = others.cleaned_data.get("others", frozenset()) if others.is_bound and others.is_valid() else frozenset()
    return ErasurePage(
        title=person.full_name,
        lead=_("What the record store can say about this person."),
        breadcrumbs=_trail(Breadcrumb(person.full_name)),
        person=PersonRow(person.person_id, person.full_name, person.email, person.employee_number),
        traces=api.traces_of(actor=actor, person=person, also=also),
        others_form=others,
        form=form,
        was_searched=search,
        mentions=api.mentions_of(actor=actor, person=person, also=also) if search else None,
    )


def person_named(person_id: int) -> api.Named | None:
    """Return what the organisation knows somebody by; None when there is nobody."""
    found = people.person_by_id(person_id)
    return None if found is None else api.Named(found.pk, found.email, found.employee_number, found.full_name)


def _row(person: Any) -> PersonRow:
    return PersonRow(person.pk, person.full_name, person.email, person.employee_number)


def _trail(*last: Breadcrumb) -> tuple[Breadcrumb, ...]:
    return (
        Breadcrumb(_("Platform"), reverse("access:platform")),
        Breadcrumb(_("Learning records"), reverse("records:statements")),
        Breadcrumb(_("Erasure"), reverse("records:erasures") if last else None),
        *last,
    )
