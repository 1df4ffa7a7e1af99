"""The six elements, today beside the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mycelia.business_case.models import ElementState
from mycelia.business_case.pages.blueprint_frame import Tab, address, tabs
from mycelia.business_case.pages.blueprint_words import (
    ELEMENT_ICONS,
    ELEMENT_QUESTIONS,
    ELEMENTS,
    MATURITIES,
    MATURITY_MEANINGS,
)
from mycelia.business_case.types import HIGHEST_MATURITY, LOWEST_MATURITY, Element

LEVELS = range(LOWEST_MATURITY, HIGHEST_MATURITY + 1)


@dataclass(frozen=True)
class Scale:
    """Maturity drawn as five steps; `steps` are "reached", "planned" or "open"."""

    sentence: str
    steps: tuple[str, ...]
    today: str
    target: str
    gap: str
    is_wide: bool


@dataclass(frozen=True)
class ElementEntry:
    """One element as it is read; texts are empty where nothing is known."""

    key: str
    name: str
    question: str
    icon: str
    scale: Scale
    today: str
    target: str
    owner: str
    is_owner_gone: bool
    evidence: str
    notes: str
    edit_url: str


@dataclass(frozen=True)
class ElementsPage:
    """Context of `/case/blueprint/`."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    elements: tuple[ElementEntry, ...]
    levels: tuple[tuple[int, str, str], ...]
    is_empty: bool
    is_synthetic: bool
    may_edit: bool
    stats: tuple[tuple[str, str, str], ...]


def elements_page(
    states: Mapping[Element, ElementState | None], *, may_edit: bool, stats: tuple[tuple[str, str, str], ...]
) -> ElementsPage:
    """Return the overview of the blueprint; `stats` are (label, value, detail)."""
    return ElementsPage(
        title=_("Blueprint"),
        lead=_("The learning ecosystem in six elements: where each is today, and where it is meant to be."),
        tabs=tabs("elements"),
        elements=tuple(_entry(element, state) for element, state in states.items()),
        levels=tuple((level, str(MATURITIES[level]), str(MATURITY_MEANINGS[level])) for level in LEVELS),
        is_empty=not any(states.values()),
        is_synthetic=any(state is not None and state.is_synthetic for state in states.values()),
        may_edit=may_edit,
        stats=stats,
    )


def scale_of(today: int | None, target: int | None) -> Scale:
    """Return the drawing of a maturity with a sentence that says the same."""
    return Scale(
        sentence=_("Today %(today)s, target %(target)s") % {"today": _level(today), "target": _level(target)},
        steps=tuple(_step(level, today, target) for level in LEVELS),
        today=_level(today),
        target=_level(target),
        gap=_gap(today, target),
        is_wide=today is not None and target is not None and target - today > 1,
    )


def _entry(element: Element, state: ElementState | None) -> ElementEntry:
    return ElementEntry(
        key=element.value,
        name=str(ELEMENTS[element]),
        question=str(ELEMENT_QUESTIONS[element]),
        icon=ELEMENT_ICONS[element],
        scale=scale_of(state.maturity_today, state.maturity_target) if state else scale_of(None, None),
        today=state.today if state else "",
        target=state.target if state else "",
        owner=state.owner.full_name if state and state.owner else "",
        is_owner_gone=bool(state and state.owner and not state.owner.is_active),
        evidence=state.evidence if state else "",
        notes=state.notes if state else "",
        edit_url=address("element", element),
    )


def _level(level: int | None) -> str:
    return _("not assessed") if level is None else f"{level} – {MATURITIES[level]}"


def _step(level: int, today: int | None, target: int | None) -> str:
    if today is not None and level <= today:
        return "reached"
    return "planned" if target is not None and level <= target else "open"


def _gap(today: int | None, target: int | None) -> str:
    if today is None or target is None:
        return ""
    gap = target - today
    return _("%(gap)s to go") % {"gap": gap} if gap > 0 else _("reached")
