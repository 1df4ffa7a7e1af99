"""Content models and which system masters which, today and in the target state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mycelia.business_case.models import ContentModel, System
from mycelia.business_case.pages.blueprint_frame import Tab, address, tabs
from mycelia.business_case.types import Moment, Part


@dataclass(frozen=True)
class ModelEntry:
    """One content model as it is read.

    Attributes:
        today, target: Names of the masters; exactly one is right.
        problem: What is wrong with that, in a sentence; empty when nothing is.
    """

    name: str
    description: str
    url: str
    today: tuple[str, ...]
    target: tuple[str, ...]
    consumers: tuple[str, ...]
    moves: bool
    problem: str


@dataclass(frozen=True)
class Cell:
    """One system's part in one model: "master", "consumer" or empty, in each state."""

    today: str
    target: str


@dataclass(frozen=True)
class MatrixRow:
    """One system across all models."""

    name: str
    url: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class ModelsPage:
    """Context of the content models."""

    title: str
    lead: str
    tabs: tuple[Tab, ...]
    models: tuple[ModelEntry, ...]
    matrix: tuple[MatrixRow, ...]
    is_synthetic: bool
    may_edit: bool
    new_url: str
    has_systems: bool
    systems_url: str


def models_page(models: Sequence[ContentModel], systems: Sequence[System], *, may_edit: bool) -> ModelsPage:
    """Return the list of models, and the matrix of systems that have a part in any."""
    return ModelsPage(
        title=_("Content models"),
        lead=_("What is held, and where it is kept up: each model has exactly one master, today and in the target."),
        tabs=tabs("models"),
        models=tuple(_entry(model) for model in models),
        matrix=_matrix(models, systems),
        is_synthetic=any(model.is_synthetic for model in models),
        may_edit=may_edit,
        new_url=address("model_new"),
        has_systems=bool(systems),
        systems_url=address("systems"),
    )


def _entry(model: ContentModel) -> ModelEntry:
    today, target = _named(model, Moment.TODAY, Part.MASTER), _named(model, Moment.TARGET, Part.MASTER)
    return ModelEntry(
        name=model.name,
        description=model.description,
        url=address("model", model.pk),
        today=today,
        target=target,
        consumers=_named(model, Moment.TODAY, Part.CONSUMER),
        moves=len(today) == len(target) == 1 and today != target,
        problem=" ".join(filter(None, (_problem(today, Moment.TODAY), _problem(target, Moment.TARGET)))),
    )


def _named(model: ContentModel, moment: Moment, part: Part) -> tuple[str, ...]:
    return tuple(sorted(one.system.name for one in model.placements.all() if (one.moment, one.part) == (moment, part)))


def _problem(masters: tuple[str, ...], moment: Moment) -> str:
    if len(masters) == 1:
        return ""
    if moment is Moment.TODAY:
        return _("Several systems master it today.") if masters else _("Nothing masters it today.")
    return _("Several would master it in the target.") if masters else _("No master is chosen for the target.")


def _matrix(models: Sequence[ContentModel], systems: Sequence[System]) -> tuple[MatrixRow, ...]:
    parts = {(one.system_id, model.pk, one.moment): one.part for model in models for one in model.placements.all()}
    rows = (
        MatrixRow(
            system.name,
            address("system", system.pk),
            tuple(
                Cell(parts.get((system.pk, model.pk, "today"), ""), parts.get((system.pk, model.pk, "target"), ""))
                for model in models
            ),
        )
        for system in systems
    )
    return tuple(row for row in rows if any(cell.today or cell.target for cell in row.cells))
