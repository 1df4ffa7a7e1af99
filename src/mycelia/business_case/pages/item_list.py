"""The small items of a case in their order, with what can be done to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from mycelia.business_case.models import Case
from mycelia.business_case.pages import formats
from mycelia.business_case.pages.editing import trail
from mycelia.business_case.pages.estimates import in_words
from mycelia.business_case.pages.input_labels import every_label, users_of_inputs
from mycelia.business_case.types import (
    CaseModel,
    Correlation,
    ItemKind,
    ItemState,
    ItemValue,
    NamedInput,
    Option,
    Phase,
    WorkItem,
)
from mycelia.ui.api import Breadcrumb
from mycelia.ui.types import Text


@dataclass(frozen=True)
class Words:
    """What a list of one kind, and its forms, are called."""

    title: Text
    lead: Text
    add: Text
    change: Text
    empty: Text


WORDS: Mapping[ItemKind, Words] = {
    ItemKind.OPTION: Words(
        _lazy("Options"),
        _lazy("The ways to choose between; doing nothing is always one of them."),
        _lazy("Add an option"),
        _lazy("Change the option"),
        _lazy("Add what could be done instead of nothing."),
    ),
    ItemKind.PHASE: Words(
        _lazy("Phases"),
        _lazy("The stretches that the roadmap is told in."),
        _lazy("Add a phase"),
        _lazy("Change the phase"),
        _lazy("Add phases, such as preparing, piloting and rolling out, and put work items into them."),
    ),
    ItemKind.WORK_ITEM: Words(
        _lazy("Work items"),
        _lazy("In the order in which the roadmap lists them; when each runs follows from what it waits for."),
        _lazy("Add a work item"),
        _lazy("Change the work item"),
        _lazy("Add what is to be done, with the shortest, likeliest and longest time it may take."),
    ),
    ItemKind.CORRELATION: Words(
        _lazy("Correlations"),
        _lazy("Uncertain inputs that move together: the simulation draws them so."),
        _lazy("Add a correlation"),
        _lazy("Change the correlation"),
        _lazy("Add two inputs that are high together, or one low where the other is high. Most cases need none."),
    ),
    ItemKind.INPUT: Words(
        _lazy("Inputs"),
        _lazy(
            "Numbers stated once for every line that uses them: changed here, drawn once, one row in every analysis."
        ),
        _lazy("Add an input"),
        _lazy("Change the input"),
        _lazy("Add a number that several lines are computed with, and choose it in each instead of typing it again."),
    ),
}


@dataclass(frozen=True)
class ListedItem:
    """One row; addresses are empty where that cannot be done."""

    name: str
    note: str
    mark: str
    edit_url: str
    place_url: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ItemListPage:
    """Context of the list of one kind of item."""

    title: str
    lead: str
    breadcrumbs: tuple[Breadcrumb, ...]
    rows: tuple[ListedItem, ...]
    add_url: str
    add_label: str
    empty: str
    others: tuple[tuple[str, str], ...]


def item_list_page(case: Case, model: CaseModel, kind: ItemKind, states: Sequence[ItemState]) -> ItemListPage:
    """Return the list for somebody who may edit the case."""
    words = WORDS[kind]
    labels = _labels(model, kind)
    return ItemListPage(
        title=str(words.title),
        lead=str(words.lead),
        breadcrumbs=trail(case, str(words.title)),
        rows=tuple(_row(case, kind, state, number, len(states), labels) for number, state in enumerate(states)),
        add_url=part_url("part_new", case, kind),
        add_label=str(words.add),
        empty=str(words.empty),
        others=tuple((str(WORDS[one].title), part_url("parts", case, one)) for one in WORDS if one is not kind),
    )


def _labels(model: CaseModel, kind: ItemKind) -> Mapping[str, str]:
    """Return the words that the rows of a kind are told with: names of inputs, or what uses an input by its key."""
    if kind is ItemKind.CORRELATION:
        return every_label(model)
    return users_of_inputs(model) if kind is ItemKind.INPUT else {}


def part_url(name: str, case: Case, kind: ItemKind, *key: str) -> str:
    """Return the address of a list, or of one of its items."""
    return reverse(f"business_case:{name}", args=[case.slug, kind, *key])


def _row(
    case: Case, kind: ItemKind, state: ItemState, number: int, count: int, labels: Mapping[str, str]
) -> ListedItem:
    name, note, mark = _told(state.value, labels)
    return ListedItem(
        name=name,
        note=note,
        mark=mark,
        edit_url=part_url("part", case, kind, state.key),
        place_url=part_url("part_place", case, kind, state.key),
        is_first=number == 0,
        is_last=number == count - 1,
    )


def _told(value: ItemValue, labels: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the name, a note and a mark of an item."""
    if isinstance(value, Option):
        mark = _("doing nothing") if value.is_baseline else _("preferred") if value.is_preferred else ""
        return value.name, value.description, mark
    if isinstance(value, WorkItem):
        days = _("%(days)s days") % {"days": in_words(value.duration_days)}
        return value.title, "" if value.is_milestone else days, _("milestone") if value.is_milestone else ""
    if isinstance(value, Correlation):
        both = f"{labels.get(value.first, value.first)} ↔ {labels.get(value.second, value.second)}"
        return both, formats.plain_number(value.rho), ""
    if isinstance(value, NamedInput):
        number = in_words(value.estimate, value.kind)
        told = (f"{number} {value.unit}".strip(), value.source, labels.get(value.key, _("not used yet")))
        return value.title, " · ".join(filter(None, told)), _("placeholder") if value.is_placeholder else ""
    return (value.title if isinstance(value, Phase) else ""), "", ""
