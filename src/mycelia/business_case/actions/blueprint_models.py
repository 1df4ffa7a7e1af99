"""Content models with every system's part in them, and the six elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mycelia.business_case.actions.blueprint_record import (
    ColumnDifference,
    differing,
    opened_entry,
    record_entry,
    refuse_stale,
    removed_entry,
    saved,
)
from mycelia.business_case.errors import InvalidEntry
from mycelia.business_case.models import ContentModel, ElementState, ModelPlacement, System
from mycelia.business_case.permissions import EditBlueprint
from mycelia.business_case.types import (
    HIGHEST_MATURITY,
    LOWEST_MATURITY,
    ContentModelTerms,
    Element,
    ElementTerms,
    Placement,
)
from mycelia.kernel.policy import Actor, require


@transaction.atomic
def add_content_model(*, actor: Actor, terms: ContentModelTerms) -> ContentModel:
    """Add a content model.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        InvalidEntry: It has no name or one that is taken, or a system has two parts in one state.
    """
    require(actor, EditBlueprint())
    _refuse_invalid(terms)
    model = ContentModel()
    saved(actor, model, "content_model_added", _stated(terms))
    _place(model, terms.placements)
    return model


@transaction.atomic
def change_content_model(
    *, actor: Actor, model: ContentModel, terms: ContentModelTerms, seen_revision: int | None = None
) -> ContentModel:
    """Change a content model; the parts of systems are replaced by those stated.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: It was removed.
        InvalidEntry: It has no name or one that is taken, or a system has two parts in one state.
        ChangedMeanwhile: Somebody else changed it since.
    """
    stored = opened_entry(actor, model)
    stated = _stated(terms)
    parts = _differing_parts(stored, terms.placements)
    refuse_stale(stored, seen_revision, [*differing(stored, stated), *parts])
    _refuse_invalid(terms)
    saved(actor, stored, "content_model_changed", stated)
    stored.placements.all().delete()
    _place(stored, terms.placements)
    return stored


@transaction.atomic
def remove_content_model(*, actor: Actor, model: ContentModel, seen_revision: int | None = None) -> None:
    """Remove a content model.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        NotInBlueprint: It was removed already.
        ChangedMeanwhile: Somebody changed it since it was seen.
    """
    stored = removed_entry(actor, model, seen_revision)
    record_entry(actor, stored, "content_model_removed", name=stored.name)
    stored.delete()


@transaction.atomic
def assess_element(
    *, actor: Actor, element: Element, terms: ElementTerms, seen_revision: int | None = None
) -> ElementState:
    """State where an element is and where it is meant to be.

    Args:
        actor: Who assesses.
        element: Which of the six.
        terms: All of it, as it should be.
        seen_revision: The revision the editor saw; 0 where there was none yet, None for a command.

    Raises:
        PermissionDenied: The actor may not edit the blueprint.
        InvalidEntry: A maturity is not from 1 to 5.
        ChangedMeanwhile: Somebody else assessed it since.
    """
    require(actor, EditBlueprint())
    for field in ("maturity_today", "maturity_target"):
        level = getattr(terms, field)
        if level is not None and not LOWEST_MATURITY <= level <= HIGHEST_MATURITY:
            raise InvalidEntry(_("Maturity is a whole number from 1 to 5."), field=field)
    found = ElementState.objects.filter(element=element).first()
    state = ElementState(element=element.value) if found is None else opened_entry(actor, found)
    stated = _stated_element(terms)
    if found is not None:
        refuse_stale(state, seen_revision, differing(state, stated))
    saved(actor, state, "element_assessed", stated, taken_field="today")
    return state


def _stated(terms: ContentModelTerms) -> dict[str, Any]:
    return {
        "name": terms.name.strip(),
        "description": terms.description.strip(),
        "is_synthetic": terms.is_synthetic,
    }


def _stated_element(terms: ElementTerms) -> dict[str, Any]:
    return {
        "today": terms.today.strip(),
        "target": terms.target.strip(),
        "maturity_today": terms.maturity_today,
        "maturity_target": terms.maturity_target,
        "owner_id": terms.owner_id,
        "notes": terms.notes.strip(),
        "evidence": terms.evidence.strip(),
        "is_synthetic": terms.is_synthetic,
    }


def _refuse_invalid(terms: ContentModelTerms) -> None:
    if not terms.name.strip():
        raise InvalidEntry(_("A content model needs a name. Nothing was saved."), field="name")
    places = [(one.system_id, one.moment) for one in terms.placements]
    if len(places) != len(set(places)):
        raise InvalidEntry(_("A system has one part in a content model and state, not two."), field="name")
    wanted = {one.system_id for one in terms.placements}
    if System.objects.filter(pk__in=wanted).count() != len(wanted):
        raise InvalidEntry(_("One of the systems is no longer in the register. Nothing was saved."), field="name")


def _differing_parts(stored: ContentModel, wanted: Sequence[Placement]) -> list[ColumnDifference]:
    """Return the systems whose part is not what an editor wants; the column is its state and number, "today_7"."""
    now = {f"{one.moment}_{one.system_id}": one.part for one in stored.placements.all()}
    yours = {f"{one.moment}_{one.system_id}": one.part.value for one in wanted}
    columns = sorted({*now, *yours})
    return [(one, now.get(one, ""), yours.get(one, "")) for one in columns if now.get(one) != yours.get(one)]


def _place(model: ContentModel, placements: Sequence[Placement]) -> None:
    ModelPlacement.objects.bulk_create(
        ModelPlacement(model=model, system_id=one.system_id, moment=one.moment.value, part=one.part.value)
        for one in placements
    )
